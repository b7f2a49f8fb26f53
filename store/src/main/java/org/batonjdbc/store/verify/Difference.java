package org.batonjdbc.store.verify;

import org.batonjdbc.store.log.RowKey;

/**
 * A row that is not the same on both stores, or only on one.
 *
 * @param key the row's key
 * @param where what is so
 */
public record Difference(RowKey key, Where where) {
    /** On which stores the row is. */
    public enum Where {
        /** On both, with different values. */
        VALUES,
        /** On the active store only. */
        MISSING,
        /** On the upgraded store only. */
        EXTRA
    }
}
