package org.batonjdbc.store.upgrade;

import java.sql.SQLException;

/**
 * The control rows of a switchover: first the old active store says, for good, that it is fenced, then the next one that it is
 * active. Two active stores must never be found, none is mended on the next open. Used once, by the worker, behind the
 * closed gate.
 */
final class Handover {
    private final Pair pair;
    private final Running before;
    private final History history;
    private final History after;
    private Throwable failed;

    /**
     * A handover that has not begun.
     *
     * @param history of the upgrade until now
     * @param after its history if the handover succeeds
     */
    Handover(Pair pair, Running before, History history, History after) {
        this.pair = pair;
        this.before = before;
        this.history = history;
        this.after = after;
    }

    /** Why nobody can tell what the stores say now; null if it is known. */
    Throwable failed() {
        return failed;
    }

    /** Writes the new epoch and returns it; from now on the next process begins with the new active store. */
    long run() throws SQLException {
        Side next = before.following();
        long epoch = pair.route().epoch() + 1;
        pair.claims().confirm(); // nothing is written yet, so there is nothing to take back
        try {
            record(before.active(), new Standpoint(epoch, ControlRow.Role.FENCED, from(), history));
            Step.OLD_FENCED.passed();
            record(next, new Standpoint(epoch, ControlRow.Role.ACTIVE, to(), after));
            Step.NEW_ACTIVE.passed();
            return epoch;
        } catch (SQLException | RuntimeException | Error e) {
            takeBack(next, epoch + 1, e);
            throw e;
        }
    }

    /**
     * Returns to the old active store, behind the closed gate: what is written there once it is open must not be lost by a
     * process that ends now. A write that has reported an error may have happened all the same, so the old store's epoch
     * goes beyond it.
     */
    private void takeBack(Side next, long epoch, Throwable reason) {
        Route old = pair.route();
        pair.route(new Route(epoch, old.store(), old.replication()));
        try {
            record(before.active(), new Standpoint(epoch, ControlRow.Role.ACTIVE, from(), history));
            record(
                    next,
                    new Standpoint(
                            epoch,
                            before.forward() ? ControlRow.Role.FOLLOWER : ControlRow.Role.FENCED,
                            Phase.REPLICATING,
                            History.NONE));
            Step.SWITCH_UNDONE.passed();
        } catch (SQLException | RuntimeException | Error e) {
            reason.addSuppressed(e);
            failed = reason;
        }
    }

    /** Where the upgrade stands before and after; what the control rows say about it. */
    private Phase from() {
        return before.forward() ? Phase.REPLICATING : Phase.SWITCHED;
    }

    private Phase to() {
        return before.forward() ? Phase.SWITCHED : Phase.REPLICATING;
    }

    /** What a control row is to say. */
    private record Standpoint(long epoch, ControlRow.Role role, Phase phase, History history) {}

    /** Writes a control row, for good. */
    private void record(Side side, Standpoint says) throws SQLException {
        Side other = side == before.active() ? before.following() : before.active();
        ControlRow row = new ControlRow(
                before.id(),
                says.epoch(),
                says.role(),
                says.phase(),
                other.store().toString(),
                says.history());
        side.control().write(side.admin(), row);
        side.makeDurable();
    }
}
