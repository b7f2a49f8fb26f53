package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.gate.Pass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to use the physical connection of a writing transaction: its own thread's, or that of a switchover
 * which gives the transaction up. Shared by these two threads; {@code state} decides between them.
 *
 * <p>The connection's thread goes from IDLE to BUSY around each statement and to ENDING for commit and rollback. A switchover
 * that meets IDLE takes the turn and rolls back itself; one that meets BUSY leaves word (DOOMED), so that the connection's
 * thread rolls back when its statement returns; one that meets ENDING does nothing, for the transaction is over in a moment.
 * Each step is one compare-and-set, so exactly one thread rolls back. The pass is left only after that has happened.
 */
final class Turn implements Pass.Interruptor {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    /** Who may use the connection now. */
    private enum State {
        /** Nobody does; either thread may take the turn. */
        IDLE,
        /** The connection's thread runs a statement. */
        BUSY,
        /** The connection's thread ends the transaction and is not to be disturbed. */
        ENDING,
        /** The connection's thread runs a statement, and has to roll back afterwards. */
        DOOMED,
        /** The switchover's thread is rolling back. */
        TAKING,
        /** The switchover has rolled the transaction back, and the connection's thread does not know it yet. */
        TAKEN
    }

    private final Pass pass;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    /** Set before TAKING, so whoever sees that finds it. */
    private volatile CountDownLatch taking;
    /** What the connection's thread runs; null if it cannot be cancelled. */
    private volatile Statement running;
    /** The connection of the transaction. */
    private volatile Connection physical;
    /** Whether a rollback failed, so that the physical connection is of no use any more. */
    private volatile boolean broken;

    Turn(Pass pass) {
        this.pass = pass;
        pass.interruptor(this);
    }

    /** From now on transactions are on this connection. */
    void on(Connection newPhysical) {
        physical = newPhysical;
        broken = false;
    }

    /** Whether the physical connection did not survive a rollback, and another must be taken. */
    boolean isBroken() {
        return broken;
    }

    /** The physical connection is of no use any more. */
    void broke() {
        broken = true;
    }

    /**
     * A statement begins, or the end of the transaction.
     *
     * @return false if a switchover has rolled the transaction back; the turn is free then
     */
    boolean begin(boolean ending, Duration limit) throws SQLException {
        State wanted = ending ? State.ENDING : State.BUSY;
        while (true) {
            if (state.compareAndSet(State.IDLE, wanted)) {
                return true;
            }
            if (state.compareAndSet(State.TAKEN, State.IDLE)) {
                return false;
            }
            State seen = state.get();
            if (seen == State.TAKING) {
                awaitTaken(limit);
            } else if (seen != State.IDLE && seen != State.TAKEN) {
                throw SqlState.REFUSED.error("this connection is in use by another thread just now; wait until its"
                        + " statement has returned");
            }
        }
    }

    private void awaitTaken(Duration limit) throws SQLException {
        try {
            if (!taking.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw SqlState.TIMED_OUT.error("a switchover has been rolling this transaction back for "
                        + limit.toMillis() + " ms; roll back, or close the connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TIMED_OUT.error("interrupted while a switchover rolls this transaction back", e);
        }
    }

    /** The statement that begins to run, for whoever wants to cancel it. */
    void running(Statement statement) {
        running = statement;
    }

    /** Forgets a switchover's word that came while the transaction was held at the gate and had done nothing. */
    void spare() {
        state.compareAndSet(State.DOOMED, State.BUSY);
    }

    /**
     * The statement has returned and the transaction goes on.
     *
     * @return false if it has to be rolled back; the turn is still the caller's then
     */
    boolean end() {
        running = null;
        return state.compareAndSet(State.BUSY, State.IDLE);
    }

    /**
     * The statement has returned and the transaction is about to end.
     *
     * @return false if it has to be rolled back
     */
    boolean beginEnding() {
        running = null;
        return state.compareAndSet(State.BUSY, State.ENDING);
    }

    /** The transaction is over: nobody has the turn any more. */
    void free() {
        running = null;
        state.set(State.IDLE);
    }

    @Override
    public void rollBack() throws SQLException {
        taking = new CountDownLatch(1);
        if (state.compareAndSet(State.IDLE, State.TAKING)) {
            take();
        } else if (pass.isWriting() && state.compareAndSet(State.BUSY, State.DOOMED)) {
            Statement statement = running;
            if (statement != null) {
                statement.cancel();
            }
        }
    }

    /** Rolls back in place of the connection's thread, unless the transaction has ended before the turn was taken. */
    private void take() throws SQLException {
        State next = State.IDLE;
        try {
            if (pass.isWriting()) {
                next = State.TAKEN;
                physical.rollback();
            }
        } catch (SQLException | RuntimeException e) {
            broken = true;
            LOG.warn("a transaction that a switchover gave up could not be rolled back; its connection is closed", e);
            physical.abort(Runnable::run);
        } finally {
            if (next == State.TAKEN) {
                pass.leave();
            }
            // Not if the connection's thread has gone on meanwhile, which it may where there was nothing to take.
            state.compareAndSet(State.TAKING, next);
            taking.countDown();
        }
    }
}
