package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One store of an upgrade as the worker uses it: a connection in which rows are read or written, and one for everything
 * that commits by itself. Whoever works with them asks for them each time, because lost ones are opened again. Used by the
 * worker alone.
 */
final class Side implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Side.class);

    /** What an answer may take until a connection counts as lost. */
    private static final int ANSWER_SECONDS = 5;

    private final Store store;
    private final Credentials credentials;
    private final Dialect dialect;
    private Connection rows;
    private Connection admin;

    private Side(Store store, Credentials credentials, Dialect dialect) {
        this.store = store;
        this.credentials = credentials;
        this.dialect = dialect;
    }

    /** Opens both connections. */
    static Side open(Store store, Credentials credentials) throws SQLException {
        Dialect dialect =
                store.dialect().orElseThrow(() -> SqlState.REFUSED.error("Baton does not know the engine of " + store));
        Side side = new Side(store, credentials, dialect);
        side.connect();
        return side;
    }

    /** Both connections, anew; those that there were are the caller's to give up. */
    private void connect() throws SQLException {
        Connection newAdmin;
        try {
            newAdmin = store.connect(credentials);
        } catch (SQLException e) {
            throw Claims.explained(store, e);
        }
        try {
            dialect.prepareWorker(newAdmin);
            Connection newRows = store.connect(credentials);
            try {
                dialect.prepareWorker(newRows);
                newRows.setAutoCommit(false);
                rows = newRows;
                admin = newAdmin;
            } catch (SQLException e) {
                store.discard(newRows);
                throw e;
            }
        } catch (SQLException e) {
            store.discard(newAdmin);
            throw e;
        }
    }

    private boolean isServer() {
        return !dialect.isEmbedded(store.url().jdbcUrl());
    }

    /**
     * Whether a store in this process has closed all its connections, as an engine does that shuts it down, so that nobody
     * knows what it still has. One that has lost a single connection has not been closed, and has lost nothing that is committed.
     */
    boolean isClosed() {
        return !isServer() && isLost(rows) && isLost(admin);
    }

    /** Whether a connection does not answer any more. */
    boolean isLost() {
        return isLost(rows) || isLost(admin);
    }

    private static boolean isLost(Connection connection) {
        try {
            return !connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            LOG.debug("a connection does not say whether it is valid", e);
            return true;
        }
    }

    /**
     * Opens both connections again; what was not committed is lost.
     *
     * @param pair of the upgrade, which the store must still be part of: another may have come into its place
     * @throws SQLException if that fails; the connections are then as lost as before
     */
    void openAgain(String pair) throws SQLException {
        if (!isServer() && !isClosed()) {
            openBesides(pair);
            return;
        }
        // The pool would create a store that is gone.
        try (Connection existing = store.connectExisting(credentials)) {
            refuseOther(existing, pair);
        }
        close();
        store.releaseIdle(); // those may be as lost
        connect();
    }

    /** While one connection still answers: a store in memory would be gone with the last one. */
    private void openBesides(String pair) throws SQLException {
        Connection oldRows = rows;
        Connection oldAdmin = admin;
        Connection answers = isLost(oldAdmin) ? oldRows : oldAdmin;
        connect();
        try {
            // Only now: a store that has been open all the time is the one that the new connections are in.
            refuseOther(answers, pair);
        } catch (SQLException e) {
            close();
            rows = oldRows;
            admin = oldAdmin;
            throw e;
        }
        discard(oldRows);
        discard(oldAdmin);
    }

    private void refuseOther(Connection connection, String pair) throws SQLException {
        if (control().read(connection).filter(row -> row.pair().equals(pair)).isEmpty()) {
            throw SqlState.REFUSED.error(store + " has been replaced by one that does not belong to this upgrade");
        }
    }

    Store store() {
        return store;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Not in autocommit mode. */
    Connection rows() {
        return rows;
    }

    /** In autocommit mode. */
    Connection admin() {
        return admin;
    }

    ControlTable control() {
        return new ControlTable(dialect);
    }

    /** Returns when what is committed here would outlive the process; at once if nothing does. */
    void makeDurable() throws SQLException {
        if (dialect.outlivesProcess(store.url().jdbcUrl())) {
            dialect.makeDurable(admin);
        }
    }

    /** The single number that a query returns. */
    long number(String sql) throws SQLException {
        try (Statement statement = admin.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Gives both connections up; they have been used in ways that no application should meet. */
    @Override
    public void close() {
        discard(rows);
        discard(admin);
    }

    private void discard(Connection connection) {
        try {
            store.discard(connection);
        } catch (SQLException e) {
            // The store may be gone, which is why it is left; the pool drops the connection all the same.
            LOG.debug("{}: a connection did not close", store, e);
        }
    }
}
