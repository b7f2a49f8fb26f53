package org.batonjdbc.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.RowSink;
import org.batonjdbc.store.dialect.RowTriggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLoaderTest {
    private static final Path ENGINES = Path.of("target", "engines");
    private static final Credentials SA = sa();

    private static Credentials sa() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new Credentials(properties);
    }

    private static Store open(String version, String url) throws Exception {
        return Store.open(StoreUrl.parse("h2:" + version + "@" + url), EngineJars.in(ENGINES), PoolSettings.STANDARD);
    }

    private static String memory() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    /** Whether the garbage collector takes it within some seconds. */
    private static boolean isCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (reference.get() != null && System.nanoTime() - deadline < 0) {
            System.gc();
        }
        return reference.get() == null;
    }

    /** Uses pool, trigger and statements of a store in this thread, so that they leave behind there what they do leave. */
    private static void use(Store store) throws Exception {
        Connection first = store.connect(SA);
        Connection second = store.connect(SA);
        store.warm(SA, 3);
        Dialect dialect = store.dialect().orElseThrow();
        RowTriggers triggers = dialect.rowTriggers().orElseThrow();
        List<Object> seen = new ArrayList<>();
        try (Statement statement = first.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS T(ID INT PRIMARY KEY, NAME VARCHAR(20))");
            Catalog catalog = dialect.catalog(first);
            triggers.attach(first, store.engineLoader(), catalog.tables(), new Sink(seen));
            statement.execute("INSERT INTO T VALUES(1, 'one')");
            triggers.detach(first, store.engineLoader());
        }
        assertThat(seen).containsExactly(1);
        second.setAutoCommit(false);
        second.close();
        store.discard(first);
        store.connect(SA).close();
    }

    @Test
    void aReleasedEngineIsCollectedAfterItsPoolWasUsed() throws Exception {
        Store store = open("1.4.200", memory());
        use(store);
        WeakReference<ClassLoader> loader = new WeakReference<>(store.engineLoader());
        assertThat(loader.get().loadClass("org.h2.Driver")).isNotNull();

        store.release(SA);

        assertThat(isCollected(loader)).isTrue();
        assertThat(store.toString()).contains("h2:1.4.200");
    }

    @Test
    void aReleasedEngineOfFilesIsCollectedToo(@TempDir Path folder) throws Exception {
        Store store = open("2.5.252", "jdbc:h2:file:" + folder.resolve("orders"));
        use(store);
        WeakReference<ClassLoader> loader = new WeakReference<>(store.engineLoader());

        store.release(SA);

        assertThat(isCollected(loader)).isTrue();
    }

    @Test
    void storesOfOneEngineShareItsLoaderUntilTheLastIsReleased() throws Exception {
        Store one = open("1.4.200", memory());
        Store other = open("1.4.200", memory());
        WeakReference<ClassLoader> loader = new WeakReference<>(one.engineLoader());
        assertThat(other.engineLoader()).isSameAs(one.engineLoader());
        use(other);

        one.release(SA);
        try (Connection connection = other.connect(SA)) {
            assertThat(connection.isValid(1)).isTrue();
        }
        other.release(SA);

        assertThat(isCollected(loader)).isTrue();
    }

    @Test
    void aClosedStoreInMemoryKeepsItsEngineFromBeingReleasedByOthers() throws Exception {
        String url = memory();
        Store kept = open("1.4.200", url);
        use(kept);
        kept.close();

        open("1.4.200", memory()).release(SA);

        Store again = open("1.4.200", url);
        try (Connection connection = again.connect(SA);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT * FROM T").next()).isTrue();
        } finally {
            again.release(SA);
        }
    }

    @Test
    void aStoreThatAnotherOneStillUsesIsNotShutDown() throws Exception {
        String url = memory();
        Store one = open("2.5.252", url);
        Store other = open("2.5.252", url);
        use(one);

        one.release(SA);

        try (Connection connection = other.connect(SA);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT * FROM T").next()).isTrue();
        } finally {
            other.release(SA);
        }
    }

    @Test
    void anEngineWithoutStoreIsReleasedWithoutBeingConnectedTo() throws Exception {
        Store store = open("2.5.252", "jdbc:h2:mem:" + UUID.randomUUID());
        WeakReference<ClassLoader> loader = new WeakReference<>(store.engineLoader());

        store.release(SA);

        assertThat(isCollected(loader)).isTrue();
    }

    private record Sink(List<Object> seen) implements RowSink {
        @Override
        public String name() {
            return "sink";
        }

        @Override
        public void changed(Table table, Object[] before, Object[] after) {
            seen.add(after[0]);
        }

        @Override
        public void statementBegins() {}
    }
}
