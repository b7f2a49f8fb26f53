package org.batonjdbc.driver.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One physical connection, for as long as a logical one works on it. After a move to another store it stays until the
 * result sets that are still being read from it are closed. Used by the thread of the logical connection.
 */
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    /** Metadata's result sets to remember before looking which of them are closed. */
    private static final int LOOSE_LIMIT = 8;

    private final Session session;
    private final Store store;
    private final Connection pooled;
    private final Connection physical;
    private final List<WeakReference<ResultSet>> loose = new ArrayList<>(0);
    private boolean autoCommit;
    private boolean sure = true;
    private boolean released;

    /** Takes over a connection that has just come from its pool. */
    Link(Session session, Store store, Connection pooled) throws SQLException {
        this.session = session;
        this.store = store;
        this.pooled = pooled;
        this.physical = pooled.unwrap(Connection.class);
        this.autoCommit = physical.getAutoCommit();
    }

    Session session() {
        return session;
    }

    Store store() {
        return store;
    }

    /** The engine's own connection: what the pool puts around it would cost each statement time and garbage. */
    Connection physical() {
        return physical;
    }

    /** The same through the pool, which undoes what is set this way when the connection is given back. */
    Connection pooled() {
        return pooled;
    }

    boolean autoCommit() {
        return autoCommit;
    }

    /** Whether the physical connection is known to commit by itself, or not to. */
    boolean commitsAs(boolean wanted) {
        return autoCommit == wanted && sure;
    }

    /** Makes the physical connection commit by itself, or not; nothing happens if it does so already. */
    void autoCommit(boolean wanted) throws SQLException {
        if (!commitsAs(wanted)) {
            pooled.setAutoCommit(wanted);
            autoCommit = wanted;
            sure = true;
        }
    }

    /** The engine may have changed it behind Baton's back. */
    void unsure() {
        sure = false;
    }

    /** Asks the engine, after a statement that may have changed it, whether it commits by itself. */
    boolean askAutoCommit() throws SQLException {
        autoCommit = physical.getAutoCommit();
        sure = true;
        return autoCommit;
    }

    /**
     * Asks the engine, behind BEGIN, whether it commits by itself. A driver that goes on saying so would neither commit nor
     * roll back; switched off now, it stays in the transaction that the engine has begun.
     */
    boolean begun() throws SQLException {
        if (askAutoCommit()
                && (store == null || store.dialect().map(Dialect::hidesBegin).orElse(true))) {
            autoCommit(false);
        }
        return autoCommit;
    }

    /**
     * Takes away what the engine leaves in the session of a statement that was prepared or has run, where it should not. If
     * that fails, the statement is as good as before, and what it has done is kept and captured.
     */
    void tidyBehind(Command command) {
        if (command.insertsWith() && store != null && store.dialect().isPresent()) {
            try {
                store.dialect().get().tidyBehindWith(physical, String.join(";", command.texts()));
            } catch (SQLException e) {
                LOG.warn(
                        "what an INSERT of a query WITH has left in its session could not be taken away; create no table"
                                + " until the connection is closed",
                        e);
            }
        }
    }

    /** Remembers a result set that belongs to no statement of the application, such as those of metadata. */
    void remember(ResultSet rows) throws SQLException {
        if (loose.size() >= LOOSE_LIMIT) {
            hasLooseRows();
        }
        loose.add(new WeakReference<>(rows));
    }

    /** Whether any of the result sets that were remembered is still open. */
    boolean hasLooseRows() throws SQLException {
        for (int i = loose.size() - 1; i >= 0; i--) {
            ResultSet rows = loose.get(i).get();
            if (rows == null || rows.isClosed()) {
                loose.remove(i);
            }
        }
        return !loose.isEmpty();
    }

    /** Closes the physical connection for good. */
    void discard() throws SQLException {
        released = true;
        session.home().discarder().discard(store, pooled);
    }

    /**
     * Ends what is open and gives the connection back; does nothing the second time.
     *
     * @param reusable false if its session was changed in a way that must not be seen by the next user
     */
    void release(boolean reusable) throws SQLException {
        if (released) {
            return;
        }
        released = true;
        boolean clean = false;
        try {
            if (!physical.isClosed() && !physical.getAutoCommit()) {
                physical.rollback();
                pooled.setAutoCommit(true);
            }
            clean = reusable && !physical.isClosed();
        } finally {
            if (clean) {
                pooled.close();
            } else {
                discard();
            }
        }
    }
}
