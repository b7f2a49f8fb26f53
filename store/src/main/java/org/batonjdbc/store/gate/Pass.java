package org.batonjdbc.store.gate;

import java.sql.SQLException;
import java.time.Duration;

/**
 * One connection's own mark at the {@link Gate}: whether its transaction has written, or may be writing just now.
 *
 * <p>Only the thread that uses the connection marks it; any thread may read the mark. A drain that reads it may ask for
 * the transaction to be given up, through {@link #interruptor}.
 */
public final class Pass {
    private final Gate gate;
    /** Written by the connection's thread, read by whoever drains. */
    private volatile boolean writing;
    /** How a switchover that rolls back stragglers reaches this connection; set by the connection. */
    private volatile Interruptor interruptor;

    Pass(Gate gate) {
        this.gate = gate;
    }

    /** Gives up the transaction of a connection in favour of a switchover. */
    @FunctionalInterface
    public interface Interruptor {
        /**
         * Cancels what runs and makes the transaction end by a rollback, which its connection reports as 40001. Called by
         * the thread that switches over; returns without waiting for the connection's own thread.
         */
        void rollBack() throws SQLException;
    }

    /** Names who can give up this connection's transaction. */
    public void interruptor(Interruptor newInterruptor) {
        interruptor = newInterruptor;
    }

    /** Asks the connection to give up its transaction; does nothing for one that cannot. */
    public void rollBack() throws SQLException {
        Interruptor current = interruptor;
        if (current != null) {
            current.rollBack();
        }
    }

    /**
     * Marks the transaction as writing, and holds it at a closed gate if it has not written before. To be called before
     * each statement that may write or lock; costs a read when the transaction has written already. While a switchover
     * catches up, it comes in a little later.
     *
     * @throws SQLException 55P03 if held for longer than {@code holdTimeout}
     */
    public void enter(Duration holdTimeout) throws SQLException {
        if (writing) {
            return;
        }
        gate.pace();
        while (true) {
            writing = true;
            // The mark is visible before the gate is read, so a closing gate either sees it and waits for this
            // transaction, or is seen here.
            if (!gate.isClosed()) {
                return;
            }
            writing = false;
            gate.signal();
            gate.awaitOpen(holdTimeout);
        }
    }

    /** Removes the mark: the transaction is over, or what was going to write did not. */
    public void leave() {
        if (writing) {
            writing = false;
            // Whoever closed the gate before this write either sees the mark gone or is woken here.
            if (gate.isClosed()) {
                gate.signal();
            }
        }
    }

    /** Whether the transaction has written or may be writing just now. */
    public boolean isWriting() {
        return writing;
    }

    /** Unregisters the connection, which will write no more. */
    public void close() {
        writing = false;
        gate.unregister(this);
    }
}
