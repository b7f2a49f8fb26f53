package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.gate.Pass;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.RowEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One move of all traffic from the active store to the following one, which then replicates back.
 *
 * <p>Whatever fails before the new epoch is written returns to the old active store with the gate open; after it, the new
 * store serves, and a failure only ends the replication back. Used once, by the worker.
 */
final class Switchover {
    private static final Logger LOG = LoggerFactory.getLogger(Switchover.class);
    /** As many changes as are applied in a blink; with more pending, it is too early to close the gate. */
    private static final long FEW = 500;

    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Duration ROLL_BACK = Duration.ofSeconds(5);

    private final Pair pair;
    private final Running before;
    private final SwitchSettings settings;
    private Running reversed;
    private Exception failed;

    Switchover(Pair pair, Running before, SwitchSettings settings) {
        this.pair = pair;
        this.before = before;
        this.settings = settings;
    }

    /** What runs after the switchover, in the other direction. */
    Running reversed() {
        return reversed;
    }

    /** Why replication can go on in neither direction; null if it can. */
    Exception failed() {
        return failed;
    }

    /** What {@link #run} would do now. */
    SwitchReport rehearse() {
        return report(
                0,
                pair.gate().writing(settings.own()).size(),
                0,
                before.follower().log().figures().pending());
    }

    SwitchReport run() throws SQLException {
        Side next = before.following();
        SwitchReport report;
        try {
            prepare(next);
            catchUp();
            report = pair.withGateClosed(() -> move(next));
        } catch (SQLException | RuntimeException e) {
            undo(next, e);
            throw e;
        }
        demote(before.active());
        return report;
    }

    /** Everything that takes time and can be undone, while the application works on. */
    private void prepare(Side next) throws SQLException {
        RowEvents events = new RowEvents();
        events.exempt(Thread.currentThread());
        Catalog there = next.dialect().catalog(next.admin());
        Catalog catalog = new Catalog(
                there.tables().stream()
                        .filter(table -> before.catalog().table(table.name()).isPresent())
                        .toList(),
                there.triggers());
        TableMatch match = TableMatch.of(catalog, before.catalog());
        Durability durability = before.durability();
        Follower.Plan back = new Follower.Plan(
                next,
                before.active(),
                catalog,
                match,
                durability.newLog(next, catalog),
                durability.newProgress(before.active()));
        reversed = new Running(
                before.id(),
                before.credentials(),
                durability,
                back,
                events,
                Follower.following(back),
                before.script(),
                !before.forward(),
                Running.Counted.NOTHING);
        pair.warm(next.store(), before.credentials());
        next.dialect()
                .rowTriggers()
                .orElseThrow()
                .attach(next.admin(), next.store().engineLoader(), catalog.tables(), events);
        moveCounters(next);
    }

    private void moveCounters(Side next) throws SQLException {
        Dialect from = before.active().dialect();
        next.dialect()
                .advance(
                        next.admin(),
                        from.counters(before.active().admin(), before.catalog().tables()));
    }

    private void catchUp() throws SQLException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (before.follower().log().figures().pending() > FEW) {
            before.follower().step();
            if (System.nanoTime() > deadline) {
                throw SqlState.TIMED_OUT.error("the upgraded store does not catch up: "
                        + before.follower().log().figures().pending()
                        + " changes are still pending. The application works on; try again when it writes less");
            }
        }
    }

    /** The pause: everything here happens behind the closed gate. */
    private SwitchReport move(Side next) throws SQLException {
        long begin = System.nanoTime();
        int inFlight = pair.gate().writing(settings.own()).size();
        int rolledBack = drain();
        long appliedBefore = before.follower().changesApplied();
        ChangeLog log = before.follower().log();
        while (log.firstPendingLsn() <= log.lastLsn()) {
            before.follower().apply();
        }
        if (log.hasOverflowed()) {
            // It is empty because it has dropped what is missing on the other store.
            throw SqlState.REFUSED.error("the change log has grown beyond maxLogBytes while the gate was being closed;"
                    + " nothing was switched");
        }
        moveCounters(next);
        next.dialect().build(next.admin(), before.script().triggers());
        next.dialect().follow(next.admin(), false);
        long epoch = pair.route().epoch() + 1;
        // The old active store first: two active stores must never be found, none is mended on the next open.
        write(before.active(), epoch, ControlRow.Role.FENCED, from());
        write(next, epoch, ControlRow.Role.ACTIVE, to());
        reversed = reversed.countingFrom(before.counted());
        pair.route(new Route(epoch, next.store(), reversed.replication()));
        double pause = (System.nanoTime() - begin) / 1e6;
        return report(pause, inFlight, rolledBack, before.follower().changesApplied() - appliedBefore);
    }

    private int drain() throws SQLException {
        try {
            List<Pass> left = pair.gate().drain(settings.own(), settings.drainTimeout());
            if (left.isEmpty()) {
                return 0;
            }
            if (settings.onTimeout() == SwitchSettings.OnTimeout.ABORT) {
                throw SqlState.TIMED_OUT.error(left.size() + " transactions in flight did not end within "
                        + settings.drainTimeout().toMillis() + " ms; nothing was switched. Wait longer WITH"
                        + " (drain_timeout = '...'), or roll them back WITH (on_timeout = 'rollback')");
            }
            for (Pass pass : left) {
                pass.rollBack();
            }
            List<Pass> stubborn = pair.gate().drain(settings.own(), ROLL_BACK);
            if (!stubborn.isEmpty()) {
                throw SqlState.TIMED_OUT.error(stubborn.size() + " transactions could not be rolled back within "
                        + ROLL_BACK.toSeconds() + " s; nothing was switched");
            }
            return left.size();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TIMED_OUT.error("the switchover was interrupted; nothing was switched", e);
        }
    }

    /** Where the upgrade stands before and after; what the control rows say about it. */
    private Phase from() {
        return before.forward() ? Phase.REPLICATING : Phase.SWITCHED;
    }

    private Phase to() {
        return before.forward() ? Phase.SWITCHED : Phase.REPLICATING;
    }

    private void write(Side side, long epoch, ControlRow.Role role, Phase phase) throws SQLException {
        Side other = side == before.active() ? before.following() : before.active();
        side.control()
                .write(
                        side.admin(),
                        new ControlRow(
                                before.id(), epoch, role, phase, other.store().toString()));
    }

    /** The route is changed last, so whoever fails has left the application on the old store. */
    private void undo(Side next, Exception reason) {
        reversed = null;
        try {
            write(before.active(), pair.route().epoch(), ControlRow.Role.ACTIVE, from());
            write(next, pair.route().epoch(), ControlRow.Role.FOLLOWER, from());
            next.dialect()
                    .rowTriggers()
                    .orElseThrow()
                    .detach(next.admin(), next.store().engineLoader());
            next.dialect().dropUserTriggers(next.admin(), names(before.catalog()));
            next.dialect().follow(next.admin(), true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
            failed = reason;
        }
    }

    /** Makes the old store a follower; if that fails, only the way back is lost. */
    private void demote(Side old) {
        before.events().exempt(Thread.currentThread());
        before.follower().log().close();
        try {
            old.dialect()
                    .rowTriggers()
                    .orElseThrow()
                    .detach(old.admin(), old.store().engineLoader());
            old.dialect().dropUserTriggers(old.admin(), names(before.catalog()));
            old.dialect().follow(old.admin(), true);
        } catch (SQLException e) {
            LOG.warn("pair {}: the old store cannot follow", pair.name(), e);
            failed = e;
        }
    }

    private static Set<TableName> names(Catalog catalog) {
        return catalog.tables().stream().map(Table::name).collect(Collectors.toSet());
    }

    private SwitchReport report(double pauseMillis, long drained, long rolledBack, long applied) {
        return new SwitchReport(
                before.active().store().toString(),
                before.following().store().toString(),
                pauseMillis,
                drained,
                rolledBack,
                applied);
    }
}
