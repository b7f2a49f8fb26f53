package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a worker's lost connections again. A server that restarts, or ends its sessions, has lost nothing that is committed, so
 * replication waits for it and goes on, and so it does with a store in this process that has lost one connection and has the other. Such
 * a store that has closed both is closed itself, and what is in step with it is not known, so only what ends the upgrade may
 * open it again. Used by the worker alone.
 */
final class Reconnection {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnection.class);
    /** How long a store may be away. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** A store that loses connections each time at the same work would do so for ever. */
    private static final int MOST = 10;

    private final String pair;
    private boolean waiting;
    private long lostAt;
    private long triedAt;
    private int inARow;

    Reconnection(String pair) {
        this.pair = pair;
    }

    /** Whether what has failed should be done again, because connections to a store that is still there are lost. */
    boolean explains(Throwable failure, Running running) {
        List<Side> lost = lost(running).toList();
        if (lost.isEmpty() || lost.stream().anyMatch(Side::isClosed) || inARow == MOST) {
            return false;
        }
        LOG.warn(
                "pair {}: connections to {} are lost, and opened again: {}",
                pair,
                lost.get(0).store(),
                failure.toString());
        inARow++;
        waiting = true;
        lostAt = System.nanoTime();
        triedAt = lostAt - LOOK_EVERY.toNanos();
        return true;
    }

    /** Something has worked again. */
    void worked() {
        inARow = 0;
    }

    /**
     * Whether there is something to work with; tries now and then to open what is lost.
     *
     * @throws SQLException the engine's own, if the store has been away for too long
     */
    boolean isOpen(Running running) throws SQLException {
        if (!waiting) {
            return true;
        }
        long now = System.nanoTime();
        if (now - triedAt < LOOK_EVERY.toNanos()) {
            return false;
        }
        triedAt = now;
        try {
            openLost(running, false);
            waiting = false;
            return true;
        } catch (SQLException e) {
            if (now - lostAt > PATIENCE.toNanos()) {
                waiting = false;
                throw e;
            }
            LOG.debug("pair {}: connections cannot be opened again yet", pair, e);
            return false;
        }
    }

    /**
     * Opens what is lost, before a verb that needs it; what cannot be opened stays lost, and the verb will tell.
     *
     * @param ending whether nothing is to go on but the end of the upgrade
     */
    void prepare(Running running, boolean ending) {
        try {
            openLost(running, ending);
            waiting = false;
        } catch (SQLException e) {
            LOG.debug("pair {}: connections cannot be opened again", pair, e);
        }
    }

    private void openLost(Running running, boolean ending) throws SQLException {
        SQLException failed = null;
        boolean any = false;
        for (Side side : lost(running).toList()) {
            if (side.isClosed() && !ending) {
                continue;
            }
            try {
                side.openAgain(running.id());
                any = true;
            } catch (SQLException e) {
                failed = e; // the other one is needed all the same
            }
        }
        if (any) {
            running.follower().tolerateBacklog();
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static Stream<Side> lost(Running running) {
        return Stream.of(running.active(), running.following()).filter(Side::isLost);
    }
}
