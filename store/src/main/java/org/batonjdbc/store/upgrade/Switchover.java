package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableMatch;
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
    private static final Duration ROLL_BACK = Duration.ofSeconds(5);

    /** What takes about a second to apply; a large transaction is applied in one piece. */
    private static final long MOST_LAST_CHANGES = 20_000;

    /** What may be stuck in the new store, behind the closed gate, when all is applied: some short statements. */
    private static final Duration MAKING_READY = Duration.ofSeconds(10);

    /** What applying the last changes may take at least, even if transactions in flight have used up all the time. */
    private static final Duration LAST_CHANGES = Duration.ofSeconds(1);

    private final Pair pair;
    private final Running before;
    private final SwitchSettings settings;
    private final Timetable steps = new Timetable(System::nanoTime);
    private final History history;
    private final History after;
    private Running reversed;
    private Throwable failed;

    /**
     * A switchover that has not begun.
     *
     * @param history of the upgrade until now
     * @param after its history if the switchover succeeds
     */
    Switchover(Pair pair, Running before, SwitchSettings settings, History history, History after) {
        this.pair = pair;
        this.before = before;
        this.settings = settings;
        this.history = history;
        this.after = after;
    }

    /** What runs after the switchover, in the other direction. */
    Running reversed() {
        return reversed;
    }

    /** Why replication can go on in neither direction; null if it can. */
    Throwable failed() {
        return failed;
    }

    /** What {@link #run} would do now. */
    SwitchReport rehearse() {
        return report(
                0,
                pair.gate().writing(null).size(),
                0,
                before.follower().log().figures().pending());
    }

    SwitchReport run() throws SQLException {
        Side next = before.following();
        SwitchReport report;
        try {
            steps.begin("prepare the way back");
            prepare(next);
            steps.begin("catch up");
            steps.note(new CatchUp(pair.name(), pair.gate(), before.follower()).run());
            report = pair.withGateClosed(() -> move(next));
        } catch (SQLException | RuntimeException | Error e) {
            steps.failed(e);
            steps.begin("return to the old active store");
            undo(next, e);
            tell("was given up", 0);
            throw e;
        }
        steps.begin("let the old store follow");
        demote(before.active());
        tell("is done", report.pauseMillis());
        return report;
    }

    private void tell(String outcome, double pauseMillis) {
        steps.end();
        LOG.info(
                "pair {}: the switchover from {} to {} {}, the gate was closed for {} ms{}",
                pair.name(),
                before.active().store(),
                before.following().store(),
                outcome,
                String.format(Locale.ROOT, "%,.1f", pauseMillis),
                steps);
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
                .captureTriggers()
                .orElseThrow()
                .attach(next.admin(), next.store().engineLoader(), catalog.tables(), events);
        Step.WAY_BACK_PREPARED.passed();
        moveCounters(next);
    }

    private void moveCounters(Side next) throws SQLException {
        Dialect from = before.active().dialect();
        next.dialect()
                .advance(
                        next.admin(),
                        from.counters(before.active().admin(), before.catalog().tables()));
    }

    /** The pause: everything here happens behind the closed gate. */
    private SwitchReport move(Side next) throws SQLException {
        long begin = System.nanoTime();
        int inFlight = pair.gate().writing(null).size();
        steps.begin("gate closed: transactions in flight");
        int rolledBack = drain();
        steps.note(inFlight + " were in flight, " + rolledBack + " rolled back");
        Step.DRAINED.passed();
        steps.begin("gate closed: last changes");
        long appliedBefore = before.follower().changesApplied();
        ChangeLog log = before.follower().log();
        applyLast(log, begin + settings.drainTimeout().toNanos());
        steps.note((before.follower().changesApplied() - appliedBefore) + " changes");
        Step.ALL_APPLIED.passed();
        pair.gate().openAt(System.nanoTime() + MAKING_READY.toNanos());
        steps.begin("gate closed: counters, triggers, foreign keys");
        moveCounters(next);
        next.dialect().build(next.admin(), before.script().triggers());
        next.dialect().follow(next.admin(), false);
        Step.SERVABLE.passed();
        steps.begin("gate closed: new epoch");
        if (!pair.gate().stayClosed()) {
            throw SqlState.TIMED_OUT.error("the store to switch to took too long behind the closed gate, which is open"
                    + " again; nothing was switched. Try again when it answers faster");
        }
        long epoch = handOver();
        reversed = reversed.countingFrom(before.counted());
        pair.route(new Route(epoch, next.store(), reversed.replication()));
        Step.ROUTED.passed();
        double pause = (System.nanoTime() - begin) / 1e6;
        return report(pause, inFlight, rolledBack, before.follower().changesApplied() - appliedBefore);
    }

    /**
     * The application is held meanwhile, so what does not end soon is given up; where this thread is stuck in the new store,
     * whoever is held opens the gate.
     */
    private void applyLast(ChangeLog log, long drained) throws SQLException {
        long pending = log.figures().pending();
        if (pending > MOST_LAST_CHANGES) {
            throw SqlState.TIMED_OUT.error(
                    "a transaction that has just ended left " + pending + " changes to apply, too"
                            + " many for the closed gate; nothing was switched. Try again when they are applied");
        }
        long deadline = Math.max(drained, System.nanoTime() + LAST_CHANGES.toNanos());
        pair.gate().openAt(deadline);
        if (!before.follower().applyThrough(log.lastLsn(), deadline)) {
            throw SqlState.TIMED_OUT.error("the last changes were not applied behind the closed gate in time, "
                    + log.figures().pending() + " are still pending; nothing was switched. Try again, or wait"
                    + " longer WITH (drain_timeout = '...')");
        }
    }

    /** From now on the next process begins with the new active store. */
    private long handOver() throws SQLException {
        Handover handover = new Handover(pair, before, history, after);
        try {
            return handover.run();
        } finally {
            failed = handover.failed();
        }
    }

    private int drain() throws SQLException {
        try {
            List<Pass> left = pair.gate().drain(null, settings.drainTimeout());
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
            List<Pass> stubborn = pair.gate().drain(null, ROLL_BACK);
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

    /** The route is changed last, so whoever fails has left the application on the old store. */
    private void undo(Side next, Throwable reason) {
        reversed = null;
        try {
            next.dialect()
                    .captureTriggers()
                    .orElseThrow()
                    .detach(next.admin(), next.store().engineLoader());
            next.dialect().dropUserTriggers(next.admin(), before.catalog().names());
            next.dialect().follow(next.admin(), true);
        } catch (SQLException | RuntimeException | Error e) {
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
                    .captureTriggers()
                    .orElseThrow()
                    .fence(old.admin(), old.store().engineLoader());
            old.dialect().dropUserTriggers(old.admin(), before.catalog().names());
            old.dialect().follow(old.admin(), true);
            Step.OLD_FOLLOWS.passed();
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever it is: the traffic has moved, and must not be led back to a store that lacks changes.
            LOG.warn("pair {}: the old store cannot follow", pair.name(), e);
            failed = e;
        }
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
