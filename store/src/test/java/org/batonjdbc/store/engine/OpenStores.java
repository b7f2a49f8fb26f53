package org.batonjdbc.store.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.StoreUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens stores of either release of H2, and releases them after each test. */
class OpenStores {
    static final String OLD = "h2:1.4.200@";
    static final String NEW = "h2:2.5.252@";
    private static final String PACKAGE = OpenStores.class.getPackageName();
    static final EngineJars JARS = EngineJars.in(Path.of("target", "engines"));

    final List<Store> stores = new ArrayList<>();

    @TempDir
    Path folder;

    static Credentials user(String name, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("password", password);
        return new Credentials(properties);
    }

    static final Credentials SA = user("sa", "");

    Store open(String url) throws SQLException {
        return open(url, PoolSettings.STANDARD);
    }

    Store open(String url, PoolSettings settings) throws SQLException {
        Store store = Store.open(StoreUrl.parse(url), JARS, settings);
        stores.add(store);
        return store;
    }

    @AfterEach
    void releaseStores() throws SQLException {
        for (Store store : stores) {
            store.release(SA);
        }
    }

    static String memory() {
        return "jdbc:h2:mem:" + UUID.randomUUID();
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static String session(Connection connection) throws SQLException {
        return ask(connection, "SELECT SESSION_ID()");
    }

    /** Whether the calling thread itself met the exception, instead of being told of it after somebody's timeout. */
    static boolean isOfThisThread(SQLException e) {
        return Arrays.stream(e.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(PACKAGE)
                        && frame.getClassName().endsWith("Test"));
    }

    static boolean hasTable(Store store, String table) throws SQLException {
        try (Connection connection = store.connect(SA);
                ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
            return tables.next();
        }
    }

    /** The pool's threads that live on, ten seconds after they were told to end. */
    static List<String> threadsLeftOf(String pool) throws InterruptedException {
        List<String> left = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(pool)) {
                thread.join(10_000);
                if (thread.isAlive()) {
                    left.add(thread.getName());
                }
            }
        }
        return left;
    }

    static List<String> threadsOf(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(pool))
                .toList();
    }
}
