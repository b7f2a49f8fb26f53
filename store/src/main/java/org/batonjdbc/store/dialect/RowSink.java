package org.batonjdbc.store.dialect;

import org.batonjdbc.store.catalog.Table;

/** Takes the rows that row triggers see; called in the thread that changes them. */
public interface RowSink {
    /** A name of its own, of letters and digits, by which a server's triggers know whom they serve. */
    String name();

    /**
     * One row was changed.
     *
     * @param before the row in the order of the table's columns and in the engine's objects, null for an insert; the
     *     callee may keep it
     * @param after the same after the change, null for a delete
     * @throws IllegalStateException if this thread is not known, so that the change would be lost; the engine then
     *     refuses the statement
     */
    void changed(Table table, Object[] before, Object[] after);

    /**
     * A statement that may change rows of a table with triggers begins. Each element of a batch begins, and a statement
     * may begin further times before it ends: for each table to which it cascades, for each row of a MERGE, and when the
     * engine starts it again, which undoes nothing. So what was reported before stays as true as the statement.
     */
    void statementBegins();
}
