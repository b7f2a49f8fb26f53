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
 * that commits by itself. Used by the worker alone.
 */
final class Side implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Side.class);

    private final Store store;
    private final Dialect dialect;
    private final Connection rows;
    private final Connection admin;

    private Side(Store store, Dialect dialect, Connection rows, Connection admin) {
        this.store = store;
        this.dialect = dialect;
        this.rows = rows;
        this.admin = admin;
    }

    /** Opens both connections. */
    static Side open(Store store, Credentials credentials) throws SQLException {
        Dialect dialect =
                store.dialect().orElseThrow(() -> SqlState.REFUSED.error("Baton does not know the engine of " + store));
        Connection admin;
        try {
            admin = store.connect(credentials);
        } catch (SQLException e) {
            throw Claims.explained(store, e);
        }
        try {
            dialect.prepareWorker(admin);
            Connection rows = store.connect(credentials);
            try {
                dialect.prepareWorker(rows);
                rows.setAutoCommit(false);
                return new Side(store, dialect, rows, admin);
            } catch (SQLException e) {
                store.discard(rows);
                throw e;
            }
        } catch (SQLException e) {
            store.discard(admin);
            throw e;
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
