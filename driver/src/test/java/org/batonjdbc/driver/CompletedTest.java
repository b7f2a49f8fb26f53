package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What connections meet that were last used before a switchover, when UPGRADE COMPLETE has passed them, too. */
class CompletedTest {
    private final TestPair pair = TestPair.fresh();
    private Connection operator;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        operator = pair.connect();
        run(operator, "CREATE TABLE T(ID INT PRIMARY KEY, V INT)");
        run(operator, "INSERT INTO T SELECT X, 0 FROM SYSTEM_RANGE(1, 100)");
        connection = pair.connect();
    }

    @AfterEach
    void close() throws SQLException {
        operator.close();
        connection.close();
        pair.close();
    }

    @Test
    void anIdleConnectionBeginsATransactionOnTheNewStore() throws SQLException {
        assertThat(count()).isEqualTo(100);
        upgrade();

        assertThat(connection.isClosed()).isFalse();
        connection.setAutoCommit(false);
        run(connection, "DELETE FROM T WHERE ID = 1");
        connection.commit();

        assertThat(count()).isEqualTo(99);
    }

    @Test
    void aTransactionThatHasOnlyReadGoesOn() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(count()).isEqualTo(100);
        upgrade();

        run(connection, "DELETE FROM T WHERE ID = 1");
        connection.commit();

        assertThat(count()).isEqualTo(99);
    }

    @Test
    void anOpenResultIsReadToItsEnd() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT ID FROM T WHERE ID > ?")) {
            query.setInt(1, 0);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                upgrade();

                int left = 0;
                while (rows.next()) {
                    left++;
                }

                assertThat(left).isEqualTo(99);
            }
            query.setInt(1, 90);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    private void upgrade() throws SQLException {
        run(operator, "UPGRADE START");
        run(operator, "UPGRADE WAIT FOR REPLICATING");
        run(operator, "UPGRADE SWITCH WITH (verify = 'skip')");
        run(operator, "UPGRADE COMPLETE");
    }

    private int count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM T")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void run(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }
}
