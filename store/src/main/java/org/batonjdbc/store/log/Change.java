package org.batonjdbc.store.log;

import org.batonjdbc.store.catalog.Table;

/**
 * What one transaction did to one row, from its begin to its commit.
 *
 * @param table whose row it is
 * @param kind what became of the row
 * @param key the row's key, which an update never changes: a change of key is a delete and an insert
 * @param image the row after the transaction, a value for each column of the table; null for a delete
 * @param keepsUniques for an update, whether every unique value but the key is certainly what it was
 */
public record Change(Table table, Kind kind, RowKey key, Object[] image, boolean keepsUniques) {
    /** What became of a row. */
    public enum Kind {
        /** It was not there before the transaction, and is there after it. */
        INSERT,
        /** It was there before and after. */
        UPDATE,
        /** It was there before, and is gone. */
        DELETE,
        /** It is there after the transaction; whether it was there before is not known. */
        PUT,
        /** It is not there after the transaction; whether it was there before is not known. */
        REMOVE
    }

    /** The row is gone. */
    public static Change delete(Table table, RowKey key) {
        return new Change(table, Kind.DELETE, key, null, false);
    }

    /** The same for a row of which nothing is known. */
    public Change withoutExpectation() {
        return new Change(table, leavesRow() ? Kind.PUT : Kind.REMOVE, key, image, false);
    }

    /** Whether the row is there after the transaction. */
    public boolean leavesRow() {
        return image != null;
    }
}
