package org.batonjdbc.driver.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.rowset.CachedRowSet;
import org.batonjdbc.driver.capture.CaptureRule;
import org.batonjdbc.driver.option.Kind;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.driver.sql.Skeleton;
import org.batonjdbc.driver.sql.UpgradeStatement;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.gate.Pass;
import org.batonjdbc.store.upgrade.Pair;
import org.batonjdbc.store.upgrade.Phase;
import org.batonjdbc.store.upgrade.StartSettings;
import org.batonjdbc.store.upgrade.Status;
import org.batonjdbc.store.upgrade.SwitchReport;
import org.batonjdbc.store.upgrade.SwitchSettings;
import org.batonjdbc.store.upgrade.Upgrade;
import org.batonjdbc.store.upgrade.Verb;

/**
 * Runs UPGRADE statements for one user of a pair: reads what stands in them, asks the upgrade, and answers in rows.
 * Immutable; the upgrade itself decides what happens when several threads ask.
 */
public final class UpgradeVerbs {
    private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(60);

    private final Pair pair;
    private final Upgrade upgrade;
    private final Rehearsal rehearsal;
    private final PairCredentials credentials;
    private final Duration drainTimeout;
    private final Inspections inspections;
    private final Neighbours neighbours;

    /** The other pairs of this JVM. */
    @FunctionalInterface
    public interface Neighbours {
        /** Fails with 22023 if one of them works with that store; none of them can begin to until the claim ends. */
        Claim claim(StoreUrl store) throws SQLException;

        /** What keeps a store free for one pair. */
        interface Claim {
            /** Lets the others have the store, unless the pair works with it now. */
            void end();
        }
    }

    /**
     * What the URL says about upgrades.
     *
     * @param drainTimeout how long a closed gate waits if the statement does not say
     * @param capture how changes are to be captured
     */
    public record Preferences(Duration drainTimeout, CaptureRule capture) {}

    /** Verbs that work on the stores of this pair with these credentials. */
    public UpgradeVerbs(
            Pair pair,
            PairCredentials credentials,
            Preferences preferences,
            Rehearsal rehearsal,
            Neighbours neighbours) {
        this.pair = pair;
        this.upgrade = pair.upgrade();
        this.rehearsal = rehearsal;
        this.credentials = credentials;
        this.neighbours = neighbours;
        this.drainTimeout = preferences.drainTimeout();
        this.inspections = new Inspections(upgrade, preferences.capture());
    }

    /** Who asked; told while the statement runs, in the thread that runs it. */
    public interface Caller {
        /** Whether they no longer want a WAIT FOR to wait, which is looked at after each {@link #wakeWaiting}. */
        default boolean hasCancelled() {
            return false;
        }

        /** Something that they should know, though the statement goes well. */
        default void warn(@SuppressWarnings("unused") SQLWarning warning) {
            // nobody wants to know
        }
    }

    /** Whether VERIFY of this upgrade must have found no difference. */
    enum VerifyRule {
        REQUIRED,
        SKIP
    }

    /**
     * Runs one statement.
     *
     * @param own the pass of the connection that asks, for which VERIFY does not wait; other verbs are refused once it has
     *     written, so they need not spare a transaction that whoever asked may begin when he no longer waits
     * @param caller is told what the rows of the answer have no room for
     * @param hasWritten whether that connection's transaction has written
     * @throws SQLException 42601 or 22023 for what cannot be read, 55000 for a verb that does not fit
     */
    public CachedRowSet run(String sql, Pass own, boolean hasWritten, Caller caller) throws SQLException {
        UpgradeStatement statement = UpgradeStatement.parse(sql);
        if (hasWritten && !isHarmless(statement)) {
            throw SqlState.REFUSED.error("UPGRADE "
                    + statement.getClass().getSimpleName().toUpperCase(Locale.ROOT)
                    + " is refused in a transaction that has written, because it would have to wait for itself; commit or"
                    + " roll back first");
        }
        if (statement instanceof UpgradeStatement.Switch s) {
            return switched(upgrade.switchOver(switchSettings(s.dryRun(), s.with())));
        }
        if (statement instanceof UpgradeStatement.Reverse r) {
            return switched(upgrade.reverse(switchSettings(r.dryRun(), r.with())));
        }
        if (statement instanceof UpgradeStatement.Check check) {
            return withTarget(check.to(), to -> inspections.check(new StartSettings(to, Set.of(), credentials)));
        }
        if (statement instanceof UpgradeStatement.Verify verify) {
            return inspections.verify(verify, own, caller::warn);
        }
        if (statement instanceof UpgradeStatement.Repair repair) {
            return inspections.repair(repair, own, caller::warn);
        }
        if (statement instanceof UpgradeStatement.Rehearse) {
            upgrade.refuseUnlessFitting(Verb.REHEARSE);
            try (Connection upgraded = pair.connectToOther(credentials)) {
                return Answer.REHEARSE.of(rehearsal.compileOn(upgraded));
            }
        }
        return status(changed(statement, caller));
    }

    /** Lets a WAIT FOR that was cancelled end. */
    public void wakeWaiting() {
        upgrade.wakeWaiting();
    }

    private static boolean isHarmless(UpgradeStatement statement) {
        return statement instanceof UpgradeStatement.Status
                || statement instanceof UpgradeStatement.WaitFor
                || statement instanceof UpgradeStatement.Pause
                || statement instanceof UpgradeStatement.Resume
                || statement instanceof UpgradeStatement.Check
                || statement instanceof UpgradeStatement.Verify
                || statement instanceof UpgradeStatement.Rehearse;
    }

    /** Verbs that answer with the status. */
    private Status changed(UpgradeStatement statement, Caller caller) throws SQLException {
        if (statement instanceof UpgradeStatement.Start start) {
            With with = With.of(start.with(), VerbPage.START);
            rehearsal.begin();
            Skeleton.load();
            Set<String> exclude = Set.copyOf(with.list(VerbOption.EXCLUDE));
            return withTarget(start.to(), to -> upgrade.start(new StartSettings(to, exclude, credentials)));
        }
        if (statement instanceof UpgradeStatement.WaitFor wait) {
            With with = With.of(wait.with(), VerbPage.WAIT);
            return upgrade.await(
                    phase(wait.phase()),
                    with.value(VerbOption.TIMEOUT, Kind.DURATION, WAIT_TIMEOUT),
                    caller::hasCancelled);
        }
        if (statement instanceof UpgradeStatement.Pause) {
            return upgrade.pause();
        }
        if (statement instanceof UpgradeStatement.Resume) {
            return upgrade.resume();
        }
        if (statement instanceof UpgradeStatement.Complete) {
            return upgrade.complete();
        }
        if (statement instanceof UpgradeStatement.Cancel) {
            return upgrade.cancel();
        }
        return upgrade.status();
    }

    /** What is done with the store that a statement names, or with null if it names none. */
    @FunctionalInterface
    private interface WithTarget<T> {
        T run(StoreUrl store) throws SQLException;
    }

    /** No other pair of this JVM gets hold of the store while that is done. */
    private <T> T withTarget(Optional<String> named, WithTarget<T> action) throws SQLException {
        if (named.isEmpty()) {
            return action.run(null);
        }
        StoreUrl store = StoreUrl.parse(named.get());
        Neighbours.Claim claim = neighbours.claim(store);
        try {
            return action.run(store);
        } finally {
            claim.end();
        }
    }

    private SwitchSettings switchSettings(boolean dryRun, Map<String, String> texts) throws SQLException {
        With with = With.of(texts, VerbPage.SWITCH);
        return new SwitchSettings(
                dryRun,
                with.value(VerbOption.DRAIN_TIMEOUT, Kind.DURATION, drainTimeout),
                with.value(
                        VerbOption.ON_TIMEOUT,
                        Kind.oneOf(SwitchSettings.OnTimeout.class),
                        SwitchSettings.OnTimeout.ABORT),
                with.value(VerbOption.VERIFY, Kind.oneOf(VerifyRule.class), VerifyRule.REQUIRED)
                        == VerifyRule.REQUIRED);
    }

    static Phase phase(String name) throws SQLException {
        for (Phase phase : Phase.values()) {
            if (phase.name().equalsIgnoreCase(name)) {
                return phase;
            }
        }
        throw SqlState.BAD_OPTION.error(Names.unknown(
                "phase", name, Arrays.stream(Phase.values()).map(Phase::name).toList()));
    }

    private static CachedRowSet status(Status s) throws SQLException {
        return Answer.STATUS.of(
                s.phase().name(),
                s.replication().name(),
                s.active(),
                s.upgraded(),
                s.tables(),
                s.rowsCopied(),
                s.rowsTotal(),
                s.changesCaptured(),
                s.changesApplied(),
                s.changesPending(),
                s.lagMillis(),
                s.startedAt(),
                s.switchedAt(),
                s.pauseMillis(),
                s.error());
    }

    private static CachedRowSet switched(SwitchReport report) throws SQLException {
        return Answer.SWITCH.of(
                report.fromStore(),
                report.toStore(),
                report.pauseMillis(),
                report.transactionsDrained(),
                report.transactionsRolledBack(),
                report.changesApplied());
    }
}
