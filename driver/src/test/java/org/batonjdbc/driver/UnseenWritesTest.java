package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A query whose text reads, and which changes rows all the same, is a write wherever an upgrade stands. */
class UnseenWritesTest {
    private static final String VIEW = "SELECT * FROM WRITING";

    private final TestPair pair = TestPair.fresh();
    private Connection connection;
    private Connection operator;
    private Statement control;

    @BeforeEach
    void open() throws SQLException {
        connection = pair.connect();
        operator = pair.connect();
        control = operator.createStatement();
        control.execute("CREATE TABLE T(ID INT AUTO_INCREMENT PRIMARY KEY, V INT)");
        control.execute("CREATE TABLE A(ID INT PRIMARY KEY)");
        control.execute("INSERT INTO A VALUES (1)");
        control.execute("CREATE ALIAS PUT AS $$int put(java.sql.Connection c, int v) throws java.sql.SQLException {"
                + " return c.createStatement().executeUpdate(\"INSERT INTO T(V) VALUES (\" + v + \")\"); }$$");
        control.execute("CREATE ALIAS SECRETLY AS $$int secretly(java.sql.Connection c) {"
                + " try { return c.createStatement().executeUpdate(\"INSERT INTO T(V) VALUES (9)\"); }"
                + " catch (java.sql.SQLException e) { return -1; } }$$");
        control.execute("CREATE VIEW WRITING AS SELECT PUT(7) P FROM A");
        control.execute("CREATE VIEW SECRET AS SELECT SECRETLY() P FROM A");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        operator.close();
        pair.close();
    }

    private void replicate() throws SQLException {
        control.execute("UPGRADE START");
        control.execute("UPGRADE WAIT FOR REPLICATING");
    }

    private void read(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.next()).isFalse();
        }
    }

    private void bothHold(int rows) throws SQLException {
        assertThat(TestPair.rows(control, "SELECT COUNT(*) FROM T")).containsExactly(String.valueOf(rows));
        assertThat(TestPair.rows(control, "UPGRADE VERIFY"))
                .allSatisfy(row -> assertThat(row).endsWith(" 0 SAME"));
    }

    @Test
    void aSwitchoverWaitsForATransactionThatHasWrittenThroughAViewAlone() throws Exception {
        replicate();
        connection.setAutoCommit(false);
        read(VIEW);

        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> switched = thread.submit(
                    () -> control.execute("UPGRADE SWITCH WITH (verify = 'skip', drain_timeout = '20s')"));
            read(VIEW);
            connection.commit();
            switched.get(30, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }

        bothHold(2);
    }

    @Test
    void aTransactionThatStaysBehindASwitchoverCannotWriteThroughAView() throws Exception {
        replicate();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        read("SELECT * FROM A");
        control.execute("UPGRADE SWITCH WITH (verify = 'skip')");
        read("SELECT * FROM A");

        assertThatThrownBy(() -> read(VIEW))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));

        connection.commit();
        bothHold(0);
        read(VIEW);
        connection.commit();
        bothHold(1);
    }

    @Test
    void theSameBehindAReverse() throws Exception {
        replicate();
        control.execute("UPGRADE SWITCH WITH (verify = 'skip')");
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        read("SELECT * FROM A");
        control.execute("UPGRADE REVERSE WITH (verify = 'skip')");

        assertThatThrownBy(() -> read(VIEW))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));

        connection.commit();
        bothHold(0);
    }

    @Test
    void theSameWhileTheUpgradeIsCompleted() throws Exception {
        replicate();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        read("SELECT * FROM A");
        control.execute("UPGRADE SWITCH WITH (verify = 'skip')");
        control.execute("UPGRADE COMPLETE");
        read("SELECT * FROM A");

        assertThatThrownBy(() -> read(VIEW))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));

        connection.commit();
        assertThat(TestPair.rows(control, "SELECT COUNT(*) FROM T")).containsExactly("0");
    }

    @Test
    void whatAFunctionKeepsToItselfIsFoundAllTheSame() throws Exception {
        replicate();
        read("SELECT * FROM SECRET");
        connection.setAutoCommit(false);
        read("SELECT * FROM A");
        read("SELECT * FROM SECRET");
        connection.commit();

        bothHold(2);
    }

    @Test
    void aTransactionThatHasReadBeforeTheUpgradeWritesThroughAViewAfterIt() throws Exception {
        connection.setAutoCommit(false);
        read("SELECT * FROM A");
        replicate();
        read(VIEW);
        connection.commit();

        bothHold(1);
    }

    @Test
    void anUpgradeDoesNotBeginInTheMiddleOfATransactionThatHasWrittenThroughAView() throws Exception {
        connection.setAutoCommit(false);
        read(VIEW);

        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> started = thread.submit(() -> {
                replicate();
                return null;
            });
            read(VIEW);
            connection.commit();
            started.get(30, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }

        bothHold(2);
    }

    @Test
    void aPreparedQueryIsRunAgainWithItsParametersAndIsKnownFromThenOn() throws Exception {
        try (PreparedStatement query = connection.prepareStatement("SELECT P, ? FROM WRITING")) {
            query.setInt(1, 1);
            replicate();
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }

        bothHold(3);
    }

    @Test
    void aUsersFunctionWithTheNameOfALaterBuiltInIsNoRead() throws Exception {
        control.execute(
                "CREATE ALIAS FORMAT AS $$int format(java.sql.Connection c, int v) throws java.sql.SQLException {"
                        + " return c.createStatement().executeUpdate(\"INSERT INTO T(V) VALUES (\" + v + \")\"); }$$");
        replicate();
        connection.setAutoCommit(false);
        read("SELECT FORMAT(3)");
        assertThatThrownBy(() -> control.execute("UPGRADE SWITCH WITH (verify = 'skip', drain_timeout = '50ms')"))
                .hasMessageContaining("in flight");
        connection.commit();

        bothHold(1);
    }

    @Test
    void aStreamIsToBeSetAgainOnlyOnceForAQueryThatChangesRows() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT P, ? FROM WRITING")) {
            replicate();
            query.setCharacterStream(1, new StringReader("abc"));
            assertThatThrownBy(query::executeQuery)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));

            query.setCharacterStream(1, new StringReader("abc"));
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(2)).isEqualTo("abc");
            }
        }
        assertThat(TestPair.rows(control, "SELECT V FROM T")).containsExactly("7");
    }
}
