package org.batonjdbc.store.upgrade;

/**
 * What a switchover did, or would do.
 *
 * @param fromStore the store that served the application before, without passwords
 * @param toStore the store that serves it now
 * @param pauseMillis how long the gate was closed; 0 for a dry run
 * @param transactionsDrained writing transactions that were in flight and waited for
 * @param transactionsRolledBack of these, how many were rolled back
 * @param changesApplied changes that were applied while the gate was closed
 */
public record SwitchReport(
        String fromStore,
        String toStore,
        double pauseMillis,
        long transactionsDrained,
        long transactionsRolledBack,
        long changesApplied) {}
