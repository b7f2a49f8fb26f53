package org.batonjdbc.store.dialect.h2;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** A store of one release of H2 in a class loader of its own, for tests; closing it shuts the engine down. */
final class H2Store implements AutoCloseable {
    static final String OLD = "1.4.200";
    static final String NEW = "2.5.252";

    private final String url;
    private final ClassLoader loader;
    private final Driver driver;
    private final Connection connection;

    private H2Store(String url, ClassLoader loader, Driver driver, Connection connection) {
        this.url = url;
        this.loader = loader;
        this.driver = driver;
        this.connection = connection;
    }

    /** A new store in memory. */
    static H2Store inMemory(String version) throws Exception {
        return at(version, "jdbc:h2:mem:" + UUID.randomUUID());
    }

    static H2Store at(String version, String url) throws Exception {
        ClassLoader loader = new EngineLikeLoader(
                Path.of("target", "engines", "h2-" + version + ".jar").toUri().toURL());
        Driver driver = (Driver)
                loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        return new H2Store(url, loader, driver, driver.connect(url, credentials("sa", "")));
    }

    private static Properties credentials(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    String url() {
        return url;
    }

    ClassLoader loader() {
        return loader;
    }

    /** The administrator's own connection. */
    Connection connection() {
        return connection;
    }

    Connection connect() throws SQLException {
        return connect("sa", "");
    }

    /** A connection by another URL to the same engine. */
    Connection connect(String otherUrl) throws SQLException {
        return driver.connect(otherUrl, credentials("sa", ""));
    }

    Connection connect(String user, String password) throws SQLException {
        return driver.connect(url, credentials(user, password));
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** What the first column of a query holds, as text. */
    List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        connection.setAutoCommit(true);
        run("SHUTDOWN");
    }

    /** Defines the trigger's class next to the engine's, as the loader of engines does. */
    private static final class EngineLikeLoader extends URLClassLoader {
        EngineLikeLoader(URL jar) {
            super(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.startsWith(CaptureTrigger.class.getName())) {
                return super.findClass(name);
            }
            try (InputStream in = H2Store.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
