package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.gate.Gate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies, with the gate open, until little is left. Where writers are faster than the following store, each of their
 * transactions is made to wait before it begins: a little, and more until the backlog shrinks, but never longer than
 * {@link #LONGEST}. Used once, by the worker.
 */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    /** As many changes as are applied in a blink; with more pending, it is too early to close the gate. */
    private static final long FEW = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** A pause that a user takes for a slow answer and not for an outage. */
    static final Duration LONGEST = Duration.ofMillis(100);

    /** After so long a backlog that has not shrunk by much will not do so by itself. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** A backlog that would need more looks than that at the rate of the last one does not shrink fast enough. */
    private static final int LOOKS_LEFT = 50;

    private final String pair;
    private final Gate gate;
    private final Follower follower;
    private Duration longest = Duration.ZERO;

    CatchUp(String pair, Gate gate, Follower follower) {
        this.pair = pair;
        this.gate = gate;
        this.follower = follower;
    }

    /**
     * Returns when little is pending; writers run freely again then, as they do after an exception.
     *
     * @return in words, what was done
     * @throws SQLException 55P03 if the backlog has not gone after a minute
     */
    String run() throws SQLException {
        long applied = follower.changesApplied();
        long begin = System.nanoTime();
        long looked = begin;
        long before = pending();
        try {
            while (pending() > FEW) {
                if (follower.step() == 0) {
                    follower.awaitOldest(LOOK_EVERY);
                }
                long now = System.nanoTime();
                if (now - looked > LOOK_EVERY.toNanos()) {
                    if (pending() > before - before / LOOKS_LEFT) {
                        slowDown();
                    }
                    looked = now;
                    before = pending();
                }
                if (now - begin > PATIENCE.toNanos()) {
                    throw SqlState.TIMED_OUT.error("the upgraded store does not catch up: " + pending() + " changes are"
                            + " still pending after " + PATIENCE.toSeconds() + " s, in which each transaction was made"
                            + " to wait for up to " + longest.toMillis() + " ms. The application works on; try again"
                            + " when it writes less");
                }
            }
            return (follower.changesApplied() - applied) + " changes"
                    + (longest.isZero() ? "" : ", transactions waited up to " + longest.toMillis() + " ms to begin");
        } finally {
            gate.slow(Duration.ZERO);
        }
    }

    private long pending() {
        return follower.log().figures().pending();
    }

    private void slowDown() {
        Duration next = longest.isZero() ? SHORTEST : longest.multipliedBy(2);
        longest = next.compareTo(LONGEST) > 0 ? LONGEST : next;
        gate.slow(longest);
        LOG.info(
                "pair {}: {} changes pending do not get fewer; each writing transaction waits {} ms before it begins",
                pair,
                pending(),
                longest.toMillis());
    }
}
