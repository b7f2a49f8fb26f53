package org.batonjdbc.store.log;

/**
 * The changes of one committed transaction.
 *
 * @param lsn its place in the order of commits, as far as transactions that touch the same rows are concerned
 * @param committedAt milliseconds since the epoch, shortly before its commit
 * @param changes what it did to rows; closed by the log when it forgets the transaction
 * @param inDoubt whether nobody knows if it has happened, so that its rows must be looked at in the active store
 */
public record LoggedTransaction(long lsn, long committedAt, Changes changes, boolean inDoubt) {
    /** A transaction that has committed. */
    public LoggedTransaction(long lsn, long committedAt, Changes changes) {
        this(lsn, committedAt, changes, false);
    }
}
