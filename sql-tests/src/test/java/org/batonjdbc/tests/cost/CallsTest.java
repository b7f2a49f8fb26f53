package org.batonjdbc.tests.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.ProxyDriver;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls of the engine's driver the application's calls become; one that is not needed would slow every statement. */
class CallsTest {
    private static final String LOGGING = "prepareStatement setLong setInt setLong setInt setBytes executeUpdate close";

    private ProxyDriver driver;

    @BeforeEach
    void install() throws SQLException {
        driver = ProxyDriver.install();
    }

    @AfterEach
    void remove() throws SQLException {
        driver.close();
    }

    @Test
    @Pair(active = Pair.CLASS_PATH)
    void areTheApplicationsOwnWhileNoUpgradeRuns(Stores stores) throws Exception {
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT)");
        try (Application application = new Application(stores)) {
            assertThat(calls(application::insert)).isEqualTo("setInt setInt executeUpdate");
            assertThat(calls(application::select)).isEqualTo("setInt executeQuery");
            assertThat(calls(application::delete)).isEqualTo("setInt executeUpdate");
            application.connection.setAutoCommit(false);
            assertThat(calls(application::insert)).isEqualTo("setInt setInt executeUpdate");
            assertThat(calls(application::select)).isEqualTo("setInt executeQuery");
            assertThat(calls(application.connection::commit)).isEqualTo("commit");
            assertThat(calls(application::deleteAsBatch)).isEqualTo("setInt addBatch setInt addBatch executeBatch");
            assertThat(calls(application.connection::rollback)).isEqualTo("rollback");
        }
    }

    @Test
    @Pair(active = Pair.CLASS_PATH)
    void areTheSameInsideATransactionWhileAnUpgradeReplicates(Stores stores) throws Exception {
        try (Application application = replicating(stores)) {
            application.connection.setAutoCommit(false);
            assertThat(calls(application::insert)).isEqualTo("setInt setInt executeUpdate");
            assertThat(calls(application::select)).isEqualTo("setInt executeQuery");
            assertThat(calls(application::delete)).isEqualTo("setInt executeUpdate");
            assertThat(calls(application.connection::commit)).isEqualTo("commit");
            assertThat(calls(application::insertAsBatch))
                    .isEqualTo("setInt setInt addBatch setInt setInt addBatch executeBatch");
            assertThat(calls(application::deleteAsBatch)).isEqualTo("setInt addBatch setInt addBatch executeBatch");
            assertThat(calls(application.connection::rollback)).isEqualTo("rollback");
        }
    }

    @Test
    @Pair(active = Pair.CLASS_PATH)
    void surroundAWriteInAutocommitModeWithATransaction(Stores stores) throws Exception {
        try (Application application = replicating(stores)) {
            assertThat(calls(application::insert))
                    .isEqualTo("setInt setInt setAutoCommit executeUpdate commit setAutoCommit");
            assertThat(calls(application::delete)).isEqualTo("setInt setAutoCommit executeUpdate commit setAutoCommit");
            assertThat(calls(application::select)).isEqualTo("setInt executeQuery");
        }
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, options = "log=table")
    void logATransactionInOneRowHoweverManyStatementsItHas(Stores stores) throws Exception {
        try (Application application = replicating(stores)) {
            application.connection.setAutoCommit(false);
            application.insert();
            application.delete();
            application.insertAsBatch();
            assertThat(calls(application.connection::commit)).isEqualTo(LOGGING + " commit");
            application.select();
            assertThat(calls(application.connection::commit)).isEqualTo("commit");
        }
    }

    private static Application replicating(Stores stores) throws SQLException {
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT)");
        stores.replicate();
        return new Application(stores);
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** The names of the calls that this thread makes to the active store meanwhile. */
    private String calls(Step step) throws SQLException {
        Thread application = Thread.currentThread();
        List<String> calls = new ArrayList<>();
        driver.interfere(call -> {
            if (Thread.currentThread() == application) {
                calls.add(call.method().getName());
            }
            return call.go();
        });
        step.run();
        driver.behave();
        return String.join(" ", calls);
    }

    /** A connection with its prepared statements, each of which has run before. */
    private static final class Application implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement insert;
        private final PreparedStatement delete;
        private final PreparedStatement select;

        Application(Stores stores) throws SQLException {
            connection = stores.connect();
            insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?)");
            delete = connection.prepareStatement("DELETE FROM item WHERE id = ?");
            select = connection.prepareStatement("SELECT n FROM item WHERE id = ?");
            insert();
            select();
            delete();
        }

        void insert() throws SQLException {
            insert.setInt(1, 1);
            insert.setInt(2, 1);
            insert.executeUpdate();
        }

        void insertAsBatch() throws SQLException {
            for (int id = 2; id <= 3; id++) {
                insert.setInt(1, id);
                insert.setInt(2, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }

        void delete() throws SQLException {
            delete.setInt(1, 1);
            delete.executeUpdate();
        }

        void deleteAsBatch() throws SQLException {
            for (int id = 2; id <= 3; id++) {
                delete.setInt(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }

        void select() throws SQLException {
            select.setInt(1, 1);
            try (ResultSet row = select.executeQuery()) {
                row.next();
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
