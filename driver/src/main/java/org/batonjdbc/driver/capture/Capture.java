package org.batonjdbc.driver.capture;

import java.sql.Connection;
import java.sql.SQLException;
import org.batonjdbc.store.dialect.CaptureTriggers;

/**
 * Finds which rows the statements of one connection change, and logs them with its commits. Used by one thread at a
 * time, the one that works with the connection. A capture belongs to one replication; when that ends or another begins,
 * the connection takes a new one.
 *
 * <p>What is not overridden is right where nothing is captured, or where the engine itself keeps account of what a
 * failure or a savepoint takes back.
 */
public interface Capture {
    /**
     * Whether a statement that may write must run in a transaction that Baton commits.
     *
     * @param changesRows false if it only sets something, or looks after the database
     */
    boolean needsTransaction(boolean changesRows);

    /** Before such a statement, in the physical transaction in which it will run. */
    default void admit(Connection physical) throws SQLException {}

    /**
     * A statement begins; until {@link #end}, what the calling thread changes belongs to this transaction.
     *
     * @return a mark for {@link #cutTo}
     */
    default int begin() {
        return 0;
    }

    /** The statement has ended, well or not. */
    default void end() {}

    /** A statement that was taken for a read begins; until {@link #endRead}, what the calling thread changes is refused. */
    default void beginRead() {}

    /**
     * The statement has ended, well or not.
     *
     * @param e what it failed with, null if it did not, or did not tell
     * @return whether it wanted to change rows: it was no read, has changed nothing, and has to be admitted
     */
    default boolean endRead(Throwable e) {
        return CaptureTriggers.isBypass(e);
    }

    /** Whether the engine's transaction goes on as if nothing had happened when a read was refused a change. */
    default boolean survivesRefusal() {
        return false;
    }

    /**
     * What ran since {@link #begin} has succeeded, and consisted of so many statements of the application's own that change
     * rows; what others changed, code inside the engine may have undone again.
     */
    default void succeeded(int statements) {}

    /** A mark for {@link #cutTo}, between two statements. */
    default int mark() {
        return 0;
    }

    /** Forgets what was captured since the mark: the statement failed, or was rolled back to a savepoint. */
    default void cutTo(int mark) {}

    /** What ran last has failed in part: what was captured of it may have been undone, or not. */
    default void doubt() {}

    /** Whether the transaction has certainly changed nothing that is captured. */
    boolean isEmpty();

    /** Forgets everything: the transaction was rolled back. */
    default void forget() {}

    /**
     * Logs what the transaction changed and commits it, or does neither. After an exception the caller must roll back.
     */
    void commit(Connection physical) throws SQLException;

    /** Logs what the engine has committed already, by a statement that does so itself. */
    default void logCommitted(Connection physical) throws SQLException {
        forget();
    }

    /** Whether the engine has, or should have, given up the whole transaction and not only a statement. */
    default boolean endsTransaction(SQLException e) {
        return false;
    }
}
