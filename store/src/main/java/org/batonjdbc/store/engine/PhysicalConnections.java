package org.batonjdbc.store.engine;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.slf4j.LoggerFactory;

/**
 * Opens one user's connections of a store with the engine's driver, knows those that are open, and is where HikariCP gets
 * its connections: first those that a caller has opened ahead for it. After {@link #close} it refers to nothing of the
 * engine, so that pool entries which HikariCP leaves behind in threads do not keep the engine's loader alive.
 *
 * <p>Thread-safe; {@link #open} guards itself, never during I/O.
 */
final class PhysicalConnections implements DataSource, AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PhysicalConnections.class);

    private final StoreUrl url;
    private final String opened;
    private final Credentials credentials;
    private final Deque<Connection> ahead = new ConcurrentLinkedDeque<>();
    private final Set<Connection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int maximum;
    private int opening;
    private int sweepAt;
    private volatile Driver driver;

    PhysicalConnections(Driver driver, StoreUrl url, Credentials credentials, int maximum) {
        this.driver = driver;
        this.url = url;
        this.opened = Dialects.of(url.jdbcUrl())
                .map(dialect -> dialect.opened(url.jdbcUrl()))
                .orElse(url.jdbcUrl());
        this.credentials = credentials;
        this.maximum = maximum;
    }

    /**
     * Opens a connection in the caller's thread; what the engine throws is thrown as it is. Null if the maximum is open
     * already, used or not.
     */
    Connection openNew() throws SQLException {
        Driver current = driver;
        if (current == null) {
            throw closed();
        }
        synchronized (open) {
            if (open.size() + opening >= sweepAt) {
                open.removeIf(PhysicalConnections::isClosed);
                sweepAt = Math.min(maximum, Math.max(64, 2 * (open.size() + opening)));
            }
            if (open.size() + opening >= maximum) {
                return null;
            }
            opening++;
        }
        Connection connection = null;
        try {
            connection = current.connect(opened, credentials.toProperties());
        } finally {
            synchronized (open) {
                opening--;
                if (connection != null) {
                    open.add(connection);
                }
            }
        }
        if (connection == null) {
            throw SqlState.BAD_OPTION.error("the driver " + current.getClass().getName() + " does not take " + url);
        }
        if (driver == null) { // closed meanwhile, perhaps after the last look at the open ones
            connection.close();
            throw closed();
        }
        return connection;
    }

    /** Whether the connection is a physical one from here that was not closed through {@link #end}. */
    boolean holds(Connection connection) {
        synchronized (open) {
            return open.contains(connection);
        }
    }

    /** Whether any is open, used or not. */
    boolean areOpen() {
        synchronized (open) {
            open.removeIf(PhysicalConnections::isClosed);
            return !open.isEmpty();
        }
    }

    /** Gives the pool a connection to take instead of opening one. */
    void putAhead(Connection connection) {
        ahead.addLast(connection);
    }

    /** Takes back a connection that the pool did not want; null if there is none. */
    Connection takeBack() {
        return ahead.pollFirst();
    }

    /** Rolls back and closes a connection, before it returns. */
    void end(Connection connection) throws SQLException {
        synchronized (open) {
            open.remove(connection);
        }
        try (connection) {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    /** What the pool calls in its own thread; the caller who waits opens a connection itself if this fails. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection prepared = ahead.pollFirst();
        if (prepared != null) {
            return prepared;
        }
        try {
            Connection opened = openNew();
            if (opened != null) {
                return opened;
            }
        } catch (SQLException e) {
            LOG.debug("cannot open a connection of {} as {}", url, credentials, e);
            // not the engine's exception: HikariCP keeps it, and its class would keep the engine's loader
            throw SqlState.REFUSED.error("cannot open a connection of " + url + ": " + e.getMessage());
        }
        throw SqlState.REFUSED.error("all " + maximum + " connections of " + url + " are open");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("connections of " + url + " are those of " + credentials);
    }

    /** Closes every connection that is still open, and lets go of the engine. */
    @Override
    public void close() {
        driver = null;
        ahead.clear();
        List<Connection> left;
        synchronized (open) {
            left = new ArrayList<>(open);
            open.clear();
        }
        for (Connection connection : left) {
            try {
                end(connection);
            } catch (SQLException e) {
                LOG.debug("closing a connection of {} failed", url, e);
            }
        }
    }

    private SQLException closed() {
        return SqlState.REFUSED.error("the store " + url + " is closed");
    }

    /** Whether the connection is closed, or so broken that it does not even say so. */
    static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public int getLoginTimeout() {
        return 1; // seconds that HikariCP waits for a connection being opened when it shuts down
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the driver's own timeouts apply, as they do without Baton
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // nothing is written but through SLF4J
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logging goes through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("the connections of " + url + " are no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return url + " as " + credentials;
    }
}
