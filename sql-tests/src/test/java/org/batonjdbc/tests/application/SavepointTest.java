package org.batonjdbc.tests.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** A savepoint belongs to the store on which it was set, so a transaction that has one is in flight. */
@Pair
class SavepointTest {
    @Test
    void aSwitchoverWaitsForATransactionThatHasOnlySetASavepoint(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id INT PRIMARY KEY)");
        stores.replicate();
        Connection connection = stores.connect();
        connection.setAutoCommit(false);
        Savepoint savepoint = connection.setSavepoint();

        assertThatThrownBy(() -> stores.execute("UPGRADE SWITCH WITH (verify = 'skip', drain_timeout = '50ms')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));

        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO t VALUES (1)");
            connection.rollback(savepoint);
            statement.executeUpdate("INSERT INTO t VALUES (2)");
        }
        connection.commit();
        stores.execute("UPGRADE SWITCH WITH (verify = 'skip')");
        assertThat(stores.number("SELECT SUM(id) FROM t")).isEqualTo(2);
    }

    @Test
    void soItDoesForASavepointThatAStatementHasSet(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id INT PRIMARY KEY)");
        stores.replicate();
        Connection connection = stores.connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("SAVEPOINT here");

        assertThatThrownBy(() -> stores.execute("UPGRADE SWITCH WITH (verify = 'skip', drain_timeout = '50ms')"))
                .isInstanceOf(SQLException.class);

        connection.rollback();
        stores.execute("UPGRADE SWITCH WITH (verify = 'skip')");
        assertThat(stores.phase()).isEqualTo("SWITCHED");
    }
}
