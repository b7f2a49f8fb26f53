package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what an upgrade that is over has left on both stores. Best effort: the control row says already that it is
 * over, and what stays is in nobody's way and goes with the next START. Used once, by the worker.
 */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private final String pair;
    private final Side active;
    private final Side following;
    private final String pairId;
    private final long epoch;

    Ending(String pair, Running ended, long epoch) {
        this.pair = pair;
        this.active = ended.active();
        this.following = ended.following();
        this.pairId = ended.id();
        this.epoch = epoch;
    }

    /** After a switchover: both stores keep their rows, and their control rows go on saying who took over. */
    void completed() {
        clearActive();
        clearReplaced();
        close();
    }

    private void clearActive() {
        try {
            active.control().dropAllButRow(active.admin());
            Step.ACTIVE_CLEARED.passed();
        } catch (SQLException e) {
            LOG.warn("pair {}: Baton's tables could not be dropped: {}", pair, e.toString());
        }
    }

    private void clearReplaced() {
        try {
            following.control().dropAllButRow(following.admin());
            Optional<ControlRow> row = following.control().read(following.admin());
            if (row.isPresent()) {
                following.control().write(following.admin(), row.get().in(Phase.IDLE));
            }
            Step.REPLACED_CLEARED.passed();
        } catch (SQLException e) {
            LOG.warn("pair {}: the replaced store could not be cleared: {}", pair, e.toString());
        }
    }

    /** Before a switchover: the upgraded store is empty again, and the active one as it was. */
    void cancelled() {
        try {
            following.dialect().clear(following.admin());
            // The row that tells whose leftovers these are must not go before they are gone for good.
            following.makeDurable();
            Step.UPGRADED_CLEARED.passed();
            active.control().restore(active.admin(), pairId, epoch);
            Step.CANCELLED.passed();
        } catch (SQLException e) {
            // The control row stays, so that the next START knows whose leftovers these are.
            LOG.warn("pair {}: the upgraded store could not be cleared: {}", pair, e.toString());
        }
        close();
    }

    private void close() {
        following.close();
        active.close();
    }
}
