package org.batonjdbc.tests.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/**
 * One application twice: through Baton while an upgrade replicates, and on a raw H2 1.4.200. It must see the same each
 * time, and in the end the upgraded store must hold what the raw one does. {@code -Dbaton.twin.seconds=600} makes it
 * longer, {@code -Dbaton.twin.seed=...} repeats a run.
 */
@Pair
class TwinTest {
    private static final long SEED =
            Long.getLong("baton.twin.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final long NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("baton.twin.seconds", 20));

    @Test
    void anApplicationSeesTheSameAsOnTheRawEngine(Stores stores) throws Exception {
        try (Connection raw = rawTwin()) {
            prepare(stores, raw);
            stores.replicate();

            walk(stores, raw, NANOS);

            stores.awaitApplied();
            assertSame(stores.pastBatonToFirst(), raw);
            assertSame(stores.pastBatonToSecond(), raw);
            stores.verifySame();
        }
    }

    @Test
    void aChangeThatOnlyOneOfThemHasIsNoticed(Stores stores) throws Exception {
        try (Connection raw = rawTwin()) {
            prepare(stores, raw);
            stores.execute("INSERT INTO parent(id, code) VALUES (1, 'one'), (2, 'two')");

            assertThatThrownBy(() -> assertSame(stores.pastBatonToFirst(), raw)).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> walk(stores, raw, TimeUnit.SECONDS.toNanos(20)))
                    .hasMessageContaining("seed");
        }
    }

    private static void prepare(Stores stores, Connection raw) throws SQLException {
        stores.execute(Statements.schema().toArray(String[]::new));
        try (Statement statement = raw.createStatement()) {
            for (String sql : Statements.schema()) {
                statement.execute(sql);
            }
        }
    }

    private static void walk(Stores stores, Connection raw, long nanos) throws SQLException {
        Application through = new Application(stores.connect(), SEED);
        Application beside = new Application(raw, SEED);
        long end = System.nanoTime() + nanos;
        for (int step = 1; System.nanoTime() < end; step++) {
            Outcome expected = beside.step();
            Outcome seen = through.step();
            assertThat(seen)
                    .as("seed %d, step %d: %s", SEED, step, through.last())
                    .isEqualTo(expected);
        }
        through.end();
        beside.end();
    }

    private static void assertSame(Connection store, Connection raw) throws SQLException {
        for (String table : Statements.TABLES) {
            String sql = "SELECT * FROM " + table + " ORDER BY 1, 2";
            List<List<Object>> expected = Rows.of(raw, sql);
            assertThat(Rows.of(store, sql)).as("seed %d, table %s", SEED, table).isEqualTo(expected);
        }
    }

    /** An engine that Baton has never heard of, in a class loader of the test's. */
    @SuppressWarnings("resource") // closing the loader would take the engine's classes away; the test ends soon
    private static Connection rawTwin() throws Exception {
        Path jar = Path.of(System.getProperty("baton.engines"), "h2-1.4.200.jar");
        URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Driver driver = (Driver)
                loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        return driver.connect("jdbc:h2:mem:twin", user);
    }
}
