package org.batonjdbc.driver.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.batonjdbc.driver.capture.Admission;
import org.batonjdbc.driver.capture.Capture;
import org.batonjdbc.driver.capture.TriggerCapture;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.gate.Pass;
import org.batonjdbc.store.upgrade.Replication;
import org.batonjdbc.store.upgrade.Route;

/**
 * The transaction of a session: what it has done so far, and everything that surrounds a statement in it. Before a
 * statement that may write it passes the gate, goes to the store that is active, and asks whether the statement can be
 * captured; after it the rows that were changed are kept until the commit, which logs them. Every method is called under
 * the session's lock but {@link #isPlain}.
 *
 * <p>In autocommit mode, while changes are captured, a statement that may write runs in a physical transaction that Baton
 * commits: what it changed must be logged before it is committed.
 */
final class Transaction {
    private final Session session;
    private final Home home;
    private final Pass pass;
    private final Turn turn;
    private final Savepoints savepoints = new Savepoints();
    private Capture capture = Capture.NONE;
    private boolean capturing;
    private boolean autoCommit = true;
    /** Whether BEGIN has switched autocommit off until the transaction ends. */
    private boolean begunByStatement;
    /** Whether a statement has run since the last transaction ended. */
    private boolean began;
    /** Whether one has run that may have written; then the pass is entered. */
    private boolean wrote;

    Transaction(Session session, Home home) {
        this.session = session;
        this.home = home;
        this.pass = home.gate().register();
        this.turn = new Turn(pass);
    }

    // ---- what it is

    boolean autoCommit() {
        return autoCommit;
    }

    Pass pass() {
        return pass;
    }

    /** Whether the application would lose changes if the connection were closed now. */
    boolean hasWritten() {
        return wrote && !autoCommit;
    }

    /** Whether a certain read can simply run; if so, the transaction begins with it. */
    boolean isPlain() {
        if (wrote || capturing || session.link().autoCommit() != autoCommit) {
            return false;
        }
        began = true;
        return true;
    }

    /** Whether a switchover has destroyed the physical connection while it gave the transaction up. */
    boolean lostItsLink() {
        return turn.isBroken();
    }

    /** Whether it may go on at another store as if it had begun there. */
    boolean mayMove(Connection physical) throws SQLException {
        return autoCommit
                || !began
                || (!wrote
                        && savepoints.isEmpty()
                        && physical.getTransactionIsolation() <= Connection.TRANSACTION_READ_COMMITTED);
    }

    /** From now on it is on this physical connection. */
    void on(Connection physical) {
        turn.on(physical);
    }

    /** Captures for the replication of a new route; {@code before} is that of the route until now. */
    @SuppressWarnings("ReferenceEquality") // the same replication, not an equal one: each begin makes a new one
    void capture(Replication before, Route now, Supplier<Route> routes) {
        Replication replication = now.replication();
        if (replication == before) {
            return;
        }
        capturing = replication != null;
        capture = capturing
                ? new TriggerCapture(
                        replication,
                        now.store().dialect().orElseThrow(),
                        () -> routes.get().replication() == replication)
                : Capture.NONE;
    }

    // ---- statements

    /** Runs a statement that is not of transaction control. */
    <T> T run(RoutedStatement statement, Command command, Work<Statement, T> work) throws SQLException {
        boolean warn = begin(command);
        int mark = capture.begin();
        T result;
        try {
            Statement delegate = statement.onLink();
            turn.running(delegate);
            result = work.with(delegate);
        } catch (SQLException | RuntimeException | Error e) {
            capture.end();
            failed(mark, e);
            throw e;
        }
        capture.end();
        succeeded(statement, command, mark, result);
        if (warn) {
            statement.warn(Admission.localDdl(command.meaning()));
        }
        return result;
    }

    /** Changes a row through an open result set. */
    void changeRow(Link on, Closing.Step change) throws SQLException {
        begin(Command.ROW_CHANGE);
        int mark = capture.begin();
        try {
            if (on != session.link()) {
                throw SqlState.REFUSED.error("this result set was read from the store that was active before the"
                        + " switchover, so its rows cannot be changed; run its query again");
            }
            change.run();
        } catch (SQLException | RuntimeException | Error e) {
            capture.end();
            failed(mark, e);
            throw e;
        }
        capture.end();
        succeeded(null, Command.ROW_CHANGE, mark, null);
    }

    /** Everything before a statement; returns whether to warn that it runs on the active store alone. */
    private boolean begin(Command command) throws SQLException {
        boolean mayWrite = command.mayWrite();
        boolean claims = wrote || mayWrite;
        if (claims && !turn.begin(false, home.holdTimeout())) {
            over();
            throw taken(null);
        }
        boolean ready = false;
        try {
            if (mayWrite) {
                pass.enter(home.holdTimeout());
                if (!wrote) {
                    turn.spare();
                }
            }
            session.follow(mayWrite);
            boolean warn = capturing && admit(command);
            session.link().autoCommit(autoCommit && !(capturing && mayWrite));
            ready = true;
            began = true;
            wrote |= mayWrite;
            return warn;
        } finally {
            if (!ready && claims) {
                unclaim();
            }
        }
    }

    /** The statement does not run after all. */
    private void unclaim() throws SQLException {
        if (!wrote) {
            pass.leave();
            turn.free();
        } else if (!turn.end()) {
            rollBackAll(null);
            // Instead of why the statement was refused: the application would go on as if nothing else had happened.
            throw taken(null);
        }
    }

    /** Refuses what cannot be captured, and logs what is captured before the engine commits by itself. */
    private boolean admit(Command command) throws SQLException {
        boolean warn = false;
        for (Command part : command.parts()) {
            warn |= Admission.check(part.meaning(), home.ddl());
        }
        if (command.parts().isEmpty()) {
            warn = Admission.check(command.meaning(), home.ddl());
        }
        if (command.commits() && !capture.isEmpty()) {
            capture.commit(session.link().physical());
        }
        return warn;
    }

    private void succeeded(RoutedStatement statement, Command command, int mark, Object result) throws SQLException {
        if (capturing && failedCounts(result) != null && !capture.cutFailedElements(mark, failedCounts(result))) {
            turn.beginEnding();
            rollBackAll(null);
            throw SqlState.RETRY.error(
                    "a batch has failed in part, and what it changed cannot be told; the transaction is"
                            + " rolled back, run it again");
        }
        remember(statement, command);
        if (command.endsTransaction()) {
            logIfCommitted();
            over();
        } else if (autoCommit) {
            endAutomatically();
        } else if (!wrote) {
            if (!capture.isEmpty()) {
                enterLate();
            }
        } else if (!turn.end()) {
            rollBackAll(null);
            throw taken(null);
        }
        if (command.isOpaque()) {
            adoptAutoCommit();
        }
    }

    private static int[] failedCounts(Object result) {
        int[] counts = result instanceof int[] small
                ? small
                : result instanceof long[] large
                        ? Arrays.stream(large).mapToInt(Transaction::sign).toArray()
                        : null;
        return counts != null && Arrays.stream(counts).anyMatch(count -> count == Statement.EXECUTE_FAILED)
                ? counts
                : null;
    }

    private static int sign(long count) {
        return count == Statement.EXECUTE_FAILED ? Statement.EXECUTE_FAILED : 0;
    }

    private void remember(RoutedStatement statement, Command command) {
        for (Command part : command.parts()) {
            remember(statement, part);
        }
        if (!command.parts().isEmpty()) {
            return;
        }
        switch (command.meaning().kind()) {
            case SESSION -> session.state().ran(command, statement.repetition(command));
            case DDL -> {
                if (command.meaning().temporary()) {
                    session.state().ran(command, statement.repetition(command));
                }
            }
            case UNKNOWN, SCRIPT, LOCK -> session.spoil();
            case READ, INSERT, UPDATE, DELETE, MERGE, TRUNCATE, LOAD, TRANSACTION, CALL, ADMIN, UPGRADE, EMPTY -> {
                // these leave nothing in the session
            }
        }
    }

    /** A statement that the engine has committed by itself, or that was taken for a read, may have changed rows. */
    private void logIfCommitted() throws SQLException {
        if (!capture.isEmpty()) {
            capture.logCommitted(session.link().physical());
        }
    }

    private void endAutomatically() throws SQLException {
        if (!wrote) {
            logIfCommitted();
            began = false;
        } else if (session.link().autoCommit()) {
            logIfCommitted();
            over();
        } else if (turn.beginEnding()) {
            commitCaptured();
        } else {
            rollBackAll(null);
            throw taken(null);
        }
    }

    /** A statement that was taken for a certain read has changed rows: the transaction is a writing one from now on. */
    private void enterLate() throws SQLException {
        try {
            wrote = true;
            turn.begin(false, home.holdTimeout());
            pass.enter(home.holdTimeout());
            session.follow(true);
            turn.end();
        } catch (SQLException | RuntimeException | Error e) {
            if (wrote) {
                rollBackAll(e);
            }
            throw e;
        }
    }

    /** Puts in order what a failed statement leaves; the caller throws on what it threw, unless this throws. */
    private void failed(int mark, Throwable e) throws SQLException {
        SQLException sql = e instanceof SQLException engine ? engine : null;
        BatchUpdateException batch = e instanceof BatchUpdateException b ? b : null;
        boolean ended = capturing && (sql == null || capture.endsTransaction(sql));
        boolean told = true;
        if (capturing && !ended) {
            if (batch == null) {
                capture.cutTo(mark);
            } else {
                told = capture.cutFailedElements(mark, batch.getUpdateCounts());
            }
        }
        if (ended || !told) {
            giveUp(told, batch, e);
        } else if (!wrote) {
            began &= !autoCommit;
        } else if (autoCommit ? !turn.beginEnding() : !turn.end()) {
            doomed(e);
        } else if (autoCommit) {
            endFailed(batch, e);
        }
    }

    /** The whole transaction goes, because the engine says so, or because what a batch changed cannot be told. */
    private void giveUp(boolean told, BatchUpdateException batch, Throwable e) throws SQLException {
        if (wrote) {
            turn.beginEnding();
        }
        rollBackAll(e);
        if (!told) {
            throw SqlState.RETRY.error(
                    "a batch has failed in part, and what it changed cannot be told; the transaction is"
                            + " rolled back, run it again",
                    e);
        }
        if (autoCommit && batch != null) {
            throw allFailed(batch);
        }
    }

    /** In autocommit mode counts are taken for rows that have landed, so they must say that none has. */
    private static BatchUpdateException allFailed(BatchUpdateException batch) {
        int[] none = new int[batch.getUpdateCounts().length];
        Arrays.fill(none, Statement.EXECUTE_FAILED);
        return new BatchUpdateException(batch.getMessage(), batch.getSQLState(), batch.getErrorCode(), none, batch);
    }

    private void doomed(Throwable e) throws SQLException {
        if (autoCommit && session.link().autoCommit()) {
            over();
        } else {
            rollBackAll(e);
        }
        throw taken(e);
    }

    /** Ends the statement's own transaction: the elements of a batch that have landed stay. */
    private void endFailed(BatchUpdateException batch, Throwable e) throws SQLException {
        if (session.link().autoCommit()) {
            over();
        } else if (batch == null) {
            rollBackAll(e);
        } else {
            try {
                commitCaptured();
            } catch (SQLException commit) {
                e.addSuppressed(commit);
                throw allFailed(batch);
            }
        }
    }

    // ---- its end

    void commit() throws SQLException {
        if (!wrote || autoCommit) {
            session.link().physical().commit();
            over();
        } else {
            beginEnd();
            commitCaptured();
        }
    }

    /** Makes a writing transaction's end its thread's own, or finds that a switchover was first. */
    private void beginEnd() throws SQLException {
        if (!turn.begin(true, home.holdTimeout())) {
            over();
            throw taken(null);
        }
    }

    private void commitCaptured() throws SQLException {
        boolean committed = false;
        try {
            capture.commit(session.link().physical());
            committed = true;
        } finally {
            if (committed) {
                over();
            } else if (capturing || autoCommit) {
                rollBackAll(null);
            } else {
                turn.free();
            }
        }
    }

    void rollback() throws SQLException {
        if (wrote && !autoCommit && !turn.begin(true, home.holdTimeout())) {
            over();
            return;
        }
        try {
            session.link().physical().rollback();
            over();
        } finally {
            turn.free();
        }
    }

    /** Rolls back without the application having asked for it; afterwards the pass is left. */
    private void rollBackAll(Throwable reason) throws SQLException {
        try {
            session.link().physical().rollback();
        } catch (SQLException e) {
            // What cannot be rolled back ends with its connection; the session takes another.
            turn.broke();
            if (reason != null) {
                reason.addSuppressed(e);
            }
            session.link().discard();
        } finally {
            over();
        }
    }

    private void over() {
        began = false;
        wrote = false;
        savepoints.clear();
        capture.forget();
        pass.leave();
        turn.free();
        if (begunByStatement) {
            begunByStatement = false;
            autoCommit = true;
        }
    }

    private static SQLException taken(Throwable cause) {
        return SqlState.RETRY.error("the transaction was rolled back by a switchover; run it again", cause);
    }

    /** Rolls back a transaction that had only read, but cannot write any more where it is. */
    SQLException passedBy() throws SQLException {
        rollBackAll(null);
        return SqlState.RETRY.error(
                "a switchover has passed this transaction while it had only read, and its isolation or"
                        + " a savepoint keeps it at the store that is not active any more; it is rolled back, run it again");
    }

    // ---- what steers it

    void autoCommit(boolean wanted) throws SQLException {
        if (wanted != autoCommit) {
            if (wanted) {
                commit();
                begunByStatement = false;
            }
            autoCommit = wanted;
        }
        session.link().autoCommit(wanted);
    }

    Savepoint setSavepoint(String name) throws SQLException {
        session.follow(false);
        Connection physical = session.link().physical();
        Savepoint raw = name == null ? physical.setSavepoint() : physical.setSavepoint(name);
        began = true;
        // Engines take a name that comes this way as if it were in quotes.
        savepointSet(name == null ? null : '"' + name.replace("\"", "\"\"") + '"');
        return new Savepoints.Marked(raw, capture.mark());
    }

    void rollback(Savepoint savepoint) throws SQLException {
        Savepoints.Marked marked = Savepoints.Marked.of(savepoint);
        steer(() -> session.link().physical().rollback(marked.raw()));
        capture.cutTo(Math.min(marked.mark(), capture.mark()));
    }

    void releaseSavepoint(Savepoint savepoint) throws SQLException {
        session.link()
                .physical()
                .releaseSavepoint(Savepoints.Marked.of(savepoint).raw());
    }

    /** Does something inside the transaction that is no statement, while no switchover can take it. */
    private void steer(Closing.Step step) throws SQLException {
        if (wrote) {
            beginEnd();
        }
        try {
            step.run();
        } finally {
            turn.free();
        }
    }

    /** Before a setting which some engines commit for: what has been captured could be committed without being logged. */
    void checkNothingCaptured(String method) throws SQLException {
        if (!capture.isEmpty()) {
            throw SqlState.REFUSED.error(method + " is refused in a transaction that has changed rows while an upgrade"
                    + " replicates, because engines may commit for it; commit or roll back first");
        }
    }

    // ---- what statements of transaction control need

    /** Ends the transaction by running a step, after logging what was captured if the step commits. */
    <T> T end(boolean commits, Work<Connection, T> step) throws SQLException {
        if (wrote && !autoCommit && !turn.begin(true, home.holdTimeout())) {
            over();
            if (commits) {
                throw taken(null);
            }
        }
        boolean ended = false;
        try {
            if (commits && !capture.isEmpty()) {
                capture.commit(session.link().physical());
            }
            T result = step.with(session.link().physical());
            ended = true;
            return result;
        } finally {
            if (ended) {
                over();
            } else if (capturing) {
                rollBackAll(null);
            } else {
                turn.free();
            }
        }
    }

    /** Runs a step inside the transaction, which begins with it. */
    <T> T inside(Work<Connection, T> step) throws SQLException {
        session.follow(false);
        began = true;
        List<T> result = new ArrayList<>(1);
        steer(() -> result.add(step.with(session.link().physical())));
        return result.get(0);
    }

    boolean isCapturing() {
        return capturing;
    }

    void savepointSet(String name) {
        savepoints.set(name, capture.mark());
    }

    /** Forgets what was captured since the savepoint of that name, or gives the transaction up if Baton does not know it. */
    void rolledBackTo(String name) throws SQLException {
        int mark = savepoints.mark(name);
        if (mark >= 0) {
            capture.cutTo(Math.min(mark, capture.mark()));
        } else if (!capture.isEmpty()) {
            rollBackAll(null);
            throw SqlState.RETRY.error(
                    "savepoint " + name + " was set where Baton did not see it, so what was rolled back"
                            + " cannot be told; the transaction is rolled back, run it again");
        }
    }

    /** A transaction has begun without a statement that says so, after COMMIT AND CHAIN. */
    void began() {
        began = true;
    }

    /** SET AUTOCOMMIT OFF has run. */
    void switchedOff() throws SQLException {
        begunByStatement = false;
        autoCommit = false;
        session.link().askAutoCommit();
    }

    /** BEGIN has run: autocommit is off until the transaction ends. */
    void begun() throws SQLException {
        begunByStatement |= autoCommit;
        autoCommit = session.link().askAutoCommit();
        began = true;
    }

    /** Takes over what the engine says of autocommit, after a statement that may have changed it. */
    void adoptAutoCommit() throws SQLException {
        boolean now = session.link().askAutoCommit();
        // While capturing in autocommit mode the engine's is off by Baton's own doing.
        if (now != autoCommit && (now || !capturing)) {
            if (now) {
                over();
            }
            begunByStatement = false;
            autoCommit = now;
        }
    }

    // ---- the end of the session

    /** Rolls back what is open; waits for a switchover that is rolling back just now. */
    void close() throws SQLException {
        if (wrote && !turn.begin(true, home.holdTimeout())) {
            over();
        } else if (!autoCommit && !turn.isBroken()) {
            rollBackAll(null);
        }
    }

    /** The connection will write no more. */
    void leave() {
        pass.close();
    }
}
