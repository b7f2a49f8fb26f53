package org.batonjdbc.store.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Committed transactions' changes that the following store has not applied yet. Application threads reserve a place just
 * before their commit and say afterwards how it ended; one worker reads in the order of LSNs, applies, and forgets.
 */
public interface ChangeLog extends AutoCloseable {
    /**
     * Draws the LSN of a transaction that is about to commit and still holds its row locks, so that of two transactions
     * that touch one row the later has the larger LSN; and logs its changes, inside that transaction where the log
     * is a table.
     *
     * @param connection the transaction's own
     * @param changes not empty; the log closes them when it does not need them any more
     * @throws SQLException if the changes cannot be logged; the transaction must then not commit
     */
    Slot reserve(Connection connection, Changes changes) throws SQLException;

    /**
     * Gives everything up, because something that commits with this connection cannot be logged: the log drops what it
     * has, and logs nothing any more.
     */
    void giveUp(Connection connection, String reason) throws SQLException;

    /** A reserved place in the log; exactly one of its methods must be called, in a {@code finally} if need be. */
    interface Slot {
        /** The commit succeeded. */
        void committed();

        /** The transaction is rolled back, its changes never happened. */
        void rolledBack();

        /**
         * The commit has reported an error, and may have succeeded all the same. A log in a table is atomic with the
         * transaction and knows; any other hands the transaction to the reader as one whose rows must be looked at.
         */
        void inDoubt();

        /** The slot of a transaction that nobody will apply, because the log has overflowed or was closed. */
        Slot IGNORED = new Slot() {
            @Override
            public void committed() {}

            @Override
            public void rolledBack() {}

            @Override
            public void inDoubt() {}
        };
    }

    /**
     * Committed transactions in the order of their LSNs, from the oldest that is not forgotten; passes none whose end is
     * still open.
     *
     * @param maxChanges stop when that many changes are read; at least one transaction is returned if there is one
     */
    List<LoggedTransaction> read(int maxChanges) throws SQLException;

    /**
     * Waits until the oldest transaction has ended, so that there is something to read, but not for longer than that;
     * returns at once if there is none.
     *
     * @throws InterruptedException if the reader's thread is interrupted
     */
    void awaitOldest(Duration longest) throws InterruptedException;

    /** Drops transactions that were read first and are applied for good. */
    void forget(List<LoggedTransaction> applied) throws SQLException;

    /** The largest LSN that was drawn so far, 0 if none was. */
    long lastLsn();

    /** The smallest LSN that is reserved or not forgotten; {@code lastLsn() + 1} if there is none. */
    long firstPendingLsn();

    /** Why the log has dropped everything and logs nothing any more, in words for the operator; empty if it has not. */
    Optional<String> givenUp();

    /** How much may accumulate before the log is given up. */
    long maxBytes();

    /** What STATUS tells; may be called by any thread at any time, and does no I/O. */
    Figures figures();

    @Override
    void close();

    /**
     * How full the log is.
     *
     * @param captured changes that were committed since the log was opened
     * @param pending of these, how many are not applied
     * @param oldestCommittedAt when the oldest pending transaction was committed, milliseconds since the epoch; 0 if none
     * @param bytes an estimate of the room that the pending changes take
     */
    record Figures(long captured, long pending, long oldestCommittedAt, long bytes) {}
}
