package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a batch or a routine has let go of belong to others before the transaction commits. */
class FailedInPartTest {
    private final TestPair pair = TestPair.fresh();
    private Connection connection;
    private Connection other;
    private Statement statement;
    private Statement others;

    @BeforeEach
    void replicate() throws SQLException {
        connection = pair.connect();
        other = pair.connect();
        statement = connection.createStatement();
        others = other.createStatement();
        others.execute("CREATE TABLE T(ID INT PRIMARY KEY, V INT CHECK V < 100)");
        others.execute("INSERT INTO T VALUES (1, 1), (2, 2), (3, 3)");
        others.execute("CREATE ALIAS ATTEMPT AS $$int attempt(java.sql.Connection c, String sql) {"
                + " try { return c.createStatement().executeUpdate(sql); }"
                + " catch (java.sql.SQLException e) { return -1; } }$$");
        others.execute("UPGRADE START");
        others.execute("UPGRADE WAIT FOR REPLICATING");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        other.close();
        pair.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void aRowThatABatchHasNotKeptIsLeftToWhoeverInsertsIt(int isolation) throws SQLException {
        begin(isolation);
        failing("INSERT INTO T VALUES (10, 0), (1, 1)", "INSERT INTO T VALUES (20, 0)");
        others.execute("INSERT INTO T VALUES (10, 99)");
        connection.commit();

        sameWith("1 1|2 2|3 3|10 99|20 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    void aRowThatARoutineHasNotKeptIsLeftToWhoeverInsertsIt(int isolation) throws SQLException {
        begin(isolation);
        TestPair.rows(statement, "CALL ATTEMPT('INSERT INTO T VALUES (10, 0), (1, 1)')");
        statement.executeUpdate("UPDATE T SET V = 20 WHERE ID = 2");
        others.execute("INSERT INTO T VALUES (10, 99)");
        connection.commit();

        sameWith("1 1|2 20|3 3|10 99");
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_REPEATABLE_READ})
    void aRowThatABatchHasChangedAndPutBackIsLeftToWhoeverChangesIt(int isolation) throws SQLException {
        begin(isolation);
        failing("MERGE INTO T VALUES (1, 98), (2, 999)", "INSERT INTO T VALUES (20, 0)");
        others.execute("UPDATE T SET V = 50 WHERE ID = 1");
        connection.commit();

        sameWith("1 50|2 2|3 3|20 0");
    }

    @Test
    void whatABatchHasKeptInASnapshotIsReplicated() throws SQLException {
        begin(Connection.TRANSACTION_REPEATABLE_READ);
        failing(
                "DELETE FROM T WHERE ID = 1",
                "INSERT INTO T VALUES (10, 0), (3, 3)",
                "UPDATE T SET V = 22 WHERE ID = 2");
        connection.commit();

        sameWith("2 22|3 3");
    }

    @Test
    void aRowOfWhichASnapshotDoesNotTellWhoseItIsRollsBackAndMayBeTriedAgain() throws SQLException {
        begin(Connection.TRANSACTION_REPEATABLE_READ);
        failing("INSERT INTO T VALUES (10, 0)", "DELETE FROM T WHERE ID = 10", "INSERT INTO T VALUES (1, 1)");
        assertThatThrownBy(connection::commit)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        statement.execute("INSERT INTO T VALUES (20, 0)");
        connection.commit();

        sameWith("1 1|2 2|3 3|20 0");
    }

    private void begin(int isolation) throws SQLException {
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
        TestPair.rows(statement, "SELECT * FROM T");
    }

    private void failing(String... batch) throws SQLException {
        for (String sql : batch) {
            statement.addBatch(sql);
        }
        assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
    }

    private void sameWith(String rows) throws SQLException {
        assertThat(String.join("|", TestPair.rows(others, "SELECT ID, V FROM T ORDER BY ID")))
                .isEqualTo(rows);
        assertThat(TestPair.rows(others, "UPGRADE VERIFY"))
                .singleElement()
                .asString()
                .endsWith("SAME");
    }
}
