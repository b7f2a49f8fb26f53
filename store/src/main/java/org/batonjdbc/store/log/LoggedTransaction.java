package org.batonjdbc.store.log;

import java.util.List;

/**
 * The changes of one committed transaction.
 *
 * @param lsn its place in the order of commits, as far as transactions that touch the same rows are concerned
 * @param committedAt milliseconds since the epoch, shortly before its commit
 * @param changes at most one for each row, in no particular order
 */
public record LoggedTransaction(long lsn, long committedAt, List<Change> changes) {
    public LoggedTransaction {
        changes = List.copyOf(changes);
    }
}
