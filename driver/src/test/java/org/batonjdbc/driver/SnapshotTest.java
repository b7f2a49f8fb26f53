package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a connection sees that works in autocommit mode at an isolation with snapshots, while replicating. */
class SnapshotTest {
    @Test
    void streamsThatWereSetBeforeAWriteInAutocommitModeAreThereWhenItRuns() throws SQLException {
        try (TestPair pair = TestPair.fresh()) {
            try (Connection own = pair.connect();
                    Statement statement = own.createStatement()) {
                statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, V BLOB)");
                statement.execute("UPGRADE START");
                statement.execute("UPGRADE WAIT FOR REPLICATING");
                try (PreparedStatement insert = own.prepareStatement("INSERT INTO T VALUES (?, ?)")) {
                    for (int id = 1; id <= 3; id++) {
                        insert.setInt(1, id);
                        insert.setBinaryStream(2, new ByteArrayInputStream(new byte[100_000]));
                        insert.executeUpdate();
                    }
                }

                assertThat(TestPair.rows(statement, "SELECT SUM(LENGTH(V)) FROM T"))
                        .containsExactly("300000");
                assertThat(TestPair.rows(statement, "UPGRADE VERIFY"))
                        .allSatisfy(row -> assertThat(row).endsWith(" 0 SAME"));
                statement.execute("UPGRADE CANCEL");
            }
        }
    }

    @Test
    void aWriteInAutocommitModeSeesWhatOthersHaveCommittedSinceTheLastOne() throws SQLException {
        try (TestPair pair = TestPair.fresh()) {
            try (Connection own = pair.connect();
                    Statement statement = own.createStatement();
                    Connection other = pair.connect();
                    Statement others = other.createStatement()) {
                others.execute("CREATE TABLE T(ID INT PRIMARY KEY, V INT)");
                others.execute("INSERT INTO T VALUES (1, 10), (2, 20)");
                others.execute("UPGRADE START");
                others.execute("UPGRADE WAIT FOR REPLICATING");
                others.execute("UPGRADE SWITCH WITH (verify = 'skip')");
                own.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                statement.executeUpdate("UPDATE T SET V = 21 WHERE ID = 2");
                try (PreparedStatement between = own.prepareStatement("SELECT * FROM T")) {
                    assertThat(between.getMetaData().getColumnCount()).isEqualTo(2);
                }

                others.executeUpdate("DELETE FROM T WHERE ID = 1");

                assertThat(statement.executeUpdate("INSERT INTO T VALUES (1, 11)"))
                        .isEqualTo(1);
                assertThat(TestPair.rows(others, "UPGRADE VERIFY"))
                        .allSatisfy(row -> assertThat(row).endsWith(" 0 SAME"));
                others.execute("UPGRADE COMPLETE");
            }
        }
    }
}
