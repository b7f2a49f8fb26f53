package org.batonjdbc.store.dialect;

import org.batonjdbc.store.catalog.Table;

/** Takes the rows that row triggers see; called in the thread that changes them. */
public interface RowSink {
    /**
     * One row was changed.
     *
     * @param before the row in the engine's order and objects, null for an insert; the callee may keep it
     * @param after the same after the change, null for a delete
     * @throws IllegalStateException if this thread is not known, so that the change would be lost; the engine then
     *     refuses the statement
     */
    void changed(Table table, Object[] before, Object[] after);

    /** A statement that may change rows of a table with triggers begins, or is begun again by the engine. */
    void statementBegins();
}
