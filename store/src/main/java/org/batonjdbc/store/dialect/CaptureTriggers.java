package org.batonjdbc.store.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.Table;

/**
 * Triggers on the active store by which changed rows become known. An embedded engine calls back for each row
 * ({@link RowTriggers}); a server notes the keys of the rows in a table of Baton's, in the transaction that changes them
 * ({@link KeyTriggers}). All methods are DDL and commit. Stateless.
 */
public sealed interface CaptureTriggers permits RowTriggers, KeyTriggers {
    /**
     * Creates triggers on each table, in place of those that an earlier process has left; called behind the closed gate.
     *
     * @param engine the loader in which the store's engine, or its driver, lives
     * @param sink whom they serve; a write that cannot be led to it is refused
     */
    void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink) throws SQLException;

    /** Drops every trigger of Baton's that the store has, and lets go of their sinks; called behind the closed gate. */
    void detach(Connection connection, ClassLoader engine) throws SQLException;

    /**
     * The store is a follower from now on: nobody but Baton's worker may write to it, as far as triggers can see to that.
     */
    default void fence(Connection connection, ClassLoader engine) throws SQLException {
        detach(connection, engine);
    }

    /**
     * Lets all changes through uncaptured until {@link #detach}, because the upgrade has failed; the gate may be open. Does
     * nothing where the sink itself decides.
     */
    default void letThrough(Connection connection) throws SQLException {}
}
