package org.batonjdbc.store.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.Table;

/**
 * Row triggers of an embedded engine that hand each changed row to Baton, in the thread that changes it and inside its
 * transaction. Both methods are DDL, commit, and are called behind the closed gate. Stateless.
 */
public interface RowTriggers {
    /**
     * Creates a trigger on each table; what they see goes to {@code sink} until {@link #detach}. Triggers that an
     * earlier process left are replaced.
     *
     * @param engine the loader in which the store's engine lives
     */
    void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink) throws SQLException;

    /** Drops every trigger of Baton's that the store has, and lets go of their sinks. */
    void detach(Connection connection, ClassLoader engine) throws SQLException;

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
