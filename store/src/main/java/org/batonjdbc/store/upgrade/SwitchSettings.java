package org.batonjdbc.store.upgrade;

import java.time.Duration;

/**
 * How a switchover is to be made.
 *
 * @param dryRun only say what would happen
 * @param drainTimeout how long transactions in flight may take to end
 * @param onTimeout what to do with those that do not end in time
 * @param verifyRequired whether a VERIFY that found all tables the same must have come first
 */
public record SwitchSettings(boolean dryRun, Duration drainTimeout, OnTimeout onTimeout, boolean verifyRequired) {
    /** What to do with transactions that do not end in time. */
    public enum OnTimeout {
        /** Give up the switchover; the application goes on where it was. */
        ABORT,
        /** Roll them back; their connections report 40001. */
        ROLLBACK
    }
}
