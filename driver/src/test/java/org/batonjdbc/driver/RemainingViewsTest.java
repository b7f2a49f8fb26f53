package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H2 1.4.200 forgets views of WITH in its sessions, which destroys a store in files when Baton creates its tables later. */
class RemainingViewsTest {
    @TempDir
    Path directory;

    private TestPair pair() {
        String engines = System.getProperty("baton.engines");
        return new TestPair(
                "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:" + directory.resolve("old") + "),(h2:2.5.252@jdbc:h2:"
                        + directory.resolve("new") + ";MODE=LEGACY)" + (engines == null ? "" : "?engines=" + engines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO T(A, B) WITH Y(N) AS (SELECT 5) SELECT N, N FROM Y",
                "INSERT INTO T(A, B) WITH RECURSIVE Y(N) AS (SELECT 5 UNION ALL SELECT N + 1 FROM Y WHERE N < 7) SELECT N, N FROM Y",
                "INSERT INTO T(A, B) WITH Y(N) AS (SELECT 1) SELECT N, N FROM Y",
                "INSERT INTO T(A, B) WITH Y(N) AS (SELECT 1) SELECT N, N FROM NOSUCH"
            })
    void aStoreInFilesSurvivesAnUpgradeBehindQueriesThatLeaveViews(String sql) throws SQLException {
        int rows;
        try (TestPair pair = pair()) {
            Connection connection = pair.connect();
            try (Connection operator = pair.connect();
                    Statement control = operator.createStatement()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE T(A INT PRIMARY KEY, B INT)");
                    statement.execute("INSERT INTO T VALUES (1, 1), (2, 2)");
                    statement.execute("SET @X = 1"); // so that no pool keeps the session when the connection is closed
                    run(statement, sql);
                    control.execute("UPGRADE START");
                    control.execute("UPGRADE WAIT FOR REPLICATING");
                    run(statement, sql);
                }
                connection.close();
                rows = TestPair.rows(control, "SELECT * FROM T").size();
            }
        }

        try (TestPair pair = pair();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            assertThat(TestPair.rows(statement, "SELECT * FROM T")).hasSize(rows);
            assertThat(TestPair.rows(statement, "UPGRADE STATUS").get(0)).startsWith("REPLICATING");
            assertThat(TestPair.rows(statement, "UPGRADE VERIFY"))
                    .allSatisfy(row -> assertThat(row).endsWith(" 0 SAME"));
        }
    }

    private static void run(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isIn("23505", "42S02");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO T(A, B) WITH Y(N) AS (SELECT 1) SELECT N, N FROM Y",
                "INSERT INTO T WITH Y(N) AS (SELECT 1) SELECT N, N FROM Y"
            })
    void aTableThatIsCreatedLaterIsNotLost(String sql) throws SQLException {
        try (TestPair pair = pair();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(A INT PRIMARY KEY, B INT)");
            statement.execute("SET @X = 1"); // so that no pool keeps the session when the connection is closed
            statement.execute(sql);
            statement.execute("CREATE TABLE X1(ID INT PRIMARY KEY)");
            statement.execute("CREATE TABLE X2(ID INT PRIMARY KEY)");
        }

        try (TestPair pair = pair();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            assertThat(TestPair.rows(statement, "SELECT * FROM X1, X2")).isEmpty();
        }
    }

    @Test
    void toTidyUpCommitsNothing() throws SQLException {
        try (TestPair pair = pair();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(A INT PRIMARY KEY, B INT)");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO T(A, B) WITH Y(N) AS (SELECT 5) SELECT N, N FROM Y");
            connection.rollback();

            assertThat(TestPair.rows(statement, "SELECT * FROM T")).isEmpty();
            assertThatThrownBy(() -> statement.execute("SELECT * FROM Y")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void whatIsDoneStaysDoneWhereATableHasTheNameOfAViewThatAnotherStatementHasLeft() throws SQLException {
        try (TestPair pair = pair();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(A INT PRIMARY KEY, B INT)");
            statement.execute("CREATE SCHEMA S2");
            statement.execute("CREATE TABLE S2.Y(Z INT PRIMARY KEY)");
            statement.execute("INSERT INTO T VALUES (1, 1)");
            statement.execute("DELETE FROM T WHERE A IN (WITH Y(N) AS (SELECT 77) SELECT N FROM Y)");
            statement.execute("UPGRADE START");
            statement.execute("UPGRADE WAIT FOR REPLICATING");

            statement.execute("SET SCHEMA S2");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO PUBLIC.T(A, B) WITH Q2(N) AS (SELECT 100) SELECT N, N FROM Q2");
            connection.commit();
            connection.setAutoCommit(true);

            assertThat(TestPair.rows(
                            statement,
                            "SELECT KEY FROM INFORMATION_SCHEMA.SESSION_STATE WHERE SQL LIKE"
                                    + " 'CREATE FORCE VIEW %'"))
                    .containsExactly("TABLE Y");
            assertThat(TestPair.rows(statement, "SELECT A FROM PUBLIC.T")).containsExactly("1", "100");
            assertThat(TestPair.rows(statement, "UPGRADE VERIFY"))
                    .allSatisfy(row -> assertThat(row).endsWith(" 0 SAME"));
        }
    }
}
