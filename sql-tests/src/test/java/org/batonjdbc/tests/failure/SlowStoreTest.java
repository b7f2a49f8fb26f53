package org.batonjdbc.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.ProxyDriver;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/**
 * The upgraded store lets Baton wait, behind the closed gate as elsewhere, and the application does not wait with it: the
 * store answers only after a transaction of the application has been committed, which would not be if the gate waited for
 * the store.
 */
@Pair(upgraded = Pair.CLASS_PATH, options = "log=memory&drainTimeout=1s&holdTimeout=20s")
class SlowStoreTest {
    private static final String SWITCH = "UPGRADE SWITCH WITH (verify = 'skip', drain_timeout = '1s')";

    @Test
    void aStoreThatDoesNotAnswerASwitchoverHoldsNobody(Stores stores) throws Exception {
        try (ProxyDriver driver = ProxyDriver.install()) {
            stores.execute("CREATE TABLE t(id INT PRIMARY KEY, n INT)", "CREATE TABLE w(id INT PRIMARY KEY)");
            stores.replicate();
            try (Toll toll = new Toll(driver, stores)) {
                toll.levy();

                assertThatThrownBy(() -> stores.execute(SWITCH))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("55P03"));

                toll.waive();
                assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
                stores.execute("UPGRADE VERIFY", "UPGRADE SWITCH");
                assertThat(stores.number("SELECT COUNT(*) FROM w")).isEqualTo(toll.written());
            }
        }
    }

    @Test
    void aStoreThatDoesNotAnswerAVerifyHoldsNobody(Stores stores) throws Exception {
        try (ProxyDriver driver = ProxyDriver.install()) {
            stores.execute(
                    "CREATE TABLE t(id INT PRIMARY KEY, n INT)",
                    "INSERT INTO t VALUES (1, 1), (2, 2)",
                    "CREATE TABLE w(id INT PRIMARY KEY)");
            stores.replicate();
            try (Statement past = stores.pastBatonToSecond().createStatement()) {
                past.execute("UPDATE t SET n = 0 WHERE id = 2");
            }
            try (Toll toll = new Toll(driver, stores)) {
                toll.levy();

                assertThatThrownBy(() -> stores.execute("UPGRADE VERIFY TABLE t"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("55P03"))
                        .hasMessageContaining("found no moment");

                toll.waive();
                assertThat(stores.text("UPGRADE VERIFY TABLE t", "status")).isEqualTo("DIFFERENT");
            }
        }
    }

    /** Before each answer of the store to Baton's worker, a transaction of the application is committed through Baton. */
    private static final class Toll implements AutoCloseable {
        private final ProxyDriver driver;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final AtomicInteger written = new AtomicInteger();
        private final Connection connection;

        Toll(ProxyDriver driver, Stores stores) throws SQLException {
            this.driver = driver;
            connection = stores.connect();
        }

        void levy() {
            driver.interfere(call -> {
                if (call.method().getName().startsWith("execute")
                        && Thread.currentThread().getName().startsWith("baton-")) {
                    thread.submit(this::write).get();
                }
                return call.go();
            });
        }

        private Void write() throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO w VALUES (?)")) {
                insert.setInt(1, written.get());
                insert.executeUpdate();
                written.incrementAndGet();
                return null;
            }
        }

        void waive() {
            driver.behave();
        }

        int written() {
            return written.get();
        }

        @Override
        public void close() {
            driver.behave();
            thread.shutdownNow();
        }
    }
}
