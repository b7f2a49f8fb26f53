package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens at the edges of transactions while replicating; whatever it is, the stores must be the same afterwards. */
class CapturedEdgesTest {
    /** Something that an application does. */
    @FunctionalInterface
    private interface Story {
        void on(Connection connection, Statement statement) throws SQLException;
    }

    private static Arguments story(String name, String outcome, Story story) {
        return Arguments.of(name, outcome, story);
    }

    private static void refused(Statement statement, String sql, String words) {
        assertThatThrownBy(() -> statement.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining(words);
    }

    /** Stories with the rows of T that they leave; it begins with 1 to 5, each with its tenfold as V. */
    static Stream<Arguments> stories() {
        return Stream.of(
                story(
                        "shifted keys",
                        "2 10|3 20|4 30|5 40|6 50",
                        (c, s) -> s.executeUpdate("UPDATE T SET ID = ID + 1")),
                story("fewer rows wanted than the engine fetches at once", "2 20|3 30|4 40|5 50", (c, s) -> {
                    s.setMaxRows(3);
                    assertThat(s.execute("DELETE FROM T WHERE ID = 1")).isFalse();
                    try (ResultSet rows = s.executeQuery("SELECT ID FROM T FOR UPDATE")) {
                        assertThat(rows.next()).isTrue();
                    }
                }),
                story("a batch of texts whose first is not even a statement", "2 20|3 30|4 40|5 50|9 90", (c, s) -> {
                    s.addBatch("INSERT INTO NOSUCH VALUES (1)");
                    s.addBatch("DELETE FROM T WHERE ID = 1");
                    s.addBatch("INSERT INTO T VALUES (2, 99)");
                    s.addBatch("INSERT INTO T VALUES (9, 90)");
                    assertThatThrownBy(s::executeBatch)
                            .isInstanceOfSatisfying(
                                    BatchUpdateException.class,
                                    e -> assertThat(e.getUpdateCounts())
                                            .containsExactly(Statement.EXECUTE_FAILED, 1, Statement.EXECUTE_FAILED, 1));
                }),
                story(
                        "swapped unique values",
                        "1 20|2 10|3 30|4 40|5 50",
                        (c, s) -> s.executeUpdate("UPDATE T SET V = 30 - V WHERE ID < 3")),
                story("a statement that fails after some rows", "1 11|2 20|3 30|4 40|5 50", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("UPDATE T SET V = 11 WHERE ID = 1");
                    assertThatThrownBy(() ->
                                    s.executeUpdate("INSERT INTO T SELECT X, X * 100 FROM SYSTEM_RANGE(7, 1, -1)"))
                            .isInstanceOf(SQLException.class);
                    c.commit();
                }),
                story(
                        "a failing statement in autocommit mode",
                        "1 10|2 20|3 30|4 40|5 50",
                        (c, s) -> assertThatThrownBy(() ->
                                        s.executeUpdate("INSERT INTO T SELECT X, X * 100 FROM SYSTEM_RANGE(7, 1, -1)"))
                                .isInstanceOf(SQLException.class)),
                story("a batch that fails half way", "1 10|2 20|3 30|4 40|5 50|6 60|7 70", (c, s) -> {
                    c.setAutoCommit(false);
                    halfBatch(c);
                    c.commit();
                }),
                story(
                        "a batch that fails half way in autocommit mode",
                        "1 10|2 20|3 30|4 40|5 50|6 60|7 70",
                        (c, s) -> halfBatch(c)),
                story("a batch of texts that fails half way", "2 20|3 30|4 40|5 50|6 60", (c, s) -> {
                    s.addBatch("INSERT INTO T VALUES(6, 60)");
                    s.addBatch("INSERT INTO T VALUES(6, 61)");
                    s.addBatch("DELETE FROM T WHERE ID = 1");
                    assertThatThrownBy(s::executeBatch).isInstanceOf(BatchUpdateException.class);
                }),
                story("savepoints", "1 10|2 20|3 31|4 40|5 50", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("UPDATE T SET V = 31 WHERE ID = 3");
                    Savepoint first = c.setSavepoint();
                    s.executeUpdate("DELETE FROM T WHERE ID = 1");
                    Savepoint second = c.setSavepoint("inner");
                    s.executeUpdate("DELETE FROM T WHERE ID = 2");
                    c.rollback(second);
                    c.rollback(first);
                    c.commit();
                }),
                story("savepoints as SQL", "1 10|3 31|4 40|5 50", (c, s) -> {
                    s.execute("SET AUTOCOMMIT FALSE");
                    s.executeUpdate("UPDATE T SET V = 31 WHERE ID = 3");
                    s.execute("SAVEPOINT A");
                    s.executeUpdate("DELETE FROM T WHERE ID = 1");
                    s.execute("ROLLBACK TO SAVEPOINT a");
                    s.executeUpdate("DELETE FROM T WHERE ID = 2");
                    s.execute("COMMIT");
                    s.executeUpdate("DELETE FROM T WHERE ID = 4");
                    s.execute("ROLLBACK");
                    s.execute("SET AUTOCOMMIT TRUE");
                    assertThat(c.getAutoCommit()).isTrue();
                }),
                story("savepoints whose names differ in case alone", "1 10|2 20|3 30|4 40", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                    s.execute("SAVEPOINT A");
                    s.executeUpdate("DELETE FROM T WHERE ID = 1");
                    c.setSavepoint("a");
                    s.executeUpdate("DELETE FROM T WHERE ID = 2");
                    s.execute("ROLLBACK TO SAVEPOINT \"a\"");
                    s.execute("ROLLBACK TO SAVEPOINT A");
                    c.commit();
                }),
                story("autocommit switched on by SQL commits", "1 10|2 20|3 30|4 40", (c, s) -> {
                    s.execute("SET AUTOCOMMIT OFF");
                    assertThat(c.getAutoCommit()).isFalse();
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                    s.execute("SET AUTOCOMMIT ON");
                }),
                story("setAutoCommit(true) commits", "1 10|2 20|3 30|4 40", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                    c.setAutoCommit(true);
                }),
                story("BEGIN", "1 10|2 20|3 30", (c, s) -> {
                    s.execute("BEGIN");
                    s.executeUpdate("DELETE FROM T WHERE ID = 1");
                    s.execute("ROLLBACK");
                    assertThat(c.getAutoCommit()).isTrue();
                    s.execute("BEGIN");
                    s.executeUpdate("DELETE FROM T WHERE ID = 4");
                    s.execute("COMMIT");
                    assertThat(c.getAutoCommit()).isTrue();
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                }),
                story("rows changed through a result set", "1 11|2 20|4 40|5 50|9 90", (c, s) -> {
                    try (Statement updatable =
                                    c.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                            ResultSet rows = updatable.executeQuery("SELECT ID, V FROM T ORDER BY ID")) {
                        rows.next();
                        rows.updateInt(2, 11);
                        rows.updateRow();
                        rows.absolute(3);
                        rows.deleteRow();
                        rows.moveToInsertRow();
                        rows.updateInt(1, 9);
                        rows.updateInt(2, 90);
                        rows.insertRow();
                    }
                }),
                story("a read in disguise", "1 10|2 20|3 30|4 40|5 50|8 80", (c, s) -> {
                    try (ResultSet rows = s.executeQuery("SELECT ID FROM FINAL TABLE (INSERT INTO T VALUES(8, 80))")) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getInt(1)).isEqualTo(8);
                        assertThat(rows.getStatement()).isSameAs(s);
                    }
                }),
                story(
                        "MERGE and its keys",
                        "1 12|2 20|3 30|4 40|5 50|7 70",
                        (c, s) -> s.executeUpdate("MERGE INTO T KEY(ID) VALUES(1, 12), (7, 70)")),
                story(
                        "several statements in one text",
                        "3 30|4 40|5 50",
                        (c, s) -> s.execute("DELETE FROM T WHERE ID = 1; DELETE FROM T WHERE ID = 2")),
                story("a temporary table inside a transaction commits it", "1 10|2 20|3 30|4 40", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                    s.execute("CREATE LOCAL TEMPORARY TABLE SCRATCH(A INT)");
                    s.executeUpdate("INSERT INTO SCRATCH VALUES(1)");
                    c.rollback();
                }),
                story("what is refused leaves the transaction as it was", "1 10|2 20|3 30|4 40", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                    refused(s, "TRUNCATE TABLE T", "DELETE without WHERE");
                    refused(s, "CREATE TABLE Z(A INT)", "UPGRADE COMPLETE or UPGRADE CANCEL");
                    refused(s, "DROP TABLE T", "DROP TABLE T is refused");
                    refused(s, "FROBNICATE T", "not understood");
                    refused(s, "UPGRADE SWITCH WITH (verify = 'skip')", "commit or roll back first");
                    assertThatThrownBy(() -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))
                            .hasMessageContaining("commit or roll back first");
                    c.commit();
                }),
                story(
                        "several statements of which one fails, in autocommit mode",
                        "1 10|2 20|3 30|4 40|5 50",
                        (c, s) -> {
                            assertThatThrownBy(
                                            () -> s.execute("DELETE FROM T WHERE ID = 1; INSERT INTO T VALUES(2, 2)"))
                                    .isInstanceOf(SQLException.class);
                        }),
                story(
                        "several statements of which one fails, in a transaction, which goes on",
                        "1 10|2 20|3 33|4 40",
                        (c, s) -> {
                            c.setAutoCommit(false);
                            s.executeUpdate("DELETE FROM T WHERE ID = 5");
                            assertThatThrownBy(
                                            () -> s.execute("DELETE FROM T WHERE ID = 1; INSERT INTO T VALUES(2, 2)"))
                                    .isInstanceOfSatisfying(
                                            SQLException.class,
                                            e -> assertThat(e.getSQLState()).isEqualTo("23505"));
                            s.executeUpdate("UPDATE T SET V = 33 WHERE ID = 3");
                            c.commit();
                        }),
                story("a query that changes rows and fails half way", "1 10|2 20|3 30|4 40|5 50|8 80", (c, s) -> {
                    c.setAutoCommit(false);
                    assertThatThrownBy(() ->
                                    s.executeQuery("SELECT ID FROM FINAL TABLE (INSERT INTO T VALUES (8, 80), (1, 1))"))
                            .isInstanceOf(SQLException.class);
                    c.commit();
                }),
                story(
                        "a prepared batch of deletes with cascades that fails half way",
                        "1 10|2 20|3 30|4 40|5 50",
                        (c, s) -> {
                            try (PreparedStatement delete =
                                    c.prepareStatement("DELETE FROM PARENT WHERE 1 / (ID - ?) < 9 AND ID = ?")) {
                                for (int[] row : new int[][] {{2, 2}, {0, 1}}) {
                                    delete.setInt(1, row[0]);
                                    delete.setInt(2, row[1]);
                                    delete.addBatch();
                                }
                                assertThatThrownBy(delete::executeBatch).isInstanceOf(BatchUpdateException.class);
                            }
                            assertThat(TestPair.rows(s, "SELECT ID FROM CHILD")).containsExactly("20");
                        }),
                story("BEGIN that is ended by a method", "1 10|2 20", (c, s) -> {
                    s.execute("BEGIN");
                    s.executeUpdate("DELETE FROM T WHERE ID = 3");
                    c.commit();
                    assertThat(c.getAutoCommit()).isTrue();
                    s.executeUpdate("DELETE FROM T WHERE ID = 4");
                    s.execute("BEGIN");
                    s.executeUpdate("DELETE FROM T WHERE ID = 1");
                    c.rollback();
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                }),
                story("what commits by itself is not hidden among others", "1 10|2 20|3 30|4 40", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T WHERE ID = 5");
                    refused(s, "DELETE FROM T; CREATE LOCAL TEMPORARY TABLE A(I INT)", "of its own");
                    c.commit();
                }),
                story("children that a cascade removes", "1 10|2 20|3 30|4 40|5 50", (c, s) -> {
                    s.executeUpdate("DELETE FROM PARENT WHERE ID = 1");
                    assertThat(TestPair.rows(s, "SELECT ID FROM CHILD")).containsExactly("20");
                }),
                story("closing rolls back", "1 10|2 20|3 30|4 40|5 50", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T");
                    c.close();
                }));
    }

    private static void halfBatch(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO T VALUES(?, ?)")) {
            for (int id : new int[] {6, 6, 7}) {
                insert.setInt(1, id);
                insert.setInt(2, id * 10);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch)
                    .isInstanceOfSatisfying(
                            BatchUpdateException.class,
                            e -> assertThat(e.getUpdateCounts()).containsExactly(1, Statement.EXECUTE_FAILED, 1));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void bothStoresHoldTheSame(String name, String outcome, Story story) throws Exception {
        try (TestPair pair = TestPair.fresh();
                Connection operator = pair.connect();
                Statement control = operator.createStatement()) {
            replicate(control);

            try (Connection connection = pair.connect();
                    Statement statement = connection.createStatement()) {
                story.on(connection, statement);
            }

            assertThat(String.join("|", TestPair.rows(control, "SELECT ID, V FROM T ORDER BY ID")))
                    .as(name)
                    .isEqualTo(outcome);
            assertThat(TestPair.rows(control, "UPGRADE VERIFY")).hasSize(3).allMatch(row -> row.endsWith(" SAME"));
            control.execute("UPGRADE SWITCH");
            assertThat(String.join("|", TestPair.rows(control, "SELECT ID, V FROM T ORDER BY ID")))
                    .isEqualTo(outcome);
        }
    }

    private static void replicate(Statement control) throws SQLException {
        control.execute("CREATE TABLE T(ID INT PRIMARY KEY, V INT UNIQUE)");
        control.execute("INSERT INTO T SELECT X, X * 10 FROM SYSTEM_RANGE(1, 5)");
        control.execute("CREATE TABLE PARENT(ID INT PRIMARY KEY)");
        control.execute("CREATE TABLE CHILD(ID INT PRIMARY KEY, P INT REFERENCES PARENT(ID) ON DELETE CASCADE)");
        control.execute("INSERT INTO PARENT VALUES(1), (2)");
        control.execute("INSERT INTO CHILD VALUES(10, 1), (11, 1), (20, 2)");
        control.execute("UPGRADE START");
        control.execute("UPGRADE WAIT FOR REPLICATING");
    }

    @Test
    void afterADeadlockTheTransactionIsRolledBackAndTheConnectionGoesOn() throws Exception {
        try (TestPair pair = TestPair.fresh();
                Connection first = pair.connect();
                Connection second = pair.connect();
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            replicate(one);
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            one.executeUpdate("UPDATE T SET V = 11 WHERE ID = 1");
            two.executeUpdate("UPDATE T SET V = 21 WHERE ID = 2");
            CountDownLatch ended = new CountDownLatch(1);
            ExecutorService thread = Executors.newSingleThreadExecutor();

            Future<String> other = thread.submit(() -> {
                try {
                    return outcome(second, two, "UPDATE T SET V = 12 WHERE ID = 1");
                } finally {
                    ended.countDown();
                }
            });
            String mine = outcome(first, one, "UPDATE T SET V = 22 WHERE ID = 2");

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            thread.shutdown();
            assertThat(Stream.of(mine, other.get())).contains("40001").contains("committed");
            assertThat(TestPair.rows(one, "UPGRADE VERIFY")).allMatch(row -> row.endsWith(" SAME"));
        }
    }

    private static String outcome(Connection connection, Statement statement, String sql) throws SQLException {
        try {
            statement.executeUpdate(sql);
            connection.commit();
            return "committed";
        } catch (SQLException e) {
            connection.rollback();
            return e.getSQLState();
        }
    }

    @Test
    void rowsOfTemporaryTablesMoveAlong() throws Exception {
        try (TestPair pair = TestPair.fresh();
                Connection operator = pair.connect();
                Statement control = operator.createStatement();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            replicate(control);
            statement.execute("CREATE LOCAL TEMPORARY TABLE GONE(A INT)");
            statement.execute("DROP TABLE GONE");
            statement.execute(
                    "CREATE LOCAL TEMPORARY TABLE SCRATCH(A INT, D DATE, Z TIMESTAMP WITH TIME ZONE, U UUID)");
            statement.executeUpdate(
                    "INSERT INTO SCRATCH VALUES(1, DATE '1500-01-02', '2020-01-02 03:04:05.123456789+01:30',"
                            + " '00000000-0000-0000-0000-00000000000a'), (2, NULL, NULL, NULL)");
            control.execute("UPGRADE SWITCH WITH (verify = 'skip')");

            List<String> rows = TestPair.rows(statement, "SELECT * FROM SCRATCH ORDER BY A");

            assertThat(rows)
                    .containsExactly(
                            "1 1500-01-02 2020-01-02 03:04:05.123457+01:30 00000000-0000-0000-0000-00000000000a",
                            "2 null null null");
        }
    }

    @Test
    void ddlRunsOnTheActiveStoreAloneIfTheUrlSaysSo() throws Exception {
        try (TestPair pair = TestPair.with("ddl=local");
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            replicate(statement);

            statement.execute("CREATE INDEX I ON T(V, ID)");

            assertThat(statement.getWarnings().getMessage())
                    .contains("CREATE INDEX")
                    .contains("active store alone");
            statement.executeUpdate("DELETE FROM T WHERE ID = 3");
            assertThat((Object) statement.getWarnings()).isNull();
            assertThat(TestPair.rows(statement, "UPGRADE VERIFY")).allMatch(row -> row.endsWith(" SAME"));
        }
    }
}
