package org.batonjdbc.store.engine;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;

/**
 * One data store, opened: its engine, its dialect, and a pool of connections for each user. Opening it connects to nothing.
 * Closing it closes its connections and leaves the engine loaded, because a database in memory lives there;
 * {@link #release} shuts such a database down and lets the engine go, too.
 *
 * <p>Thread-safe. {@code this} guards the step from open to closed and the making of pools, never during I/O.
 */
public final class Store implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final StoreUrl url;
    private final Place place;
    private final PoolSettings settings;
    private final Optional<Dialect> dialect;
    private final Map<Credentials, Pool> pools = new ConcurrentHashMap<>();
    private volatile Engine engine;

    private Store(StoreUrl url, Place place, PoolSettings settings, Optional<Dialect> dialect, Engine engine) {
        this.url = url;
        this.place = place;
        this.settings = settings;
        this.dialect = dialect;
        this.engine = engine;
    }

    /**
     * Finds the store's engine and dialect.
     *
     * @throws SQLException 22023 if there is no such engine, or it does not take the URL
     */
    public static Store open(StoreUrl url, EngineJars jars, PoolSettings settings) throws SQLException {
        return open(url, jars, settings, Dialects.of(url.jdbcUrl()));
    }

    /** Whether a store of that name keeps its rows when the process ends; true where the engine is not known. */
    public static boolean outlivesProcess(StoreUrl url) {
        return Dialects.of(url.jdbcUrl())
                .map(dialect -> dialect.outlivesProcess(url.jdbcUrl()))
                .orElse(true);
    }

    /** The engines whose stores can be upgraded, for messages. */
    public static String knownEngines() {
        return Dialects.names();
    }

    static Store open(StoreUrl url, EngineJars jars, PoolSettings settings, Optional<Dialect> dialect)
            throws SQLException {
        return new Store(url, Place.of(url, jars), settings, dialect, Engine.of(url, jars));
    }

    /**
     * A connection from this user's pool; {@code close()} gives it back with autocommit, isolation and read-only as they
     * were; {@link #giveBack} does so more gently. Whoever changed anything else of its session, such as the schema, ends it with {@link #discard} instead.
     *
     * @throws SQLException the engine's own, at once, if it opens none; 55P03 if all are in use for too long
     */
    public Connection connect(Credentials credentials) throws SQLException {
        Pool pool = pools.get(credentials);
        return (pool != null ? pool : pool(credentials)).connect();
    }

    /**
     * A connection outside the pools that fails, rather than creates the store, where there is none yet; for engines
     * whose dialect is not known, any connection.
     */
    public Connection connectExisting(Credentials credentials) throws SQLException {
        String existing = dialect.map(d -> d.existingOnly(url.jdbcUrl())).orElse(url.jdbcUrl());
        return driver().connect(existing, credentials.toProperties());
    }

    /** Opens connections, until so many are idle in this user's pool or its maximum is reached. */
    public void warm(Credentials credentials, int connections) throws SQLException {
        pool(credentials).warm(connections);
    }

    /**
     * Ends the use of a connection, as {@code close()} does; but one that the engine has closed by itself, such as after
     * H2's SHUTDOWN, is dropped without the error that the pool would raise and a raw driver would not.
     */
    public void giveBack(Connection connection) throws SQLException {
        if (Pool.isDead(connection)) {
            discard(connection);
        } else {
            connection.close();
        }
    }

    /**
     * Rolls back and physically closes a connection of this store before returning, so that nobody gets it again. Does
     * nothing for a connection that was given back already.
     */
    public void discard(Connection connection) throws SQLException {
        for (Pool pool : pools.values()) {
            if (pool.discard(connection)) {
                return;
            }
        }
    }

    /**
     * Physically closes the idle connections before returning, so that a file is unlocked, or a database in memory goes,
     * just when it would have without a pool.
     */
    public void releaseIdle() throws SQLException {
        for (Pool pool : pools.values()) {
            pool.releaseIdle();
        }
    }

    /** Whether somebody has a connection of this store; closes the idle ones. */
    public boolean isInUse() throws SQLException {
        releaseIdle();
        return pools.values().stream().anyMatch(Pool::hasOpen);
    }

    /** Closes all connections, idle or not, within half a minute for each user. A second call does nothing. */
    @Override
    public void close() {
        Engine left = leave();
        if (left != null) {
            left.leave(url.jdbcUrl(), mayStay(endPools()));
        }
    }

    /** Whether something that lives in memory may be left after closing. */
    private boolean mayStay(boolean wasUsed) {
        return wasUsed && !dialect.map(d -> d.outlivesProcess(url.jdbcUrl())).orElse(false);
    }

    /**
     * The end of a store that is not needed any more: shuts down what of it lives in this process, which is the end of
     * a database in memory, and lets its engine be collected if no other store is in it. While another open store has
     * the same URL, it only closes. Nothing happens to a store that is closed already.
     *
     * @param credentials of a user who may shut the database down
     * @throws SQLException the engine's own if it refuses; the store is closed all the same
     */
    public void release(Credentials credentials) throws SQLException {
        Engine left = leave();
        if (left == null) {
            return;
        }
        if (left.sharesStore(url.jdbcUrl())) {
            left.leave(url.jdbcUrl(), mayStay(endPools()));
            return;
        }
        boolean down = false;
        try {
            shutDown(left, credentials);
            down = true;
        } finally {
            left.leave(url.jdbcUrl(), !down);
        }
        left.release(url.jdbcUrl(), dialect, credentials);
    }

    /** Ends a store in memory that was made to try something out, as its last connection is about to be closed. */
    public void dropScratch(String scratchUrl, Credentials credentials) throws SQLException {
        Optional<String> closing = dialect.flatMap(d -> d.closing(scratchUrl));
        if (closing.isPresent()) {
            opened().close(dialect.get(), closing.get(), credentials);
        }
    }

    /** Holds one connection while the others are closed, so that what the dialect shuts down is what they used. */
    private void shutDown(Engine left, Credentials credentials) throws SQLException {
        if (dialect.isEmpty()) {
            endPools();
            return;
        }
        Optional<String> closing = dialect.get().closing(url.jdbcUrl());
        if (closing.isPresent()) {
            endPools();
            left.close(dialect.get(), closing.get(), credentials);
            return;
        }
        String existing = dialect.get().existingOnly(url.jdbcUrl());
        Connection last;
        try {
            last = left.driver().connect(existing, credentials.toProperties());
        } catch (SQLException e) {
            if (dialect.get().isAbsent(e)) {
                return;
            }
            throw e;
        } finally {
            endPools();
        }
        try {
            dialect.get().shutDown(last, url.jdbcUrl());
        } finally {
            last.close();
        }
    }

    /** The store's name, as the user wrote it. */
    public StoreUrl url() {
        return url;
    }

    /** Where its rows are. */
    public Place place() {
        return place;
    }

    /** How this engine differs from others; empty for one that Baton can only pass statements through to. */
    public Optional<Dialect> dialect() {
        return dialect;
    }

    /** The driver that opens this store's connections. */
    public Driver driver() throws SQLException {
        return opened().driver();
    }

    /** The class loader in which the engine lives. */
    public ClassLoader engineLoader() throws SQLException {
        return opened().loader();
    }

    /** The store as the user wrote it, without passwords. */
    @Override
    public String toString() {
        return url.toString();
    }

    private Engine opened() throws SQLException {
        Engine current = engine;
        if (current == null) {
            throw SqlState.REFUSED.error("the store " + url + " is closed");
        }
        return current;
    }

    private synchronized Pool pool(Credentials credentials) throws SQLException {
        Driver driver = driver();
        return pools.computeIfAbsent(
                credentials,
                key -> new Pool(
                        poolName(),
                        new PhysicalConnections(driver, url, credentials, settings.maximumSize()),
                        settings));
    }

    private String poolName() {
        String engineName = url.engineName().orElse(url.jdbcUrl().split(":", 3)[1]);
        String last = engineName.substring(engineName.lastIndexOf('/') + 1);
        return "baton-" + last.replaceAll("[^A-Za-z0-9.]+", "-") + "-" + NUMBERS.incrementAndGet();
    }

    private synchronized Engine leave() {
        Engine left = engine;
        engine = null;
        return left;
    }

    /** Whether there were any. */
    private boolean endPools() {
        boolean any = !pools.isEmpty();
        pools.values().forEach(Pool::close);
        pools.clear();
        return any;
    }
}
