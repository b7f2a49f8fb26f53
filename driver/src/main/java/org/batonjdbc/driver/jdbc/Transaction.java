package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.batonjdbc.driver.capture.Capture;
import org.batonjdbc.driver.capture.KeyCapture;
import org.batonjdbc.driver.capture.NoCapture;
import org.batonjdbc.driver.capture.TriggerCapture;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.gate.Pass;
import org.batonjdbc.store.upgrade.Replication;
import org.batonjdbc.store.upgrade.Route;

/**
 * The transaction of a session: what it has done so far, whether it may move, and how it ends. {@link Execution} runs the
 * statements in it. Every method is called under the session's lock but {@link #isPlain}.
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
    /** Whether each statement is to be heard of, also when no upgrade runs. */
    private final boolean observing;

    private Capture capture = NoCapture.INSTANCE;
    private boolean capturing;
    private boolean autoCommit = true;
    /** Whether BEGIN has switched autocommit off until the transaction ends. */
    private boolean begunByStatement;
    /** Whether a statement has run since the last transaction ended. */
    private boolean began;
    /** Whether SET TRANSACTION has given this transaction another isolation than the session's. */
    private boolean choseItsMode;
    /** Whether one has run that may have written; then the pass is entered. */
    private boolean wrote;

    Transaction(Session session, Home home) {
        this.session = session;
        this.home = home;
        this.pass = home.gate().register();
        this.turn = new Turn(pass);
        this.observing = home.rehearsal().isObserving();
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
        if (wrote || capturing || observing || !session.link().commitsAs(autoCommit)) {
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
        capture = capturing ? capture(now, () -> routes.get().replication() == replication) : NoCapture.INSTANCE;
    }

    private static Capture capture(Route route, BooleanSupplier replicating) {
        Replication replication = route.replication();
        CaptureTriggers triggers = replication.triggers();
        return triggers instanceof RowTriggers calling
                ? new TriggerCapture(
                        replication, calling, route.store().dialect().orElseThrow(), replicating)
                : new KeyCapture(replication, (KeyTriggers) triggers, replicating);
    }

    // ---- what surrounds a statement

    /**
     * A statement begins: makes it its thread's turn if it or the transaction writes, and passes the gate if it may write.
     *
     * @return whether it is the thread's turn, so that {@link #endStatement}, {@link #beginEnding} or {@link #unclaim} must follow
     */
    boolean claim(boolean mayWrite) throws SQLException {
        if (!wrote && !mayWrite) {
            return false;
        }
        if (!turn.begin(false, home.holdTimeout())) {
            over();
            throw taken(null);
        }
        boolean entered = false;
        try {
            if (mayWrite) {
                pass.enter(home.holdTimeout());
                // abort() does not wait for who is held at the gate.
                session.checkOpen();
            }
            entered = true;
        } finally {
            if (!entered) {
                unclaim();
            }
        }
        if (!wrote) {
            turn.spare();
        }
        return true;
    }

    /** The statement does not run after all. */
    void unclaim() throws SQLException {
        if (!wrote) {
            pass.leave();
            turn.free();
        } else if (!turn.end()) {
            rollBackAll(null);
            // Instead of why the statement was refused: the application would go on as if nothing else had happened.
            throw taken(null);
        }
    }

    /** The statement runs now, in the physical transaction that it needs. */
    void begins(boolean mayWrite, boolean changesRows) throws SQLException {
        boolean captured = mayWrite && capture.needsTransaction(changesRows);
        session.link().autoCommit(autoCommit && !captured);
        if (captured) {
            capture.admit(session.link().physical());
        }
        began = true;
        wrote |= mayWrite;
    }

    /** Whether a statement that may write has run in it. */
    boolean wrote() {
        return wrote;
    }

    boolean isCapturing() {
        return capturing;
    }

    boolean isObserving() {
        return observing;
    }

    Capture capture() {
        return capture;
    }

    /** What runs now, for a switchover that wants to cancel it. */
    void running(Statement statement) {
        turn.running(statement);
    }

    /** A statement has ended and the transaction goes on; false if a switchover wants it to be rolled back. */
    boolean endStatement() {
        return turn.end();
    }

    /** A statement has ended and the transaction is about to; false if a switchover wants it to be rolled back. */
    boolean beginEnding() {
        return turn.beginEnding();
    }

    /** A read in autocommit mode has ended, or has failed, and left nothing. */
    void readOnly() {
        began &= !autoCommit;
    }

    /** Whether Baton commits behind the statement that runs, because it is the whole transaction. */
    boolean endsWithStatement() {
        return autoCommit && !session.link().autoCommit();
    }

    /**
     * What was taken for a read has been refused a change, and is about to be run again as a write. Where the engine's
     * transaction has not survived that, nothing is lost with it if its reads had no common snapshot.
     */
    void wasNoRead() throws SQLException {
        if (autoCommit) {
            readOnly();
        } else if (!capture.survivesRefusal()) {
            rollBackAll(null);
            if (choseItsMode
                    || session.link().physical().getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED) {
                throw SqlState.RETRY.error("a query of this transaction has turned out to change rows, which an upgrade"
                        + " that is running has to be told of before; the transaction is rolled back, run it again");
            }
        }
    }

    /** Logs and commits what was captured, before the engine commits by itself; the transaction goes on, empty. */
    void commitFirst() throws SQLException {
        try {
            capture.commit(session.link().physical());
        } catch (SQLException | RuntimeException | Error e) {
            rollBackAll(e);
            throw e;
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

    /** Logs what was captured and commits, or rolls back; to be called when it is this thread's turn. */
    void commitCaptured() throws SQLException {
        boolean committed = false;
        try {
            capture.commit(session.link().physical());
            committed = true;
            restore();
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
    void rollBackAll(Throwable reason) throws SQLException {
        try {
            session.link().physical().rollback();
            restore();
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

    /**
     * Between two statements in autocommit mode the engine is in that mode too. Else what asks it meanwhile, such as a prepare
     * or metadata, would begin a transaction, whose snapshot hides from the next statement what others have committed.
     */
    private void restore() throws SQLException {
        if (autoCommit && capturing) {
            session.link().autoCommit(true);
        }
    }

    /** The transaction is over, in the engine too. */
    void over() {
        began = false;
        wrote = false;
        choseItsMode = false;
        savepoints.clear();
        capture.forget();
        pass.leave();
        turn.free();
        if (begunByStatement) {
            begunByStatement = false;
            autoCommit = true;
            session.link().unsure();
        }
    }

    static SQLException taken(Throwable cause) {
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
        if (wanted && !autoCommit) {
            commit();
        }
        begunByStatement = false;
        autoCommit = wanted;
        session.link().autoCommit(wanted);
    }

    Savepoint setSavepoint(String name) throws SQLException {
        // Engines take a name that comes this way as if it were in quotes.
        String quoted = name == null ? null : '"' + name.replace("\"", "\"\"") + '"';
        Savepoint raw =
                setSavepoint(quoted, physical -> name == null ? physical.setSavepoint() : physical.setSavepoint(name));
        return new Savepoints.Marked(raw, capture.mark());
    }

    /**
     * Runs what sets a savepoint. It cannot move to another store, so a switchover waits for the transaction from here on,
     * as for one that has written.
     */
    <T> T setSavepoint(String name, Work<Connection, T> step) throws SQLException {
        if (!autoCommit && !wrote) {
            becomeWriting();
        }
        T result = inside(step);
        savepointSet(name);
        return result;
    }

    private void becomeWriting() throws SQLException {
        boolean ready = false;
        claim(true);
        try {
            session.follow(true);
            begins(true, true);
            ready = true;
        } finally {
            if (!ready) {
                unclaim();
            }
        }
        if (!endStatement()) {
            rollBackAll(null);
            throw taken(null);
        }
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
                capture.commit(session.link().physical()); // rolled back below if it fails
            }
            T result = step.with(session.link().physical());
            ended = true;
            return result;
        } finally {
            if (ended) {
                over();
            } else if (capturing || begunByStatement) {
                // Servers end a transaction whose COMMIT fails; what follows must not run in another one that nobody
                // ends.
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

    private void savepointSet(String name) {
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

    /** SET TRANSACTION has run. */
    void choseItsMode() {
        choseItsMode = true;
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
        autoCommit = session.link().begun();
        began = true;
    }

    /** Whether BEGIN has begun it, so that autocommit is on again when it has ended. */
    boolean isBegunByStatement() {
        return begunByStatement;
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
