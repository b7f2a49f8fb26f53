package org.batonjdbc.store.upgrade;

import java.time.Instant;

/**
 * What an upgrade has been through, as far as the next process must know it.
 *
 * @param startedAt null before UPGRADE START
 * @param switchedAt when the last switchover was; null before it
 * @param pauseMillis how long the gate was closed then; null before it, or if the process died before it was known
 * @param verified whether the last VERIFY of all tables, and each after it, found them the same
 * @param paused whether the operator wants changes to accumulate
 */
record History(Instant startedAt, Instant switchedAt, Double pauseMillis, boolean verified, boolean paused) {
    static final History NONE = new History(null, null, null, false, false);

    static History begun(Instant at) {
        return new History(at, null, null, false, false);
    }

    History switched(Instant at, Double millis) {
        return new History(startedAt, at, millis, verified, paused);
    }

    History verified(boolean same) {
        return new History(startedAt, switchedAt, pauseMillis, same, paused);
    }

    History paused(boolean pause) {
        return new History(startedAt, switchedAt, pauseMillis, verified, pause);
    }
}
