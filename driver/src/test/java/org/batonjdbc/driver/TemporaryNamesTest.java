package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** While an upgrade replicates, only what is surely about a temporary table is allowed for being about one. */
class TemporaryNamesTest {
    @Test
    void aRealTableIsNotTakenForATemporaryOneOfAlmostItsName() throws SQLException {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            replicate(statement);
            statement.execute("CREATE LOCAL TEMPORARY TABLE \"t\"(A INT)");

            assertRefused(statement, "TRUNCATE TABLE T");
            assertRefused(statement, "TRUNCATE TABLE \"T\"");

            statement.execute("DROP TABLE \"t\"");
            assertThat(TestPair.rows(statement, "SELECT * FROM T")).hasSize(2);
        }
    }

    @Test
    void aRealTableIsNotDroppedBehindATemporaryOne() throws SQLException {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            replicate(statement);
            statement.execute("CREATE LOCAL TEMPORARY TABLE TT(A INT)");

            assertRefused(statement, "DROP TABLE TT, T");

            statement.execute("DROP TABLE TT");
            assertThat(TestPair.rows(statement, "SELECT * FROM T")).hasSize(2);
        }
    }

    @Test
    void aRealTableOfAnotherSchemaIsNotTakenForATemporaryOneOfItsName() throws SQLException {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA OTHER");
            statement.execute("CREATE TABLE OTHER.X(ID INT PRIMARY KEY)");
            statement.execute("INSERT INTO OTHER.X VALUES (1)");
            replicate(statement);
            statement.execute("CREATE LOCAL TEMPORARY TABLE X(A INT)");
            statement.execute("SET SCHEMA OTHER");

            assertRefused(statement, "TRUNCATE TABLE X");
            assertRefused(statement, "DROP TABLE X");
            assertRefused(statement, "TRUNCATE TABLE OTHER.X");
            assertRefused(statement, "CREATE INDEX I ON X(ID)");
            assertRefused(statement, "CREATE INDEX I ON T(ID)");

            assertThat(TestPair.rows(statement, "SELECT * FROM OTHER.X")).hasSize(1);
        }
    }

    /** One that ends in a quote was taken for a table that is not there. */
    @Test
    void aRealTableWithQuotesInItsNameIsNotDropped() throws SQLException {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE \"a \"\"q\"\"\"(ID INT PRIMARY KEY)");
            statement.execute("CREATE TABLE \"\"\"b.c\"(ID INT PRIMARY KEY)");
            replicate(statement);

            assertRefused(statement, "DROP TABLE \"a \"\"q\"\"\"");
            assertRefused(statement, "DROP TABLE PUBLIC.\"a \"\"q\"\"\"");
            assertRefused(statement, "DROP TABLE \"\"\"b.c\"");
            statement.execute("INSERT INTO \"a \"\"q\"\"\" VALUES (1)");
        }
    }

    @Test
    void aTableThatIsNotThereMayBeDropped() throws SQLException {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE VIEW V AS SELECT 1 A");
            replicate(statement);

            statement.execute("DROP TABLE IF EXISTS NOSUCH");
            assertThatThrownBy(() -> statement.execute("DROP TABLE NOSUCH"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S02"));
            assertRefused(statement, "DROP TABLE IF EXISTS NOSUCH, T");
            assertRefused(statement, "DROP TABLE IF EXISTS \"T\"");
            assertRefused(statement, "DROP TABLE IF EXISTS V");
        }
    }

    @Test
    void whatCannotEvenBeReadCommitsNothing() throws SQLException {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            replicate(statement);
            connection.setAutoCommit(false);
            statement.executeUpdate("DELETE FROM T");
            assertThatThrownBy(() -> statement.execute("ANALYZE NONSENSE OF ANY KIND"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42000"));
            connection.rollback();

            assertThat(TestPair.rows(statement, "SELECT * FROM T")).hasSize(2);
            connection.commit();
        }
    }

    private static void replicate(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
        statement.execute("INSERT INTO T VALUES (1), (2)");
        statement.execute("UPGRADE START");
        statement.execute("UPGRADE WAIT FOR REPLICATING");
    }

    private static void assertRefused(Statement statement, String sql) {
        assertThatThrownBy(() -> statement.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
    }
}
