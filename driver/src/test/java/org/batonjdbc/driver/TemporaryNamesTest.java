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
