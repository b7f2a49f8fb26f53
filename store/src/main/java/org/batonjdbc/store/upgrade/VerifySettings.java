package org.batonjdbc.store.upgrade;

import java.util.List;
import org.batonjdbc.store.gate.Pass;

/**
 * Which tables are to be compared or repaired, and how.
 *
 * @param tables as the operator wrote them: {@code NAME} or {@code SCHEMA.NAME}; empty for all
 * @param deleteExtra for a repair, whether rows that only the upgraded store has are removed
 * @param own the pass of the connection that asked; null if there is none
 */
public record VerifySettings(List<String> tables, boolean deleteExtra, Pass own) {
    public VerifySettings {
        tables = List.copyOf(tables);
    }
}
