package org.batonjdbc.store.dialect;

import org.batonjdbc.store.catalog.Table;

/**
 * Row triggers of an embedded engine that hand each changed row to Baton, in the thread that changes it and inside its
 * transaction. Stateless.
 */
public non-sealed interface RowTriggers extends CaptureTriggers {
    /** Whether they tell the sink when a statement, or an element of a batch, begins. */
    boolean marksStatements();

    /**
     * An image in the carriers of {@link org.batonjdbc.store.catalog.ValueKind}, made from a row as the trigger got it; null if a value in it cannot be told
     * exactly from what the engine hands to triggers, so that the row must be read back. Large objects are
     * {@link org.batonjdbc.store.catalog.Lob#LATER}.
     */
    Object[] image(Table table, Object[] row);

    /**
     * As {@link #image}, but only the values of the table's key need to be right, whatever the rest of the row; null if
     * a value of the key itself cannot be told exactly.
     */
    Object[] keyImage(Table table, Object[] row);
}
