package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.preflight.Finding;
import org.batonjdbc.store.verify.TableReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upgrade of one pair, as a state machine: each verb of the operator is a method, and {@link #become} alone changes the
 * phase, after it has written it to the active store's control row.
 *
 * <p>Any thread may call the public methods; verbs that change something run one after the other on the pair's worker, and
 * their callers wait with a deadline. {@code running} is volatile and written by the worker alone.
 */
public final class Upgrade {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);
    /** Beyond the time that a verb is allowed to wait for others: what Baton's own part may take. */
    private static final Duration OWN_WORK = Duration.ofMinutes(10);

    private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

    /** A store may be large; STATUS answers meanwhile, and changes are applied. */
    private static final Duration VERIFYING = Duration.ofHours(12);

    private final Pair pair;
    private final Clock clock;
    private final Standing standing;
    private final ProgressLine progress;
    private final Reconnection reconnection;
    private volatile Running running;
    /** When a failure that could not be recorded was last tried to be; the worker's own. */
    private long triedAt;
    /** What the last VERIFY found, in words; empty if nothing. */
    private String differences = "";

    Upgrade(Pair pair, Clock clock) {
        this.pair = pair;
        this.clock = clock;
        this.standing = new Standing(pair.name());
        this.progress = new ProgressLine(pair.name(), clock);
        this.reconnection = new Reconnection(pair.name());
    }

    // ---- verbs that only look

    /** Where the upgrade stands now; never waits. */
    public Status status() {
        Standing.State now = standing.now();
        Running current = running;
        boolean stopped = current == null || now.phase() == Phase.IDLE || now.phase() == Phase.FAILED;
        Status.ReplicationState replication = stopped
                ? Status.ReplicationState.STOPPED
                : now.history().paused() ? Status.ReplicationState.PAUSED : Status.ReplicationState.RUNNING;
        String active = pair.route().store().toString();
        String upgraded = pair.otherName();
        History history = now.history();
        Running.Counted counted = current == null ? Running.Counted.NOTHING : current.counted();
        ChangeLog.Figures figures = current == null
                ? new ChangeLog.Figures(0, 0, 0, 0)
                : current.plan().log().figures();
        long lag = figures.pending() == 0 ? 0 : Math.max(0, clock.millis() - figures.oldestCommittedAt());
        return new Status(
                now.phase(),
                replication,
                active,
                upgraded,
                current == null ? 0 : current.catalog().tables().size(),
                counted.rowsCopied(),
                counted.rowsTotal(),
                counted.changesCaptured(),
                counted.changesApplied(),
                figures.pending(),
                lag,
                history.startedAt(),
                history.switchedAt(),
                history.pauseMillis(),
                now.error());
    }

    /** What preflight finds; changes nothing. */
    public List<Finding> check(StartSettings settings) throws SQLException {
        return new Checks(pair).run(settings);
    }

    /**
     * Returns when the phase is reached, or one behind it on the way of an upgrade that goes well.
     *
     * @throws SQLException 55P03 after the timeout, 55000 if the upgrade fails meanwhile or does not run
     */
    public Status await(Phase phase, Duration timeout) throws SQLException {
        return await(phase, timeout, () -> false);
    }

    /** The same, for somebody who may give up, and says so with {@link #wakeWaiting}. */
    public Status await(Phase phase, Duration timeout, BooleanSupplier givenUp) throws SQLException {
        standing.await(phase, timeout, givenUp);
        return status();
    }

    /** Lets those who wait for a phase look whether they have given up. */
    public void wakeWaiting() {
        standing.wake();
    }

    // ---- verbs that change something

    /**
     * Checks, builds the tables, begins capture and copy, and returns.
     *
     * @throws SQLException 55000 if preflight finds an error, or in the wrong phase; then nothing has changed
     */
    public Status start(StartSettings settings) throws SQLException {
        return onWorker(Verb.START, Duration.ZERO, () -> {
            new Checks(pair).refuseErrors(settings);
            running = new Start(pair, clock).run(settings);
            standing.change(state -> state.with(History.begun(clock.instant())));
            differences = "";
            pair.worker().work(this::step);
            try {
                become(Phase.COPYING, "UPGRADE START");
            } catch (SQLException | RuntimeException | Error e) {
                fail(e); // capture is on: CANCEL has to find something to end
                throw e;
            }
            return status();
        });
    }

    /** Stops applying; changes go on being captured and accumulate. */
    public Status pause() throws SQLException {
        return onWorker(Verb.PAUSE, Duration.ZERO, () -> paused(true));
    }

    /** Goes on applying. */
    public Status resume() throws SQLException {
        return onWorker(Verb.RESUME, Duration.ZERO, () -> paused(false));
    }

    private Status paused(boolean pause) throws SQLException {
        record(standing.now().history().paused(pause));
        running.active().makeDurable(); // who pauses may be about to end the process
        return status();
    }

    /**
     * Compares both stores while the application works; SWITCH asks for one that found all tables the same.
     *
     * @throws SQLException 22023 if a table is not replicated
     */
    public List<TableReport> verify(VerifySettings settings) throws SQLException {
        return onWorker(Verb.VERIFY, VERIFYING, () -> {
            List<TableReport> reports = new Inspection(pair, running, settings).verify();
            boolean same = reports.stream().allMatch(TableReport::isSame);
            if (same && settings.tables().isEmpty()) {
                running.follower().takeOffence();
            }
            // A look at some tables says nothing about the others, but what it finds wrong counts.
            verified(same
                    && (standing.now().history().verified() || settings.tables().isEmpty()));
            differences = reports.stream()
                    .filter(report -> !report.isSame())
                    .map(TableReport::findings)
                    .collect(Collectors.joining("; "));
            return reports;
        });
    }

    /** Copies again what differs; a VERIFY has to confirm it before SWITCH. */
    public List<RepairReport> repair(VerifySettings settings) throws SQLException {
        return onWorker(Verb.REPAIR, VERIFYING, () -> {
            verified(false);
            return new Inspection(pair, running, settings).repair();
        });
    }

    private void verified(boolean same) throws SQLException {
        record(standing.now().history().verified(same));
    }

    private void record(History history) throws SQLException {
        write(standing.phase(), history);
        standing.change(state -> state.with(history));
    }

    /**
     * Moves all traffic to the upgraded store.
     *
     * @throws SQLException 55P03 if transactions in flight did not end in time, and the application goes on where it was
     */
    public SwitchReport switchOver(SwitchSettings settings) throws SQLException {
        return onWorker(Verb.SWITCH, settings.drainTimeout(), () -> moved(settings, Phase.REPLICATING));
    }

    /** Moves all traffic back, with every change that was made since. */
    public SwitchReport reverse(SwitchSettings settings) throws SQLException {
        return onWorker(Verb.REVERSE, settings.drainTimeout(), () -> moved(settings, Phase.SWITCHED));
    }

    private SwitchReport moved(SwitchSettings settings, Phase from) throws SQLException {
        boolean verified = standing.now().history().verified();
        if (settings.verifyRequired() && !verified && from == Phase.REPLICATING) {
            throw SqlState.REFUSED.error(
                    "UPGRADE SWITCH needs an UPGRADE VERIFY of this upgrade that found all tables SAME"
                            + (differences.isEmpty() ? "" : "; the last one found " + differences)
                            + ". Run UPGRADE VERIFY (and UPGRADE REPAIR if it finds differences), or say WITH (verify = 'skip')");
        }
        History history = standing.now().history();
        History after = history.switched(clock.instant(), null);
        Switchover switchover = new Switchover(pair, running, settings, history, after);
        if (settings.dryRun()) {
            return switchover.rehearse();
        }
        if (history.paused()) {
            throw SqlState.REFUSED.error("the upgrade is paused; run UPGRADE RESUME first");
        }
        become(Phase.SWITCHING, "switchover");
        SwitchReport report;
        try {
            report = switchover.run();
        } catch (SQLException | RuntimeException | Error e) {
            arrive(switchover, from, "the switchover was given up: " + e.getMessage());
            throw e;
        }
        running = switchover.reversed();
        double pause = report.pauseMillis();
        standing.change(state -> state.with(history.switched(clock.instant(), pause)));
        arrive(switchover, from == Phase.REPLICATING ? Phase.SWITCHED : Phase.REPLICATING, "switched over");
        return report;
    }

    /** Wherever the traffic is now, some phase is true of it: one that cannot be recorded, or kept up, is FAILED. */
    private void arrive(Switchover switchover, Phase phase, String why) {
        if (switchover.failed() != null) {
            fail(switchover.failed());
            return;
        }
        try {
            become(phase, why);
            Step.SWITCH_RECORDED.passed();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.warn("pair {}: {} cannot be recorded", pair.name(), phase, e);
            fail(e);
        }
    }

    /** The irreversible step: stops replicating back, and releases the old store. */
    public Status complete() throws SQLException {
        return onWorker(Verb.COMPLETE, pair.settings().drainTimeout(), () -> {
            end();
            Running ended = running;
            running = null;
            standing.change(state -> state.in(Phase.IDLE, null)); // recorded already
            LOG.info("pair {}: IDLE: UPGRADE COMPLETE", pair.name());
            new Ending(pair.name(), ended, pair.route().epoch()).completed();
            pair.claims().close();
            pair.releaseOther(ended.credentials());
            Worker worker = pair.worker();
            worker.work(() -> {
                if (pair.isAlone()) {
                    worker.work(Work.NONE);
                }
                return 0;
            });
            return status();
        });
    }

    /** Before a switchover: stops, removes Baton's objects, and leaves the active store as it was. */
    public Status cancel() throws SQLException {
        return onWorker(Verb.CANCEL, pair.settings().drainTimeout(), () -> {
            end();
            Running ended = running;
            running = null;
            standing.change(state -> state.in(Phase.IDLE, null).with(History.NONE));
            new Ending(pair.name(), ended, pair.route().epoch()).cancelled();
            pair.claims().close();
            pair.forgetOther();
            LOG.info("pair {}: IDLE: UPGRADE CANCEL", pair.name());
            return status();
        });
    }

    /** Stops capture behind the closed gate, so that no transaction is half captured when the triggers go. */
    private void end() throws SQLException {
        pair.worker().work(Work.NONE);
        try {
            pair.behindGate(null, pair.settings().drainTimeout(), () -> {
                detach();
                return null;
            });
        } catch (SQLException | RuntimeException | Error e) {
            pair.worker().work(standing.phase() == Phase.FAILED ? this::recordFailure : this::step);
            throw e;
        }
    }

    /**
     * The control row first: once a trigger is gone, rows change uncaptured, and neither a process that dies now nor one
     * that cannot write the row may be followed by one that goes on with what was captured until then.
     */
    private void detach() throws SQLException {
        Side active = running.active();
        try {
            write(Phase.IDLE);
            // The other store is about to be cleared, or left behind: there is nothing to go on with any more.
            active.makeDurable();
            Step.END_RECORDED.passed();
            active.dialect()
                    .captureTriggers()
                    .orElseThrow()
                    .detach(active.admin(), active.store().engineLoader());
            Step.CAPTURE_ENDED.passed();
            stopCapture();
        } catch (SQLException | RuntimeException | Error e) {
            if (standing.phase() != Phase.FAILED) {
                fail(e);
            }
            throw e;
        }
    }

    private void stopCapture() throws SQLException {
        Side active = running.active();
        active.dialect().captureTriggers().orElseThrow().letThrough(active.admin());
        running.events().discard();
        pair.route(new Route(pair.route().epoch(), pair.route().store(), null));
        running.follower().log().close();
    }

    // ---- the state machine

    private int step() {
        pair.isAlone();
        if (standing.now().history().paused()
                && running.follower().log().givenUp().isEmpty()) {
            return 0;
        }
        try {
            if (!reconnection.isOpen(running)) {
                return 0;
            }
            pair.claims().confirmNowAndThen();
            int moved = running.follower().step();
            if (standing.phase() == Phase.COPYING && progress.isDue()) {
                progress.copying(status());
            }
            if (standing.phase() == Phase.COPYING && running.follower().stage() == Follower.Stage.FOLLOWING) {
                become(Phase.REPLICATING, "copied, indexed and caught up");
                Step.COPY_RECORDED.passed();
            }
            if (moved > 0) {
                reconnection.worked();
            }
            return moved;
        } catch (SQLException | RuntimeException | Error e) {
            if (reconnection.explains(e, running)) {
                return 0;
            }
            // An Error too, an exhausted heap for one: the thread would end, and nobody be told.
            LOG.warn("pair {}: the upgrade has failed; the application works on", pair.name(), e);
            fail(e);
            return 0;
        }
    }

    /**
     * Ends replication for good; the application never notices. Capture stops only when the control row says so: a process
     * that died in between would be followed by one that goes on without what was not captured. Where the row cannot be
     * written now, changes go on being logged, and it is tried again.
     */
    private void fail(Throwable reason) {
        String why = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        Work work = Work.NONE;
        try {
            become(Phase.FAILED, why);
            stopCapture();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.warn("pair {}: the control row could not be written", pair.name(), e);
            standing.change(state -> state.in(Phase.FAILED, why));
            triedAt = System.nanoTime();
            work = this::recordFailure;
        }
        try {
            pair.worker().work(work);
        } catch (SQLException e) {
            // The pair is being closed, and the next process will find the log complete.
            LOG.debug("pair {}: has failed while it was closed", pair.name(), e);
        }
    }

    private int recordFailure() {
        pair.isAlone();
        if (System.nanoTime() - triedAt < RECORD_AGAIN.toNanos()) {
            return 0;
        }
        triedAt = System.nanoTime();
        reconnection.prepare(running, true);
        try {
            write(Phase.FAILED);
            stopCapture();
            pair.worker().work(Work.NONE);
        } catch (SQLException | RuntimeException | Error e) {
            LOG.debug("pair {}: the control row still cannot be written", pair.name(), e);
        }
        return 0;
    }

    private void become(Phase next, String why) throws SQLException {
        Phase now = standing.phase();
        if (!now.mayBecome(next)) {
            throw new IllegalStateException(now + " may not become " + next);
        }
        // A switchover that a crash interrupts has not happened, unless the epoch says so.
        write(next == Phase.SWITCHING ? now : next);
        standing.change(state -> state.in(next, next == Phase.FAILED ? why : null));
        progress.changed(now, status(), why);
    }

    private void write(Phase phase) throws SQLException {
        write(phase, standing.now().history());
    }

    private void write(Phase phase, History history) throws SQLException {
        pair.claims().confirm();
        Running current = running;
        current.active()
                .control()
                .write(
                        current.active().admin(),
                        new ControlRow(
                                current.id(),
                                pair.route().epoch(),
                                ControlRow.Role.ACTIVE,
                                phase,
                                current.following().store().toString(),
                                history));
    }

    /** Takes up what {@link Resume} has put together, when the pair is opened. */
    void resume(Running resumed, Phase phase, History history) throws SQLException {
        pair.worker().call("taking up the upgrade", OWN_WORK, () -> {
            running = resumed;
            standing.change(state -> state.in(phase, null).with(history));
            pair.worker().work(this::step);
            LOG.info("pair {}: goes on in {} after its process had ended", pair.name(), phase);
            return null;
        });
    }

    /** An upgrade that an earlier process has left could not be taken up; STATUS says so. */
    void abandoned(String why) {
        standing.change(state -> state.in(Phase.IDLE, why));
    }

    private <T> T onWorker(Verb verb, Duration patience, Callable<T> command) throws SQLException {
        refuseUnlessFitting(verb);
        return pair.worker().call("UPGRADE " + verb, patience.multipliedBy(2).plus(OWN_WORK), () -> {
            refuseUnlessFitting(verb);
            if (running != null) {
                reconnection.prepare(running, verb == Verb.CANCEL || verb == Verb.COMPLETE);
            }
            return command.call();
        });
    }

    /**
     * Lets a verb pass that fits the phase.
     *
     * @throws SQLException 55000 that names the phase, and the verbs that fit it
     */
    public void refuseUnlessFitting(Verb verb) throws SQLException {
        Phase now = standing.phase();
        Running current = running;
        boolean switchedOver = current != null && !current.forward();
        String reason = "";
        if (!verb.fits(now)) {
            reason = "phase " + verb.allowedPhases();
        } else if (current != null && !verb.ends(switchedOver)) {
            reason = switchedOver ? "an upgrade that has not switched over" : "a switchover";
        }
        if (!reason.isEmpty()) {
            throw SqlState.REFUSED.error("UPGRADE " + verb + " needs " + reason + "; pair " + pair.name() + " is " + now
                    + ". What fits now: " + Verb.fitting(now, switchedOver));
        }
    }
}
