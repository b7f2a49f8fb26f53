package org.batonjdbc.driver.capture;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Finds which rows the statements of one connection change, and logs them with its commits. Used by one thread at a
 * time, the one that works with the connection. A capture belongs to one replication; when that ends or another begins,
 * the connection takes a new one.
 */
public interface Capture {
    /** What a connection has when no upgrade runs. */
    Capture NONE = new NoCapture();

    /** Whether rows are captured at all. */
    boolean isOn();

    /**
     * Whether a statement that may write must run in a transaction that Baton commits.
     *
     * @param changesRows false if it only sets something, or looks after the database
     */
    boolean needsTransaction(boolean changesRows);

    /** Before such a statement, in the physical transaction in which it will run. */
    void admit(Connection physical) throws SQLException;

    /**
     * A statement begins; until {@link #end}, what the calling thread changes belongs to this transaction.
     *
     * @return a mark for {@link #cutTo}
     */
    int begin();

    /** The statement has ended, well or not. */
    void end();

    /**
     * What ran since {@link #begin} has succeeded, and consisted of so many statements of the application's own that change
     * rows; what others changed, code inside the engine may have undone again.
     */
    void succeeded(int statements);

    /** A mark for {@link #cutTo}, between two statements. */
    int mark();

    /** Forgets what was captured since the mark: the statement failed, or was rolled back to a savepoint. */
    void cutTo(int mark);

    /**
     * Forgets what the failed elements of a batch did.
     *
     * @return false if that cannot be told from the rest, so that the transaction must be rolled back
     */
    boolean cutFailedElements(int mark, int[] counts);

    /** Whether each element of a batch can be told from the next by what is captured of it. */
    boolean marksElements();

    /** Whether the engine ends a batch with its first element that fails, and reports the counts of those before it. */
    boolean endsBatchAtFailure();

    /** Whether the transaction has certainly changed nothing that is captured. */
    boolean isEmpty();

    /** Forgets everything: the transaction was rolled back. */
    void forget();

    /**
     * Logs what the transaction changed and commits it, or does neither. After an exception the caller must roll back.
     */
    void commit(Connection physical) throws SQLException;

    /** Logs what the engine has committed already, because a statement that was taken for a read has written. */
    void logCommitted(Connection physical) throws SQLException;

    /** Whether the engine has, or should have, given up the whole transaction and not only a statement. */
    boolean endsTransaction(SQLException e);
}
