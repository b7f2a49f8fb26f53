package org.batonjdbc.driver.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.TestPair;
import org.junit.jupiter.api.Test;

/** What UPGRADE REHEARSE says of the statements that ran on H2 1.4.200, before they run on 2.5.252. */
class RehearsalTest {
    @Test
    void eachDistinctStatementIsCompiledOnTheUpgradedStoreAndNoneIsExecuted() throws Exception {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, V INT)");
            statement.execute("UPGRADE START");
            statement.execute("UPGRADE WAIT FOR REPLICATING");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO T VALUES (?, ?)")) {
                for (int id = 1; id <= 3; id++) {
                    insert.setInt(1, id);
                    insert.setInt(2, id);
                    insert.executeUpdate();
                }
            }
            statement.executeQuery("SELECT LIMIT 0 1 ID FROM T").close();
            assertThatThrownBy(() -> statement.execute("TRUNCATE TABLE T")).isInstanceOf(SQLException.class);

            List<String> rows = rehearse(statement);

            assertThat(rows).hasSize(3);
            assertThat(rows).anySatisfy(row -> assertThat(row).startsWith("FAILS|SELECT LIMIT 0 1 ID FROM T|1|Syntax"));
            assertThat(rows)
                    .anySatisfy(row -> assertThat(row).startsWith("FAILS|TRUNCATE TABLE T|1|TRUNCATE T is refused"));
            assertThat(rows).last().isEqualTo("OK|INSERT INTO T VALUES (?, ?)|3|null");
            statement.execute("UPGRADE CANCEL");
        }
    }

    @Test
    void whatAnObservedApplicationRanBeforeTheUpgradeIsRehearsedToo() throws Exception {
        try (TestPair pair = TestPair.with("observe=true");
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            try (PreparedStatement query = connection.prepareStatement("SELECT LIMIT 0 1 ID FROM T")) {
                query.executeQuery().close();
                query.executeQuery().close();
            }
            statement.addBatch("INSERT INTO T VALUES (1)");
            statement.addBatch("INSERT INTO T VALUES (2)");
            statement.executeBatch();
            statement.execute("UPGRADE START");
            statement.execute("UPGRADE WAIT FOR REPLICATING");

            List<String> rows = rehearse(statement);

            assertThat(rows).anySatisfy(row -> assertThat(row).startsWith("FAILS|SELECT LIMIT 0 1 ID FROM T|2|Syntax"));
            assertThat(rows)
                    .anySatisfy(row -> assertThat(row)
                            .startsWith("FAILS|CREATE TABLE T(ID INT PRIMARY KEY)|1|CREATE TABLE T is refused"));
            assertThat(rows).contains("OK|INSERT INTO T VALUES (1)|1|null", "OK|INSERT INTO T VALUES (2)|1|null");
            statement.execute("UPGRADE CANCEL");
        }
    }

    private static List<String> rehearse(Statement statement) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("UPGRADE REHEARSE")) {
            while (result.next()) {
                rows.add(result.getString("status") + "|" + result.getString("statement") + "|"
                        + result.getLong("executions") + "|" + result.getString("message"));
            }
        }
        return rows;
    }
}
