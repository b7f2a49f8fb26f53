package org.batonjdbc.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.batonjdbc.tests.fixture.Child;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that are larger than what Baton holds of one in the heap. */
class LargeTransactionTest {
    private static final int ROWS = 40_000;

    @Test
    void changesInPartsOnDiskAreAppliedAsOneTransactionInASmallHeap(@TempDir Path directory) throws Exception {
        String rows = System.getProperty("baton.limits.rows", "20000");
        String width = System.getProperty("baton.limits.width", "1000");

        String printed = Child.inHeap("96m", directory, LargeTransaction.class, rows, width);

        assertThat(printed).contains("swap of unique values applied", "verified", "switched");
        assertThat(printed)
                .contains("IDLE -> COPYING: UPGRADE START; 0 of 0 rows copied")
                .contains("COPYING -> REPLICATING", "SWITCHING -> SWITCHED")
                .containsPattern("the switchover from \\S+ to \\S+ is done, the gate was closed for [0-9.,]+ ms")
                .containsPattern("\n  gate closed: last changes +[0-9.,]+ ms  0 changes\n");
        System.out.print(printed);
    }

    @Test
    @Pair
    void keysAndUniqueValuesChangePlacesWithTheLogInTheHeap(Stores stores) throws Exception {
        changePlaces(stores);
    }

    @Test
    @Pair(options = "log=table")
    void keysAndUniqueValuesChangePlacesWithTheLogInATable(Stores stores) throws Exception {
        changePlaces(stores);
    }

    @Test
    @Pair(options = "log=table&chunkRows=500")
    void aLargeTransactionIsAppliedWhileTheTableIsCopied(Stores stores) throws Exception {
        fill(stores);
        stores.execute("UPGRADE START", "UPGRADE PAUSE");
        stores.execute("UPDATE big SET id = id + 1, name = 'm' || (id + 1)", "UPGRADE RESUME");
        stores.execute("UPDATE big SET id = id + 1");

        stores.execute("UPGRADE WAIT FOR REPLICATING WITH (timeout = '120s')");

        stores.verifySame();
    }

    private static void changePlaces(Stores stores) throws Exception {
        fill(stores);
        stores.replicate();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE big SET id = id + 1");
            statement.execute("UPDATE big SET name = 'n' || CASE MOD(id, 2) WHEN 0 THEN id + 1 ELSE id - 1 END"
                    + " WHERE id BETWEEN 2 AND " + (ROWS + 1));
            Savepoint savepoint = connection.setSavepoint();
            statement.execute("UPDATE big SET text = 'gone'");
            connection.rollback(savepoint);
            assertThatThrownBy(() -> statement.execute("UPDATE big SET name = 'same', text = 'gone too'"))
                    .isInstanceOf(SQLException.class);
            statement.execute("DELETE FROM big WHERE MOD(id, 7) = 0");
            connection.commit();
        }

        stores.awaitApplied();

        try (Connection there = stores.pastBatonToSecond()) {
            assertThat(Rows.number(there, "SELECT COUNT(*) FROM big WHERE text LIKE 'gone%'"))
                    .isZero();
            assertThat(Rows.number(there, "SELECT MAX(id) FROM big")).isEqualTo(ROWS + 1);
        }
        stores.verifySame();
        stores.execute("UPGRADE SWITCH", "UPDATE big SET id = id + 1", "UPGRADE REVERSE");
        stores.verifySame();
    }

    private static void fill(Stores stores) throws SQLException {
        stores.execute(
                "CREATE TABLE big(id INT PRIMARY KEY, name VARCHAR(20) UNIQUE, text VARCHAR(100))",
                "INSERT INTO big SELECT X, 'n' || (X + 1), REPEAT('x', 100) FROM SYSTEM_RANGE(1, " + ROWS + ")");
    }
}
