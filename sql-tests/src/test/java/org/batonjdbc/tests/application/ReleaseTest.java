package org.batonjdbc.tests.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.tests.fixture.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UPGRADE COMPLETE lets the old store and its engine go, and leaves nothing of Baton's behind but the control rows. */
class ReleaseTest {
    private static final String BATONS_TABLES =
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'BATON'";
    private static final String BATONS_TRIGGERS =
            "SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS WHERE TRIGGER_NAME LIKE 'BATON%'";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"mem:released", "file:"})
    void theOldEnginesClassesAreCollected(String place) throws Exception {
        upgrade(place.equals("file:") ? place + directory.resolve("old") : place);

        assertThat(Thread.getAllStackTraces().keySet())
                .as("threads of the old store's pools")
                .noneMatch(thread -> thread.getName().contains("released-engine"));
    }

    /** Begins with an engine of its own, because other tests keep databases in memory in the usual one. */
    private void upgrade(String place) throws Exception {
        String url = url(place);
        try (Connection operator = DriverManager.getConnection(url, "sa", "");
                Connection application = DriverManager.getConnection(url, "sa", "")) {
            run(operator, "CREATE TABLE t(id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
            run(application, "INSERT INTO t VALUES (2)");
            WeakReference<ClassLoader> engine = new WeakReference<>(engineOf(application));
            run(operator, "UPGRADE START", "UPGRADE WAIT FOR REPLICATING", "UPGRADE SWITCH WITH (verify = 'skip')");
            run(operator, "UPGRADE COMPLETE");
            run(application, "INSERT INTO t VALUES (3)");
            assertThat(Rows.number(application, "SELECT COUNT(*) FROM t")).isEqualTo(3);
            assertThat(Rows.of(operator, BATONS_TABLES))
                    .singleElement()
                    .asString()
                    .isEqualTo("[CONTROL]");
            assertThat(Rows.of(operator, BATONS_TRIGGERS)).isEmpty();
            awaitCollection(engine);
        }
    }

    /** While connections are open, and the pair's thread runs. */
    private static void awaitCollection(WeakReference<ClassLoader> engine) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (engine.get() != null) {
            assertThat(System.nanoTime())
                    .as("the class loader of the old engine is still reachable")
                    .isLessThan(deadline);
            System.gc();
        }
    }

    private static ClassLoader engineOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT * FROM no_such_table");
            throw new AssertionError("a statement on a table that is not there was run");
        } catch (SQLException e) {
            return e.getClass().getClassLoader();
        }
    }

    private String url(String place) throws Exception {
        return "jdbc:baton:failover:(" + jar() + "@jdbc:h2:" + place + "),(h2:2.5.252@jdbc:h2:mem:releasing"
                + place.length() + ")?engines=" + System.getProperty("baton.engines");
    }

    private Path jar() throws Exception {
        Path jar = directory.resolve("released-engine.jar");
        if (!Files.exists(jar)) {
            Files.copy(Path.of(System.getProperty("baton.engines"), "h2-1.4.200.jar"), jar);
        }
        return jar;
    }

    @Test
    void theOldStoreIsUnlockedAndHasNothingOfBatonsButItsControlRow() throws Exception {
        Path old = directory.resolve("old");
        upgrade("file:" + old);

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Driver driver = ServiceLoader.load(Driver.class, loader).findFirst().orElseThrow();
            Properties user = new Properties();
            user.setProperty("user", "sa");
            user.setProperty("password", "");
            try (Connection connection = driver.connect("jdbc:h2:file:" + old + ";IFEXISTS=TRUE", user)) {
                assertThat(Rows.of(connection, BATONS_TABLES))
                        .singleElement()
                        .asString()
                        .isEqualTo("[CONTROL]");
                assertThat(Rows.of(connection, "SELECT STORE_ROLE, PHASE FROM BATON.CONTROL"))
                        .singleElement()
                        .asString()
                        .isEqualTo("[FENCED, IDLE]");
                assertThat(Rows.of(connection, BATONS_TRIGGERS)).isEmpty();
            }
        }
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
