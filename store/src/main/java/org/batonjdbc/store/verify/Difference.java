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
        VALUES("differs"),
        /** On the active store only. */
        MISSING("is missing on the upgraded store"),
        /** On the upgraded store only. */
        EXTRA("is only on the upgraded store");

        private final String words;

        Where(String words) {
            this.words = words;
        }
    }

    /** For messages, such as {@code (42) differs}. */
    @Override
    public String toString() {
        return key + " " + where.words;
    }
}
