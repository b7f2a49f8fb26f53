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

    /**
     * What became of a row, from how often it came less how often it went; null if it was not there before or after.
     *
     * @param image the row after the transaction; null if it is not there
     * @param balance 1 for a row that came, -1 for one that went, 0 for one that stayed
     */
    static Change of(Table table, RowKey key, Object[] image, int balance, boolean keepsUniques) {
        int before = (image == null ? 0 : 1) - balance;
        if (image == null) {
            return switch (before) {
                case 0 -> null;
                case 1 -> delete(table, key);
                default -> new Change(table, Kind.REMOVE, key, null, false);
            };
        }
        Kind kind = switch (before) {
            case 0 -> Kind.INSERT;
            case 1 -> Kind.UPDATE;
            default -> Kind.PUT;
        };
        return new Change(table, kind, key, image, keepsUniques && kind == Kind.UPDATE);
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
