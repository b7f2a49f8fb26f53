package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.batonjdbc.store.SqlState;

/**
 * Where an upgrade stands, for all to see and to wait for. The pair's worker changes it, any thread reads it and waits;
 * {@code state} is volatile, and {@code lock} only wakes those who wait.
 */
final class Standing {
    private final String pair;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = new State(Phase.IDLE, History.NONE, null);

    Standing(String pair) {
        this.pair = pair;
    }

    /** What STATUS tells but for figures; replaced as a whole. */
    record State(Phase phase, History history, String error) {
        State in(Phase next, String why) {
            return new State(next, history, why);
        }

        State with(History next) {
            return new State(phase, next, error);
        }
    }

    State now() {
        return state;
    }

    Phase phase() {
        return state.phase();
    }

    /** Called by the worker alone. */
    void change(UnaryOperator<State> next) {
        lock.lock();
        try {
            state = next.apply(state);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets those who wait look whether they still want to. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when the phase is reached, or one behind it on the way of an upgrade that goes well.
     *
     * @param givenUp whether whoever asked no longer wants to know, which is looked at after each {@link #wake}
     */
    void await(Phase phase, Duration timeout, BooleanSupplier givenUp) throws SQLException {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lock();
        try {
            while (!hasReached(phase)) {
                refuseHopeless(phase);
                if (givenUp.getAsBoolean()) {
                    throw SqlState.TIMED_OUT.error(
                            "UPGRADE WAIT FOR " + phase + " was cancelled; the upgrade goes on all the same");
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw SqlState.TIMED_OUT.error("UPGRADE WAIT FOR " + phase + " has waited " + timeout.toMillis()
                            + " ms; pair " + pair + " is " + state.phase() + ". Look at UPGRADE STATUS, or wait longer"
                            + " WITH (timeout = '...')");
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TIMED_OUT.error("UPGRADE WAIT FOR " + phase + " was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void refuseHopeless(Phase phase) throws SQLException {
        State now = state;
        if (now.phase() == Phase.FAILED) {
            throw SqlState.REFUSED.error("UPGRADE WAIT FOR " + phase + ": the upgrade has failed: " + now.error()
                    + ". Run UPGRADE CANCEL and start again");
        }
        if (now.phase() == Phase.IDLE) {
            throw SqlState.REFUSED.error("UPGRADE WAIT FOR " + phase + " needs an upgrade that runs; pair " + pair
                    + " is IDLE. Run UPGRADE START first");
        }
    }

    private boolean hasReached(Phase wanted) {
        Phase now = state.phase();
        return switch (wanted) {
            case IDLE, FAILED, SWITCHED -> now == wanted;
            case COPYING, REPLICATING, SWITCHING ->
                now != Phase.FAILED && now != Phase.IDLE && now.compareTo(wanted) >= 0;
        };
    }
}
