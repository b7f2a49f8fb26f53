package org.batonjdbc.store.engine;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;

/**
 * The driver that opens a store, and the class loader it lives in.
 *
 * @param isolated the loader that Baton made for it; null for a driver on the application's own class path
 */
record Engine(Driver driver, EngineLoader isolated) {
    /** The store's engine, which counts the store until {@link #leave}. */
    static Engine of(StoreUrl url, EngineJars jars) throws SQLException {
        if (url.engineName().isEmpty()) {
            return new Engine(onClassPath(url.jdbcUrl()), null);
        }
        String name = url.engineName().get();
        // HSQLDB resets java.util.logging for the whole JVM when it loads, unless told not to
        System.getProperties().putIfAbsent("hsqldb.reconfig_logging", "false");
        List<Path> found = jars.find(name, url.jdbcUrl());
        EngineLoader loader = EngineLoader.enter(found, url.jdbcUrl());
        try {
            return new Engine(driverIn(loader, found, url.jdbcUrl()), loader);
        } catch (SQLException | RuntimeException | Error e) {
            loader.leave(url.jdbcUrl(), false);
            throw e;
        }
    }

    private static Driver onClassPath(String jdbcUrl) throws SQLException {
        try {
            return DriverManager.getDriver(jdbcUrl);
        } catch (SQLException e) {
            throw SqlState.BAD_OPTION.error(
                    "no driver on the class path takes " + new StoreUrl(null, jdbcUrl)
                            + "; put the driver's jar on it, or name the engine before the URL, such as h2:2.5.252@jdbc:h2:mem:orders",
                    e);
        }
    }

    private static Driver driverIn(ClassLoader loader, List<Path> jars, String jdbcUrl) throws SQLException {
        List<String> others = new ArrayList<>();
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (driver.acceptsURL(jdbcUrl)) {
                    return driver;
                }
                others.add(driver.getClass().getName());
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw SqlState.BAD_OPTION.error(
                    "the driver in " + jars + " does not load on Java "
                            + Runtime.version().feature() + ": " + e.getMessage() + "; take a release that does",
                    e);
        }
        throw SqlState.BAD_OPTION.error("the engine in " + jars + " does not take " + new StoreUrl(null, jdbcUrl)
                + (others.isEmpty()
                        ? ": it names no JDBC driver; give a driver's jar"
                        : ": its driver is " + String.join(", ", others) + "; name the engine that fits the URL"));
    }

    /** The loader in which the engine's classes are found. */
    ClassLoader loader() {
        return isolated == null ? driver.getClass().getClassLoader() : isolated;
    }

    /** Whether another open store has the same JDBC URL, as far as Baton knows. */
    boolean sharesStore(String jdbcUrl) {
        return isolated != null && isolated.open(jdbcUrl) > 1;
    }

    /** One store is closed; {@code stays} if what it holds in memory may still be there. */
    void leave(String jdbcUrl, boolean stays) {
        if (isolated != null) {
            isolated.leave(jdbcUrl, stays);
        }
    }

    /** A store is shut down; lets the engine be collected, if nothing else is in it any more. */
    void release(String jdbcUrl, Optional<Dialect> dialect, Credentials credentials) throws SQLException {
        if (isolated != null) {
            isolated.forget(jdbcUrl);
            Optional<String> closing = dialect.flatMap(Dialect::closingEngine);
            isolated.release(() -> {
                if (closing.isPresent()) {
                    close(dialect.get(), closing.get(), credentials);
                }
            });
        }
    }

    /** Asks for a connection that is never had, to shut a store or the engine down; it may be down already. */
    void close(Dialect dialect, String closing, Credentials credentials) throws SQLException {
        try {
            driver.connect(closing, credentials.toProperties()).close();
        } catch (SQLException e) {
            if (!dialect.isClosed(e) && !dialect.isAbsent(e)) {
                throw e;
            }
        }
    }
}
