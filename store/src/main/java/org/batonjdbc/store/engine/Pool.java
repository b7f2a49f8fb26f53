package org.batonjdbc.store.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.batonjdbc.store.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's pool of a store: HikariCP, arranged so that getting a connection is never slower and fails no later than with
 * the raw driver.
 *
 * <p>Where none is idle, the caller's own thread opens a connection, and so meets the engine's exception at once instead of
 * after HikariCP's timeout. HikariCP then adopts it; but its adder rests for 30 ms after each, so a caller in a burst
 * keeps what it has opened as a connection outside the pool, which ends when it is closed, just as the raw driver's.
 *
 * <p>Thread-safe; {@code this} guards the making of HikariCP's pool, which does no I/O.
 */
final class Pool implements AutoCloseable {
    /** After so long in HikariCP's queue a caller looks again whether it had better open a connection itself. */
    private static final long PATIENCE_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
    private static final long ADDER_RESTS_NANOS = TimeUnit.MILLISECONDS.toNanos(35);

    private final String name;
    private final PhysicalConnections physical;
    private final PoolSettings settings;
    private final AtomicLong adderAwakeAt = new AtomicLong(System.nanoTime());
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile HikariDataSource hikari;
    private boolean closed;

    Pool(String name, PhysicalConnections physical, PoolSettings settings) {
        this.name = name;
        this.physical = physical;
        this.settings = settings;
    }

    /**
     * An idle connection, or a new one; {@code close()} gives it back.
     *
     * @throws SQLException the engine's own if it opens none, or 55P03 if the maximum is in use for too long
     */
    Connection connect() throws SQLException {
        long deadline = System.nanoTime() + settings.acquireTimeout().toNanos();
        SQLException lastRefusal = null;
        do {
            Connection opened = hasIdle() ? null : physical.openNew();
            if (opened != null && !mayAdopt()) {
                return opened;
            }
            if (opened != null) {
                adopt(opened);
            }
            try {
                Connection pooled = borrow();
                if (!isDead(pooled)) {
                    return pooled;
                }
                hikari.evictConnection(pooled);
            } catch (SQLTransientConnectionException e) {
                lastRefusal = e;
            }
            Connection unwanted = physical.takeBack();
            if (unwanted != null) {
                return unwanted;
            }
        } while (System.nanoTime() - deadline < 0);
        throw SqlState.TIMED_OUT.error(
                "all " + settings.maximumSize() + " connections of " + physical + " were in use for "
                        + settings.acquireTimeout().toMillis() + " ms; close some, or raise poolSize",
                lastRefusal);
    }

    /** Makes sure that at least so many connections are idle, as far as the maximum allows. */
    void warm(int idle) throws SQLException {
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < idle) {
                if (!hasIdle()) {
                    Connection opened = physical.openNew();
                    if (opened == null) {
                        return;
                    }
                    adopt(opened);
                }
                taken.add(borrow());
            }
        } catch (SQLTransientConnectionException e) {
            // Too busy a machine to warm up in time; whoever connects later opens what is missing.
            LOG.debug("{} connections of {} are idle instead of {}", taken.size(), physical, idle, e);
            for (Connection left = physical.takeBack(); left != null; left = physical.takeBack()) {
                physical.end(left);
            }
        } finally {
            closeAll(taken);
        }
    }

    /** Closes a connection physically before it returns, if it is one of this pool's. */
    boolean discard(Connection connection) throws SQLException {
        if (physical.holds(connection)) {
            physical.end(connection);
            return true;
        }
        HikariDataSource pool = hikari;
        if (pool == null) {
            return false;
        }
        Connection inside = connection.unwrap(Connection.class);
        if (!physical.holds(inside)) {
            return false;
        }
        try {
            physical.end(inside);
        } finally {
            pool.evictConnection(connection);
        }
        return true;
    }

    /** Closes what is idle, before it returns. */
    void releaseIdle() throws SQLException {
        for (Connection left = physical.takeBack(); left != null; left = physical.takeBack()) {
            physical.end(left);
        }
        if (hikari != null) {
            for (int left = idle(); left > 0 && hasIdle(); left--) {
                discard(borrow());
            }
        }
    }

    /** Whether there is a connection, used or not. */
    boolean hasOpen() {
        return physical.areOpen();
    }

    /** Closes all connections, also those in use; HikariCP waits half a minute at most for its own threads. */
    @Override
    public void close() {
        HikariDataSource pool;
        synchronized (this) {
            closed = true;
            pool = hikari;
        }
        if (pool != null) {
            pool.close();
        }
        physical.close();
    }

    /** Whether the engine has closed the connection by itself, as H2 does to all when one of them shuts the database down. */
    static boolean isDead(Connection pooled) throws SQLException {
        return PhysicalConnections.isClosed(pooled.unwrap(Connection.class));
    }

    private boolean hasIdle() {
        return hikari != null && idle() > 0;
    }

    private int idle() {
        HikariPoolMXBean figures = hikari.getHikariPoolMXBean();
        return figures == null ? 0 : figures.getIdleConnections();
    }

    /** Whether the adder is awake; then the caller is the one whose connection it adopts. */
    private boolean mayAdopt() {
        long now = System.nanoTime();
        long awakeAt = adderAwakeAt.get();
        return now - awakeAt >= 0 && adderAwakeAt.compareAndSet(awakeAt, now + ADDER_RESTS_NANOS);
    }

    private void adopt(Connection opened) throws SQLException {
        if (hikari == null) {
            try {
                start(opened);
            } catch (SQLException | RuntimeException e) {
                physical.end(opened);
                throw e;
            }
        }
        physical.putAhead(opened);
    }

    private Connection borrow() throws SQLException {
        try {
            if (started.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return hikari.getConnection();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for the first connection of " + physical, e);
        }
        throw new SQLTransientConnectionException("no connection of " + physical + " has been opened yet");
    }

    /** Makes the pool after the first connection, whose state is what connections of this store begin with. */
    private synchronized void start(Connection first) throws SQLException {
        if (hikari != null) {
            return;
        }
        if (closed) {
            throw SqlState.REFUSED.error("the store " + physical + " was closed while it was connected to");
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(physical);
        config.setMaximumPoolSize(settings.maximumSize());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(first.getAutoCommit());
        config.setReadOnly(first.isReadOnly());
        config.setExceptionOverride(new BrokenConnections());
        hikari = new HikariDataSource(config);
        started.countDown();
    }

    private static void closeAll(List<Connection> connections) throws SQLException {
        SQLException failed = null;
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
