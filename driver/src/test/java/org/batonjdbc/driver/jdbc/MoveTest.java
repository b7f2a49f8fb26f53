package org.batonjdbc.driver.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.gate.Pass;
import org.junit.jupiter.api.Test;

class MoveTest {
    private final Routing routing = new Routing();

    @Test
    void whatWasSetIsSetAgainInItsOrderBeforeAnythingRuns() throws SQLException {
        Connection connection = routing.connect();
        Statement statement = connection.createStatement();
        statement.setFetchSize(7);
        statement.setQueryTimeout(3);
        statement.setFetchSize(8);
        connection.setSchema("A");
        statement.execute("SET THROTTLE 1");
        statement.execute("SET LOCK_TIMEOUT 5");
        statement.execute("SET LOCK_TIMEOUT 6");
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        routing.switchOver();

        statement.executeQuery("SELECT 1");

        assertThat(routing.young.drain())
                .containsExactly(
                        "setSchema[A]",
                        "createStatement",
                        "execute[SET THROTTLE 1]",
                        "close",
                        "createStatement",
                        "execute[SET LOCK_TIMEOUT 6]",
                        "close",
                        "setReadOnly[true]",
                        "setAutoCommit[false]",
                        "createStatement",
                        "setFetchSize[8]",
                        "setQueryTimeout[3]",
                        "executeQuery[SELECT 1]");
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(routing.discarded).hasSize(1);
    }

    @Test
    void whatIsSetAgainAndAgainIsSetOnceHoweverItIsWritten() throws SQLException {
        Connection connection = routing.connect();
        Statement statement = connection.createStatement();
        for (int i = 0; i < 100; i++) {
            statement.execute("SET QUERY_TIMEOUT ABS(" + i + ")");
        }
        routing.switchOver();

        statement.executeQuery("SELECT 1");

        assertThat(routing.young.drain())
                .filteredOn(call -> call.contains("QUERY"))
                .containsExactly("execute[SET QUERY_TIMEOUT ABS(99)]");
    }

    @Test
    void aStatementThatIsHeldWhileItsConnectionIsAbortedDoesNotRun() throws Exception {
        Connection connection = routing.connect();
        Statement statement = connection.createStatement();
        routing.old.drain();
        routing.gate.close();
        FutureTask<Integer> insert = new FutureTask<>(() -> statement.executeUpdate("INSERT INTO T VALUES (1)"));
        Thread thread = new Thread(insert, "held");
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && !insert.isDone()) {
            Thread.onSpinWait();
        }

        connection.abort(Runnable::run);
        routing.gate.open();

        assertThatThrownBy(() -> insert.get(30, TimeUnit.SECONDS)).hasMessageContaining("the connection is closed");
        assertThat(routing.old.drain()).noneMatch(call -> call.startsWith("executeUpdate"));
        thread.join();
    }

    @Test
    void aSessionThatNothingWasSetInGoesBackToItsPool() throws SQLException {
        Connection connection = routing.connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        routing.switchOver();

        connection.createStatement().executeQuery("SELECT 1");

        assertThat(routing.old.drain()).endsWith("close");
        assertThat(routing.discarded).isEmpty();
    }

    @Test
    void aPreparedStatementIsPreparedAgainWithItsParameters() throws SQLException {
        Connection connection = routing.connect();
        PreparedStatement prepared = connection.prepareStatement("INSERT INTO T VALUES(?, ?, ?)", new String[] {"ID"});
        byte[] bytes = {1, 2};
        prepared.setInt(1, 5);
        prepared.setBytes(2, bytes);
        prepared.setObject(3, "x", java.sql.Types.VARCHAR);
        bytes[0] = 9;
        routing.switchOver();

        prepared.executeUpdate();

        assertThat(routing.young.drain())
                .containsExactly(
                        "prepareStatement[INSERT INTO T VALUES(?, ?, ?), [ID]]",
                        "setInt[1, 5]",
                        "setBytes[2, [1, 2]]",
                        "setObject[3, x, 12]",
                        "executeUpdate");
    }

    @Test
    void aBatchMovesAsAWhole() throws SQLException {
        Connection connection = routing.connect();
        PreparedStatement prepared = connection.prepareStatement("INSERT INTO T VALUES(?, ?)");
        prepared.setLong(1, 1);
        prepared.addBatch();
        prepared.setLong(1, 2);
        prepared.setString(2, "b");
        prepared.addBatch();
        Statement texts = connection.createStatement();
        texts.addBatch("DELETE FROM T");
        texts.addBatch("DELETE FROM S");
        routing.switchOver();

        prepared.executeBatch();
        texts.executeBatch();
        prepared.executeBatch();

        assertThat(routing.young.drain())
                .containsExactly(
                        "prepareStatement[INSERT INTO T VALUES(?, ?)]",
                        "setLong[1, 1]",
                        "addBatch",
                        "setLong[1, 2]",
                        "setString[2, b]",
                        "addBatch",
                        "setLong[1, 2]",
                        "setString[2, b]",
                        "executeBatch",
                        "createStatement",
                        "addBatch[DELETE FROM T]",
                        "addBatch[DELETE FROM S]",
                        "executeBatch",
                        "executeBatch");
    }

    @Test
    void aStreamMustBeSetAgain() throws SQLException {
        Connection connection = routing.connect();
        PreparedStatement prepared = connection.prepareStatement("INSERT INTO T VALUES(?)");
        prepared.setBinaryStream(1, new ByteArrayInputStream(new byte[3]));
        routing.switchOver();

        assertThatThrownBy(prepared::executeUpdate)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"))
                .hasMessageContaining("parameter 1 was set as a stream");

        prepared.setBinaryStream(1, new ByteArrayInputStream(new byte[3]));
        prepared.executeUpdate();
        assertThat(routing.young.drain()).endsWith("executeUpdate");
        assertThat(routing.gate.writing(null)).isEmpty();
    }

    @Test
    void aStreamThatIsSetAfterTheSwitchoverIsSetThere() throws SQLException {
        Connection connection = routing.connect();
        PreparedStatement prepared = connection.prepareStatement("INSERT INTO T VALUES(?)");
        routing.old.drain();
        routing.switchOver();

        prepared.setBinaryStream(1, new ByteArrayInputStream(new byte[3]));

        assertThat(routing.old.drain()).doesNotContain("setBinaryStream");
        prepared.executeUpdate();
    }

    @Test
    void aCallMovesWithNamedAndRegisteredParameters() throws SQLException {
        Connection connection = routing.connect();
        CallableStatement call = connection.prepareCall("{call F(?, ?)}");
        call.setInt("A", 1);
        call.registerOutParameter(2, java.sql.Types.INTEGER);
        routing.switchOver();

        call.execute();

        assertThat(routing.young.drain())
                .containsExactly(
                        "prepareCall[{call F(?, ?)}]", "setInt[A, 1]", "registerOutParameter[2, 4]", "execute");
    }

    @Test
    void anOpenResultSetKeepsTheOldConnectionUntilItIsClosed() throws SQLException {
        Connection connection = routing.connect();
        Statement reading = connection.createStatement();
        ResultSet rows = reading.executeQuery("SELECT 1");
        ResultSet metadata = connection.getMetaData().getTables(null, null, null, null);
        routing.switchOver();
        connection.createStatement().executeUpdate("DELETE FROM T");
        routing.old.drain();

        rows.next();
        rows.close();
        assertThat(routing.old.drain()).containsExactly("next", "close");
        metadata.close();

        assertThat(routing.old.drain()).containsExactly("close", "close");
        assertThatThrownBy(rows::updateRow).hasMessageContaining("run its query again");
    }

    @Test
    void aTransactionThatHasWrittenIsWaitedForAndOneThatHasReadMoves() throws SQLException {
        Connection writing = routing.connect();
        writing.setAutoCommit(false);
        writing.createStatement().executeUpdate("DELETE FROM T");
        Connection reading = routing.connect();
        reading.setAutoCommit(false);
        Statement read = reading.createStatement();
        read.executeQuery("SELECT 1").close();

        assertThat(routing.gate.writing(null)).hasSize(1);
        routing.switchOver();
        routing.young.drain();
        read.executeUpdate("DELETE FROM T");

        assertThat(routing.young.drain()).contains("setAutoCommit[false]", "executeUpdate[DELETE FROM T]");
        writing.commit();
        assertThat(routing.gate.writing(null)).hasSize(1);
        reading.rollback();
        assertThat(routing.gate.writing(null)).isEmpty();
    }

    @Test
    void aStricterTransactionStaysAndIsRefusedItsFirstWrite() throws SQLException {
        routing.old.answers.put("getTransactionIsolation", Connection.TRANSACTION_REPEATABLE_READ);
        Connection connection = routing.connect();
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.executeQuery("SELECT 1").close();
        routing.switchOver();
        routing.old.drain();

        statement.executeQuery("SELECT 2").close();
        assertThat(routing.old.drain()).containsExactly("executeQuery[SELECT 2]", "close");
        assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM T"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));

        assertThat(routing.old.drain()).containsExactly("rollback");
        statement.executeUpdate("DELETE FROM T");
        assertThat(routing.young.drain()).endsWith("executeUpdate[DELETE FROM T]");
    }

    @Test
    void aSavepointKeepsATransactionWhereItIs() throws SQLException {
        Connection connection = routing.connect();
        connection.setAutoCommit(false);
        connection.setSavepoint();
        routing.switchOver();

        assertThatThrownBy(() -> connection.createStatement().executeUpdate("DELETE FROM T"))
                .hasMessageContaining("a savepoint keeps it");
    }

    @Test
    void aClosedGateHoldsWritesButNotReads() throws SQLException {
        Connection connection = routing.connect();
        Statement statement = connection.createStatement();
        routing.gate.close();

        statement.executeQuery("SELECT 1");
        assertThatThrownBy(() -> statement.executeQuery("SELECT 1 FOR UPDATE"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
        assertThat(routing.gate.writing(null)).isEmpty();

        routing.gate.open();
        statement.executeUpdate("DELETE FROM T");
    }

    @Test
    void whatIsHeldRunsOnTheStoreThatIsActiveAfterwards() throws Exception {
        Connection connection = routing.connect();
        PreparedStatement prepared = connection.prepareStatement("DELETE FROM T");
        routing.gate.close();
        Thread application = new Thread(() -> {
            try {
                prepared.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        application.start();
        while (application.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        routing.switchOver();
        routing.gate.open();
        application.join(10_000);

        assertThat(routing.young.drain()).endsWith("executeUpdate");
        assertThat(routing.old.drain()).doesNotContain("executeUpdate");
    }

    @Test
    void anIdleTransactionIsTakenAndItsOwnerToldOnce() throws SQLException {
        Connection connection = routing.connect();
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.executeUpdate("DELETE FROM T");
        routing.old.drain();
        routing.gate.close();
        Pass pass = routing.gate.writing(null).get(0);

        pass.rollBack();

        assertThat(routing.gate.writing(null)).isEmpty();
        assertThat(routing.old.drain()).containsExactly("rollback");
        routing.switchOver();
        routing.gate.open();
        assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        statement.executeUpdate("DELETE FROM T");
        assertThat(routing.young.drain()).endsWith("executeUpdate[DELETE FROM T]");
    }

    @Test
    void aBusyTransactionIsCancelledAndRolledBackByItsOwnThread() throws Exception {
        Connection connection = routing.connect();
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.executeUpdate("DELETE FROM T");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        routing.old.answers.put("executeUpdate", (Callable<Object>) () -> {
            running.countDown();
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            throw new SQLException("cancelled", "57014");
        });
        routing.old.answers.put("cancel", (Callable<Object>) () -> {
            cancelled.countDown();
            return null;
        });
        ExecutorService application = Executors.newSingleThreadExecutor();
        Future<Integer> update = application.submit(() -> statement.executeUpdate("DELETE FROM S"));
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        routing.gate.close();

        routing.gate.writing(null).get(0).rollBack();

        assertThat(routing.gate.drain(null, Duration.ofSeconds(10))).isEmpty();
        assertThatThrownBy(() -> update.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"))
                .hasRootCauseMessage("cancelled");
        application.shutdown();
        assertThat(routing.old.drain()).endsWith("cancel", "rollback");
        routing.switchOver();
        routing.gate.open();
        statement.executeUpdate("DELETE FROM T");
    }

    @Test
    void aTakenTransactionMayBeRolledBackOrClosedWithoutComplaint() throws SQLException {
        for (boolean close : new boolean[] {true, false}) {
            Connection connection = routing.connect();
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("DELETE FROM T");
            routing.gate.writing(null).get(0).rollBack();

            if (close) {
                connection.close();
            } else {
                connection.rollback();
                assertThat(connection.isValid(1) || !connection.isClosed()).isTrue();
            }
        }
    }

    @Test
    void commitOfATakenTransactionIsAnError() throws SQLException {
        Connection connection = routing.connect();
        connection.setAutoCommit(false);
        connection.createStatement().executeUpdate("DELETE FROM T");
        routing.gate.writing(null).get(0).rollBack();

        assertThatThrownBy(connection::commit)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        connection.commit();
    }

    @Test
    void aConnectionThatCannotBeRolledBackIsReplaced() throws SQLException {
        Connection connection = routing.connect();
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.executeUpdate("DELETE FROM T");
        routing.old.answers.put("rollback", new SQLException("gone", "08006"));
        routing.gate.writing(null).get(0).rollBack();
        routing.old.answers.clear();
        routing.old.drain();

        assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM T"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        assertThat(connection.isClosed()).isFalse();
        statement.executeUpdate("DELETE FROM T");

        assertThat(routing.old.drain()).contains("setAutoCommit[false]", "executeUpdate[DELETE FROM T]");
    }

    @Test
    void closingGivesEverythingBackOnce() throws SQLException {
        Connection connection = routing.connect();
        Statement statement = connection.createStatement();
        statement.executeQuery("SELECT 1");

        connection.close();
        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThat(routing.released).isEqualTo(1);
        assertThat(routing.gate.connections()).isZero();
        assertThat(connection.isValid(1)).isFalse();
        assertThatThrownBy(connection::createStatement).hasMessageContaining("the connection is closed");
    }

    @Test
    void abortEndsThePhysicalConnection() throws SQLException {
        Connection connection = routing.connect();

        connection.abort(Runnable::run);

        assertThat(connection.isClosed()).isTrue();
        assertThat(routing.discarded).hasSize(1);
        assertThat(routing.released).isEqualTo(1);
    }
}
