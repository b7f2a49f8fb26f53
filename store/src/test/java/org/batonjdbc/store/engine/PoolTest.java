package org.batonjdbc.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a pool does beyond what HikariCP does by itself, on real stores of H2. */
class PoolTest extends OpenStores {
    @Test
    void anUnreachableStoreShowsTheEnginesExceptionAlsoAfterItWasReached() throws SQLException {
        String name = UUID.randomUUID().toString();
        Store keeper = open(NEW + "jdbc:h2:mem:" + name);
        Connection keeping = keeper.connect(SA);
        Store store = open(NEW + "jdbc:h2:mem:" + name + ";IFEXISTS=TRUE");
        store.connect(SA).close();
        run(keeping, "SHUTDOWN");

        assertThatThrownBy(() -> store.connect(SA)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(90146);
            assertThat(isOfThisThread(e)).isTrue();
        });

        keeper.giveBack(keeping);
    }

    @Test
    void afterTheEngineShutDownConnectingOpensItAgain() throws SQLException {
        Store store = open(OLD + "jdbc:h2:file:" + folder.resolve("again"));
        Connection first = store.connect(SA);
        store.connect(SA).close();
        run(first, "CREATE TABLE T(ID INT PRIMARY KEY)");
        run(first, "SHUTDOWN");
        store.giveBack(first);

        try (Connection again = store.connect(SA)) {
            assertThat(ask(again, "SELECT COUNT(*) FROM T")).isEqualTo("0");
        }
    }

    @Test
    void aConnectionThatIsGivenBackIsUsedAgainWithItsFirstState() throws SQLException {
        Store store = open(NEW + memory());
        Connection first = store.connect(SA);
        String session = session(first);
        int isolation = first.getTransactionIsolation();
        first.setAutoCommit(false);
        first.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        run(first, "CREATE TABLE T(ID INT PRIMARY KEY)");
        run(first, "INSERT INTO T VALUES(1)");
        first.close();

        try (Connection second = store.connect(SA)) {
            assertThat(session(second)).isEqualTo(session);
            assertThat(second.getAutoCommit()).isTrue();
            assertThat(second.getTransactionIsolation()).isEqualTo(isolation);
            assertThat(ask(second, "SELECT COUNT(*) FROM T")).isEqualTo("0");
        }
    }

    @Test
    void connectionsBeginAsTheUrlSays() throws SQLException {
        Store store = open(OLD + memory() + ";AUTOCOMMIT=OFF");

        try (Connection first = store.connect(SA);
                Connection second = store.connect(SA)) {
            assertThat(first.getAutoCommit()).isFalse();
            assertThat(second.getAutoCommit()).isFalse();
        }
        try (Connection again = store.connect(SA)) {
            assertThat(again.getAutoCommit()).isFalse();
        }
    }

    @Test
    void aDiscardedConnectionIsClosedAndNeverComesBack() throws SQLException {
        Store store = open(NEW + memory() + ";DB_CLOSE_DELAY=-1");
        Connection pooled = store.connect(SA);
        Connection outside = store.connect(SA);
        run(pooled, "CREATE TABLE T(ID INT PRIMARY KEY)");
        pooled.setAutoCommit(false);
        run(pooled, "INSERT INTO T VALUES(1)");

        store.discard(pooled);
        store.discard(outside);

        try (Connection next = store.connect(SA)) {
            assertThat(ask(next, "SELECT COUNT(*) FROM T")).isEqualTo("0");
            assertThat(ask(next, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"))
                    .isEqualTo("1");
        }
        assertThatThrownBy(() -> run(pooled, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run(outside, "SELECT 1")).isInstanceOf(SQLException.class);
        store.discard(outside);
    }

    @Test
    void releasingIdleConnectionsEndsAMemoryDatabaseAsTheLastCloseDoes() throws SQLException {
        Store store = open(NEW + memory());
        Connection first = store.connect(SA);
        Connection second = store.connect(SA);
        run(first, "CREATE TABLE T(ID INT PRIMARY KEY)");
        first.close();
        second.close();
        assertThat(hasTable(store, "T")).isTrue();

        store.releaseIdle();

        assertThat(hasTable(store, "T")).isFalse();
    }

    @Test
    void releasingIdleConnectionsLeavesThoseInUse() throws SQLException {
        Store store = open(OLD + memory());
        try (Connection used = store.connect(SA)) {
            run(used, "CREATE TABLE T(ID INT PRIMARY KEY)");
            store.warm(SA, 3);

            store.releaseIdle();

            assertThat(ask(used, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"))
                    .isEqualTo("1");
        }
    }

    @Test
    void aFileIsUnlockedByReleasingIdleConnections() throws SQLException {
        String file = "jdbc:h2:file:" + folder.resolve("locked");
        Store store = open(NEW + file);
        store.connect(SA).close();

        store.releaseIdle();

        Path otherJars = Path.of("target", "engines", "h2-2.5.252.jar");
        try (Connection raw = new IsolatedH2(otherJars).connect(file)) {
            assertThat(raw.isClosed()).isFalse();
        }
    }

    @Test
    void warmConnectionsAreThereBeforeTheyAreAskedFor() throws SQLException {
        Store store = open(NEW + memory() + ";DB_CLOSE_DELAY=-1");

        store.warm(SA, 5);

        try (Connection one = store.connect(SA)) {
            assertThat(ask(one, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"))
                    .isEqualTo("5");
        }
    }

    @Test
    void hundredsOfConnectionsOpenAtOnce() throws Exception {
        Store store = open(NEW + memory());
        List<Connection> held = new ArrayList<>();

        for (int i = 0; i < 300; i++) {
            held.add(store.connect(SA));
        }

        assertThat(ask(held.get(0), "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"))
                .isEqualTo("300");
        for (Connection connection : held) {
            connection.close();
        }
    }

    @Test
    void theMaximumHoldsAndAWaiterGetsWhatIsGivenBack() throws Exception {
        Store store = open(NEW + memory(), new PoolSettings(2, Duration.ofMillis(700)));
        Connection first = store.connect(SA);
        Connection second = store.connect(SA);

        assertThatThrownBy(() -> store.connect(SA))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"))
                .hasMessageContaining("all 2 connections");
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<Connection> waiter = executor.submit(() -> store.connect(SA));
            first.close();
            second.close();
            waiter.get(5, TimeUnit.SECONDS).close();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void usersHavePoolsOfTheirOwn() throws SQLException {
        Store store = open(NEW + memory());
        try (Connection admin = store.connect(SA)) {
            run(admin, "CREATE USER BOB PASSWORD 'secret'");
            store.connect(user("BOB", "secret")).close();

            try (Connection bob = store.connect(user("BOB", "secret"))) {
                assertThat(ask(bob, "SELECT CURRENT_USER")).isEqualTo("BOB");
            }
        }
    }
}
