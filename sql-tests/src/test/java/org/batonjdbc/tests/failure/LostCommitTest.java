package org.batonjdbc.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.ProxyDriver;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection is lost during a commit, which may have happened or not; no change may end up in one store only. */
class LostCommitTest {
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
    @Pair(active = Pair.CLASS_PATH, options = "log=memory")
    void beforeTheEngineCommitsWithTheLogInTheHeap(Stores stores) throws Exception {
        losesACommitOfTheApplication(stores, false);
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, options = "log=memory")
    void afterTheEngineHasCommittedWithTheLogInTheHeap(Stores stores) throws Exception {
        losesACommitOfTheApplication(stores, true);
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, options = "log=table")
    void beforeTheEngineCommitsWithTheLogInATable(Stores stores) throws Exception {
        losesACommitOfTheApplication(stores, false);
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, options = "log=table")
    void afterTheEngineHasCommittedWithTheLogInATable(Stores stores) throws Exception {
        losesACommitOfTheApplication(stores, true);
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, options = "log=memory")
    void whileTheUniqueValuesOfItsRowsMoveOn(Stores stores) throws Exception {
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT UNIQUE)", "INSERT INTO item VALUES (1, 1), (2, 2)");
        stores.replicate();
        stores.execute("UPGRADE PAUSE");
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE item SET n = 3 WHERE id = 1");
            statement.execute("INSERT INTO item VALUES (5, 5)");
            loseNextCommitOf(Thread.currentThread().getName(), true);
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        driver.behave();
        stores.execute(
                "UPDATE item SET n = 4 WHERE id = 2",
                "UPDATE item SET n = 2 WHERE id = 1",
                "INSERT INTO item VALUES (3, 3)",
                "UPGRADE RESUME");
        stores.awaitApplied();

        assertThat(Rows.of(stores.pastBatonToSecond(), "SELECT id, n FROM item ORDER BY id")
                        .toString())
                .isEqualTo("[[1, 2], [2, 4], [3, 3], [5, 5]]");
        goesOn(stores);
    }

    @Test
    @Pair(upgraded = Pair.CLASS_PATH, options = "log=memory")
    void whenChangesAreAppliedWithTheLogInTheHeap(Stores stores) throws Exception {
        losesACommitOfTheWorker(stores, true);
        losesACommitOfTheWorker(stores, false);
    }

    @Test
    @Pair(upgraded = Pair.CLASS_PATH, options = "log=table")
    void whenChangesAreAppliedWithTheLogInATable(Stores stores) throws Exception {
        losesACommitOfTheWorker(stores, true);
        losesACommitOfTheWorker(stores, false);
    }

    @Test
    @Pair(upgraded = Pair.CLASS_PATH, inFiles = true)
    void whenTheNewStoreIsMadeActive(Stores stores) throws Exception {
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY)", "INSERT INTO item VALUES (1)");
        stores.replicate();
        loseWhatMakesTheNewStoreActive();

        // not the 08006 itself: the operator's own connection is not lost
        assertThatThrownBy(() -> stores.execute("UPGRADE SWITCH WITH (verify = 'skip')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining("UPGRADE SWITCH failed: the connection was lost");

        assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
        stores.execute("INSERT INTO item VALUES (2)", "UPGRADE CANCEL");
        driver.behave();
        stores.disconnect();
        Stores.closePair(stores.url());
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:baton:failover:(" + stores.upgradedStore() + ")?engines="
                                + System.getProperty("baton.engines"),
                        "sa",
                        ""))
                .hasMessageContaining(stores.upgradedStore() + " has been replaced by " + stores.activeStore());
        stores.replicate();
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");
        assertThat(stores.number("SELECT COUNT(*) FROM item")).isEqualTo(2);
    }

    /** From then on the worker's connections there are dead. */
    private void loseWhatMakesTheNewStoreActive() {
        AtomicBoolean active = new AtomicBoolean();
        AtomicBoolean lost = new AtomicBoolean();
        driver.interfere(call -> {
            if (!Thread.currentThread().getName().startsWith("baton-")) {
                return call.go();
            }
            if (lost.get() && !call.is("close") && !call.is("isClosed") && !call.is("abort")) {
                throw new SQLException("the connection was lost", "08006");
            }
            if (call.is("setString") && "ACTIVE".equals(call.arguments()[1])) {
                active.set(true);
            }
            Object result = call.go();
            if (active.get() && call.is("executeUpdate")) {
                lost.set(true);
                throw new SQLException("the connection was lost", "08006");
            }
            return result;
        });
    }

    private void losesACommitOfTheApplication(Stores stores, boolean committed) throws Exception {
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT UNIQUE)", "INSERT INTO item VALUES (1, 1), (2, 2)");
        stores.replicate();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (3, 3)");
            statement.execute("UPDATE item SET n = 4 WHERE id = 1");
            statement.execute("DELETE FROM item WHERE id = 2");
            loseNextCommitOf(Thread.currentThread().getName(), committed);

            assertThatThrownBy(connection::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
        }
        stores.execute("INSERT INTO item VALUES (5, 5)");
        stores.awaitApplied();

        assertThat(Rows.of(stores.pastBatonToSecond(), "SELECT id, n FROM item ORDER BY id")
                        .toString())
                .isEqualTo(committed ? "[[1, 4], [3, 3], [5, 5]]" : "[[1, 1], [2, 2], [5, 5]]");
        goesOn(stores);
    }

    private void losesACommitOfTheWorker(Stores stores, boolean committed) throws Exception {
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT UNIQUE)", "INSERT INTO item VALUES (1, 1), (2, 2)");
        stores.replicate();
        loseNextCommitOf("baton-", committed);

        stores.execute("INSERT INTO item VALUES (3, 3)", "DELETE FROM item WHERE id = 2");
        stores.awaitApplied();

        goesOn(stores);
        stores.execute("UPGRADE REVERSE", "UPGRADE CANCEL", "DROP TABLE item");
    }

    private static void goesOn(Stores stores) throws Exception {
        assertThat(stores.phase()).isEqualTo("REPLICATING");
        stores.verifySame();
        stores.execute("UPGRADE SWITCH", "INSERT INTO item VALUES (6, 6)");
        stores.verifySame();
    }

    /** From then on that connection is dead; whether the commit has happened or not, it cannot be rolled back through it. */
    private void loseNextCommitOf(String thread, boolean committed) {
        AtomicReference<Object> lost = new AtomicReference<>();
        driver.interfere(call -> {
            if (call.target() == lost.get()) {
                return onLost(call);
            }
            boolean now = call.is("commit")
                    && Thread.currentThread().getName().startsWith(thread)
                    && lost.compareAndSet(null, call.target());
            Object result = now && !committed ? null : call.go();
            if (now) {
                throw new SQLException("the connection was lost", "08006");
            }
            return result;
        });
    }

    private static Object onLost(ProxyDriver.Call call) throws Throwable {
        if (call.is("isValid")) {
            return false;
        }
        if (call.is("close") || call.is("isClosed") || call.is("abort")) {
            return call.go();
        }
        throw new SQLException("the connection was lost", "08006");
    }
}
