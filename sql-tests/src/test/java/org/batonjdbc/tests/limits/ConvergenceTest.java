package org.batonjdbc.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.ProxyDriver;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer that does not stop, and an upgraded store that is slower: the lag would grow for ever. */
class ConvergenceTest {
    private static final long PER_ROW_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private ProxyDriver driver;

    @BeforeEach
    void install() throws Exception {
        driver = ProxyDriver.install();
    }

    @AfterEach
    void remove() throws Exception {
        driver.close();
    }

    @Test
    @Pair(upgraded = Pair.CLASS_PATH)
    void aSwitchoverSlowsWritersDownUntilTheUpgradedStoreKeepsUp(Stores stores) throws Exception {
        stores.execute("CREATE TABLE counters(id INT PRIMARY KEY, n INT)", "INSERT INTO counters VALUES (1, 0)");
        stores.execute("CREATE TABLE events(id INT PRIMARY KEY)");
        stores.replicate();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicBoolean end = new AtomicBoolean();
        try {
            driver.interfere(call -> {
                if (call.is("executeBatch")
                        || (call.is("executeUpdate") && call.sql().contains("EVENTS"))) {
                    take((double) call.sql().chars().filter(c -> c == '?').count());
                } else if (call.is("addBatch")) {
                    take(1);
                }
                return call.go();
            });
            Future<Integer> writer = thread.submit(() -> write(stores, end));
            awaitBacklog(stores, 1_000);

            stores.execute("UPGRADE SWITCH WITH (verify = 'skip', drain_timeout = '30s')");

            driver.behave();
            end.set(true);
            int written = writer.get(60, TimeUnit.SECONDS);
            assertThat(stores.number("SELECT COUNT(*) FROM events")).isEqualTo(written);
            assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.upgradedStore());
        } finally {
            driver.behave();
            end.set(true);
            thread.shutdown();
        }
    }

    /** Each row takes a while, however many are written together. */
    private static void take(double rows) {
        long until = System.nanoTime() + (long) (rows * PER_ROW_NANOS);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private static void awaitBacklog(Stores stores, long changes) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Long.parseLong(stores.text("UPGRADE STATUS", "changes_pending")) < changes) {
            assertThat(System.nanoTime()).as("the writer is too slow").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static int write(Stores stores, AtomicBoolean end) throws Exception {
        int id = 0;
        try (Connection connection = stores.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?)")) {
            while (!end.get()) {
                insert.setInt(1, ++id);
                insert.executeUpdate();
                // Four times as fast as the upgraded store, and not forty.
                take(0.25);
            }
        }
        return id;
    }
}
