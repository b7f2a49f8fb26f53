package org.batonjdbc.store.upgrade;

import java.time.Instant;

/**
 * What UPGRADE STATUS tells at one moment.
 *
 * @param active the store that serves the application, without passwords
 * @param upgraded the other store; null if none is named
 * @param tables how many tables are replicated
 * @param rowsTotal rows to copy, as counted when the copy began
 * @param lagMillis age of the oldest change that is committed but not applied; 0 if there is none
 * @param startedAt null before UPGRADE START
 * @param switchedAt null before the switchover
 * @param pauseMillis how long the gate was closed at the last switchover; null before it
 * @param error why the upgrade failed; null unless it did
 */
public record Status(
        Phase phase,
        ReplicationState replication,
        String active,
        String upgraded,
        int tables,
        long rowsCopied,
        long rowsTotal,
        long changesCaptured,
        long changesApplied,
        long changesPending,
        long lagMillis,
        Instant startedAt,
        Instant switchedAt,
        Double pauseMillis,
        String error) {

    /** Whether changes are being applied. */
    public enum ReplicationState {
        /** Changes are captured and applied. */
        RUNNING,
        /** Changes are captured and accumulate. */
        PAUSED,
        /** Nothing is captured. */
        STOPPED
    }
}
