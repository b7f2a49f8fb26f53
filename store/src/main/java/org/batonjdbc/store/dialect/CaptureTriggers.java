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
    /** How the message begins with which a write is refused that was not admitted, whatever the engine puts around it. */
    String BYPASSED = "this write does not go through Baton";

    /** Whether an engine's error says that a write was refused because it was not admitted. */
    static boolean isBypass(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getMessage().contains(BYPASSED)) {
                return true;
            }
        }
        return false;
    }

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
     * The store is a follower from now on: nobody but Baton's worker may write to it, also none who was reading there when the
     * switchover passed.
     */
    void fence(Connection connection, ClassLoader engine) throws SQLException;

    /**
     * Nobody of this process's is in the store any more, which follows or has been replaced: drops what {@link #fence}, or an
     * earlier process, has left and would refuse Baton's worker, or who opens the store without Baton.
     */
    default void unfence(Connection connection, ClassLoader engine) throws SQLException {
        detach(connection, engine);
    }

    /**
     * Lets all changes through uncaptured until {@link #detach}, because the upgrade has failed; the gate may be open. Does
     * nothing where the sink itself decides.
     */
    default void letThrough(Connection connection) throws SQLException {}
}
