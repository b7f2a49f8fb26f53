package org.batonjdbc.store.verify;

import java.util.List;
import org.batonjdbc.store.catalog.TableName;

/**
 * What comparing one table has found.
 *
 * @param activeRows rows seen on the active store
 * @param upgradedRows rows seen on the upgraded store
 * @param differing how many rows differ
 * @param examples some of them
 */
public record TableReport(
        TableName table, long activeRows, long upgradedRows, long differing, List<Difference> examples) {
    public TableReport {
        examples = List.copyOf(examples);
    }

    /** Whether no row differs. */
    public boolean isSame() {
        return differing == 0;
    }
}
