package org.batonjdbc.store.upgrade;

import org.batonjdbc.store.catalog.TableName;

/**
 * What a repair of one table has done.
 *
 * @param differing rows that differed
 * @param repaired of these, rows that were made the same
 * @param blocked in words, which rows could not be put because others have their unique values; empty if there are none
 */
public record RepairReport(TableName table, long differing, long repaired, String blocked) {
    /** Whether nothing is left that differs. */
    public boolean isSame() {
        return differing == repaired;
    }
}
