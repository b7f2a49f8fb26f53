package org.batonjdbc.tests.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.tests.fixture.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 itself does wrong, without Baton; the driver's manual says what Baton does about each. */
class H2FaultsTest {
    @Test
    void aQueryThatChangesRowsConfoundsTheTableOfTheFirstGenerationForEver() throws Exception {
        assertThat(tableNameAfterDelta("1.4.200")).isEqualTo("UPDATE");
        assertThat(tableNameAfterDelta("2.5.252")).isEqualTo("T");
    }

    private static String tableNameAfterDelta(String release) throws SQLException {
        try (Twin twin = twin(release);
                Connection connection = twin.connect();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT A FROM FINAL TABLE (UPDATE T SET B = 5 WHERE A = 1)");
            try (ResultSet rows = statement.executeQuery("SELECT A FROM T")) {
                return rows.getMetaData().getTableName(1);
            }
        }
    }

    @Test
    void aQueryThatFailsWhileItChangesRowsKeepsSomeOfThem() throws Exception {
        for (String release : List.of("1.4.200", "2.5.252")) {
            try (Twin twin = twin(release);
                    Connection connection = twin.connect();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeQuery(
                                "SELECT A FROM FINAL TABLE (INSERT INTO T VALUES (3, 3), (1, 1))"))
                        .isInstanceOf(SQLException.class);

                assertThat(Rows.of(connection, "SELECT A FROM T ORDER BY A"))
                        .as(release)
                        .containsExactly(List.of(1), List.of(2), List.of(3));
                assertThatThrownBy(() ->
                                statement.executeQuery("SELECT A FROM FINAL TABLE (UPDATE T SET A = 2 WHERE A = 1)"))
                        .isInstanceOf(SQLException.class);
                assertThat(Rows.of(connection, "SELECT A FROM T ORDER BY A"))
                        .as("row 1 is gone in " + release)
                        .containsExactly(List.of(2), List.of(3));
            }
        }
    }

    /** It drops the table behind the commit, and locks the catalog for that until the connection commits again. */
    @Test
    void aTemporaryTableThatIsDroppedOnCommitLeavesTheCatalogOfTheSecondGenerationLocked() throws Exception {
        for (String release : List.of("1.4.200", "2.5.252")) {
            try (Twin twin = twin(release);
                    Connection one = twin.connect();
                    Statement statement = one.createStatement();
                    Statement other = twin.connect().createStatement()) {
                other.execute("SET LOCK_TIMEOUT 10");
                one.setAutoCommit(false);
                statement.execute("CREATE LOCAL TEMPORARY TABLE GOING(A INT PRIMARY KEY) ON COMMIT DROP");
                one.commit();

                if (release.startsWith("2.")) {
                    assertThatThrownBy(() -> other.execute("CREATE TABLE X(A INT)"))
                            .hasMessageContaining("Timeout trying to lock table \"SYS\"");
                    one.commit();
                }
                other.execute("CREATE TABLE X(A INT)");
            }
        }
    }

    /** It forgets the number of the view that WITH makes, gives it to a new table, and removes that with the view. */
    @Test
    void anInsertWithAViewOfItsOwnDestroysAStoreOfTheFirstGenerationInWhichATableIsCreatedLater(@TempDir Path directory)
            throws Exception {
        try (Twin twin = Twin.inFiles("1.4.200", directory);
                Statement statement = twin.connect().createStatement()) {
            statement.execute("CREATE TABLE T(A INT PRIMARY KEY, B INT)");
            statement.execute("INSERT INTO T(A, B) WITH Y(N) AS (SELECT 1) SELECT N, N FROM Y");
            statement.execute("CREATE TABLE X1(ID INT PRIMARY KEY)");
            statement.execute("CREATE TABLE X2(ID INT PRIMARY KEY)");
        }

        try (Twin again = Twin.inFiles("1.4.200", directory)) {
            assertThatThrownBy(again::connect).hasMessageContaining("not found");
        }
    }

    /** In 1.4.200 it is then NULL, for which an identity column hands out its next value. */
    @Test
    void aTransactionWithASnapshotIsWrongAboutTheLargestKeyThatItHasChangedItself() throws Exception {
        assertThat(largestAfterUpdate("1.4.200")).isNull();
        assertThat(largestAfterUpdate("2.5.252")).isEqualTo(2);
    }

    private static Object largestAfterUpdate(String release) throws SQLException {
        try (Twin twin = twin(release);
                Connection connection = twin.connect();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            statement.executeUpdate("DELETE FROM T WHERE A = 1");
            statement.executeUpdate("UPDATE T SET A = 9 WHERE A = 2");
            return Rows.of(connection, "SELECT MAX(A) FROM T").get(0).get(0);
        }
    }

    /** A batch in autocommit mode is one transaction of the engine's, of which it takes back what it says is done. */
    @Test
    void aBatchOfTheSecondGenerationThatMeetsADeadlockSaysThatElementsAreDoneWhichAreNot() throws Exception {
        try (Twin twin = twin("2.5.252");
                Connection batched = twin.connect();
                Connection other = twin.connect();
                PreparedStatement batch = batched.prepareStatement("UPDATE T SET B = B + 10 WHERE A = ?")) {
            batched.createStatement().execute("SET LOCK_TIMEOUT 30000");
            other.createStatement().execute("SET LOCK_TIMEOUT 30000");
            other.setAutoCommit(false);
            other.createStatement().executeUpdate("UPDATE T SET B = 5 WHERE A = 2");
            for (int row = 1; row <= 2; row++) {
                batch.setInt(1, row);
                batch.addBatch();
            }
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<int[]> counts = thread.submit(() -> countsOf(batch));
                awaitOneBlocked(twin.connect());
                other.createStatement().executeUpdate("UPDATE T SET B = 7 WHERE A = 1"); // waits for the first element
                other.commit();

                assertThat(counts.get(30, TimeUnit.SECONDS)).containsExactly(1, Statement.EXECUTE_FAILED);
            } finally {
                thread.shutdownNow();
            }
            assertThat(Rows.of(batched, "SELECT B FROM T ORDER BY A")).containsExactly(List.of(7), List.of(5));
        }
    }

    private static void awaitOneBlocked(Connection watch) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Rows.number(watch, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")
                == 0) {
            assertThat(System.nanoTime()).as("nobody waits").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static int[] countsOf(PreparedStatement batch) throws SQLException {
        try {
            return batch.executeBatch();
        } catch (BatchUpdateException e) {
            return e.getUpdateCounts();
        }
    }

    private static Twin twin(String release) throws SQLException {
        Twin twin = Twin.empty(release, "");
        try (Statement statement = twin.connect().createStatement()) {
            statement.execute("CREATE TABLE T(A INT PRIMARY KEY, B INT)");
            statement.execute("INSERT INTO T VALUES (1, 1), (2, 2)");
        }
        return twin;
    }
}
