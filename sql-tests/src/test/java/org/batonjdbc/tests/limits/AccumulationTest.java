package org.batonjdbc.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** While an upgrade is paused its changes accumulate, and are transmitted afterwards; there is a limit to it. */
class AccumulationTest {
    private static final int TRANSACTIONS = 5_000;

    @Test
    @Pair
    void whatAccumulatesInTheHeapIsTransmittedAfterwards(Stores stores) throws Exception {
        accumulates(stores);
    }

    @Test
    @Pair(inFiles = true)
    void whatAccumulatesInATableIsTransmittedAfterwards(Stores stores) throws Exception {
        accumulates(stores);
    }

    private static void accumulates(Stores stores) throws Exception {
        stores.execute("CREATE TABLE event(id INT PRIMARY KEY, n INT)");
        stores.replicate();
        stores.execute("UPGRADE PAUSE");
        write(stores);

        assertThat(stores.text("UPGRADE STATUS", "replication")).isEqualTo("PAUSED");
        assertThat(stores.text("UPGRADE STATUS", "changes_pending")).isEqualTo("" + TRANSACTIONS);
        assertThat(Long.parseLong(stores.text("UPGRADE STATUS", "lag_ms"))).isPositive();
        stores.execute("UPGRADE RESUME");
        stores.awaitApplied();
        assertThat(stores.text("UPGRADE STATUS", "changes_applied")).isEqualTo("" + TRANSACTIONS);
        assertThat(stores.text("UPGRADE STATUS", "lag_ms")).isEqualTo("0");
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");
    }

    @Test
    @Pair(options = "maxLogBytes=100KB")
    void tooMuchInTheHeapEndsTheUpgrade(Stores stores) throws Exception {
        overflows(stores);
    }

    @Test
    @Pair(options = "maxLogBytes=100KB&log=table")
    void tooMuchInATableEndsTheUpgrade(Stores stores) throws Exception {
        overflows(stores);
    }

    @Test
    @Pair(options = "maxLogBytes=100KB")
    void aSingleTransactionThatIsTooLargeEndsTheUpgradeAndCommits(Stores stores) throws Exception {
        stores.execute("CREATE TABLE event(id INT PRIMARY KEY, n INT)");
        stores.replicate();

        stores.execute("INSERT INTO event SELECT X, 0 FROM SYSTEM_RANGE(1, 100000)");

        endsAndStartsAgain(stores, 100_000);
    }

    private static void overflows(Stores stores) throws Exception {
        stores.execute("CREATE TABLE event(id INT PRIMARY KEY, n INT)");
        stores.replicate();
        stores.execute("UPGRADE PAUSE");

        write(stores);

        endsAndStartsAgain(stores, TRANSACTIONS);
    }

    private static void endsAndStartsAgain(Stores stores, int rows) throws Exception {
        stores.execute("UPGRADE WAIT FOR FAILED WITH (timeout = '60s')");
        assertThat(stores.text("UPGRADE STATUS", "error")).contains("maxLogBytes");
        assertThat(stores.text("UPGRADE STATUS", "replication")).isEqualTo("STOPPED");
        assertThat(stores.number("SELECT COUNT(*) FROM event")).isEqualTo(rows);
        stores.execute("UPGRADE CANCEL");
        stores.replicate();
        stores.execute("UPDATE event SET n = 1 WHERE id <= 10");
        stores.awaitApplied();
        stores.verifySame();
    }

    private static void write(Stores stores) throws Exception {
        try (Connection connection = stores.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO event VALUES (?, 0)")) {
            for (int id = 1; id <= TRANSACTIONS; id++) {
                insert.setInt(1, id);
                insert.executeUpdate();
            }
        }
    }
}
