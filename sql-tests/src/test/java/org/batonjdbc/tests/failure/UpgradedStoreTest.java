package org.batonjdbc.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/**
 * The upgraded store dies in the middle. It is H2 2.5.252 on the class path of the tests, so that the test can shut it down
 * beneath Baton.
 */
@Pair(upgraded = Pair.CLASS_PATH, options = "chunkRows=20")
class UpgradedStoreTest {
    private final AtomicBoolean end = new AtomicBoolean();

    @Test
    void theApplicationSeesNothingWhenItDiesWhileReplicating(Stores stores) throws Exception {
        fill(stores);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<Integer> written = threads.submit(() -> write(stores));
        stores.replicate();

        kill(stores);

        awaitFailure(stores);
        assertThat(stores.text("UPGRADE STATUS", "error")).isNotBlank();
        assertThat(stores.text("UPGRADE STATUS", "replication")).isEqualTo("STOPPED");
        cancelAndUpgrade(stores);
        end.set(true);
        int count = written.get(60, TimeUnit.SECONDS);
        threads.shutdown();
        assertThat(stores.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(count);
    }

    @Test
    void theApplicationSeesNothingWhenItDiesWhileCopying(Stores stores) throws Exception {
        fill(stores);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<Integer> written = threads.submit(() -> write(stores));
        stores.execute("UPGRADE START", "UPGRADE PAUSE");
        assertThat(stores.phase()).isEqualTo("COPYING");

        kill(stores);
        stores.execute("UPGRADE RESUME");

        awaitFailure(stores);
        cancelAndUpgrade(stores);
        end.set(true);
        int count = written.get(60, TimeUnit.SECONDS);
        threads.shutdown();
        assertThat(stores.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(count);
    }

    private static void fill(Stores stores) throws SQLException {
        stores.execute(
                "CREATE TABLE ITEM(ID INT PRIMARY KEY, QTY INT NOT NULL)",
                "INSERT INTO ITEM SELECT X, 0 FROM SYSTEM_RANGE(1, 5000)");
    }

    /** Updates until it is told to stop; any exception ends it, and fails the test. */
    private int write(Stores stores) throws SQLException {
        int count = 0;
        Connection connection = stores.connect();
        try (PreparedStatement update = connection.prepareStatement("UPDATE ITEM SET QTY = QTY + 1 WHERE ID = ?")) {
            while (!end.get()) {
                update.setInt(1, count % 5000 + 1);
                assertThat(update.executeUpdate()).isEqualTo(1);
                count++;
            }
        }
        return count;
    }

    private static void kill(Stores stores) throws SQLException {
        try (Connection upgraded = stores.pastBatonToSecond();
                Statement statement = upgraded.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    private static void awaitFailure(Stores stores) {
        assertThatThrownBy(() -> stores.execute("UPGRADE WAIT FOR SWITCHED WITH (timeout = '60s')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining("failed");
    }

    private static void cancelAndUpgrade(Stores stores) throws SQLException {
        stores.execute("UPGRADE CANCEL");
        assertThat(stores.phase()).isEqualTo("IDLE");
        stores.replicate();
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");
        assertThat(stores.text("SELECT H2VERSION() AS V", "V")).startsWith("2.5");
    }
}
