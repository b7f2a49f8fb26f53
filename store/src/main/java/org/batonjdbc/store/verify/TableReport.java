package org.batonjdbc.store.verify;

import java.util.List;
import java.util.stream.Collectors;
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

    /** For messages: how many rows differ, and the keys of some of them. */
    public String findings() {
        return table + ": " + differing + (differing == 1 ? " row differs: " : " rows differ: ")
                + examples.stream().map(Difference::toString).collect(Collectors.joining(", "))
                + (differing > examples.size() ? ", ..." : "");
    }

    /** Whether no row differs. */
    public boolean isSame() {
        return differing == 0;
    }
}
