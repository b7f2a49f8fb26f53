package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.apply.Applier;
import org.batonjdbc.store.apply.DivergenceException;
import org.batonjdbc.store.apply.Progress;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.copy.CopyPositions;
import org.batonjdbc.store.copy.TableCopy;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Change.Kind;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.LoggedTransaction;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.row.TableSql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one store in step with another: copies what is there, builds what the rows hang on, and applies what is logged
 * meanwhile and ever after.
 *
 * <p>The worker calls {@link #step}; the figures may be read by any thread, they are atomic and written by the worker.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int MOST_CHANGES = 5_000;
    private static final int FEWEST_CHANGES = 50;
    /** A step that takes longer is too large for a store that is so slow: verbs, and a switchover's looks, wait for it. */
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int ATTEMPTS = 10;

    /** Of work for which nobody is held. */
    private static final Duration NO_HURRY = Duration.ofDays(1);

    /** How far it has come. */
    enum Stage {
        /** Chunks and backlogs alternate. */
        COPYING,
        /** All chunks are there; what was logged up to an LSN drawn after them makes them one consistent state. */
        SETTLING,
        /** Indexes, constraints and views are built next. */
        BUILDING,
        /** Complete; what accumulated meanwhile is applied, strictly from now on. */
        CATCHING_UP,
        /** In step. */
        FOLLOWING
    }

    private final Plan plan;
    private final Side follower;
    private final ChangeLog log;
    private final SchemaScript script;
    private final Applier applier;
    private final Map<TableName, TableCopy> copies = new LinkedHashMap<>();
    private final SetAside aside = new SetAside();
    private final long rowsTotal;
    private Stage stage;
    private int changesPerStep = FEWEST_CHANGES;
    private long target;
    /** Up to this LSN, what is applied may meet rows that a repair has brought up to date already. */
    private long repairedAt;
    /** Up to this LSN all is committed on the follower; the log may have failed to forget some of it. */
    private long appliedAt;

    private final AtomicLong rowsCopied = new AtomicLong();
    private final AtomicLong changesApplied = new AtomicLong();

    private Follower(Plan plan, SchemaScript script, Stage stage, long rowsTotal) {
        Side active = plan.active();
        this.plan = plan;
        this.follower = plan.following();
        this.log = plan.log();
        this.script = script;
        this.applier = new Applier(
                active.dialect(),
                active::rows,
                follower.dialect(),
                follower::rows,
                plan.match(),
                plan.progress(),
                () -> commit(Step.CHANGES_WRITTEN, Step.CHANGES_COMMITTED));
        this.stage = stage;
        this.rowsTotal = rowsTotal;
    }

    /**
     * What a follower works with.
     *
     * @param catalog the replicated tables of the active side
     * @param match which tables of the following side stand for them
     * @param log of the active side
     * @param progress how far the following side has applied it
     */
    record Plan(Side active, Side following, Catalog catalog, TableMatch match, ChangeLog log, Progress progress) {}

    /**
     * A follower that is being filled, from the beginning or from where {@code positions} say that it stood.
     *
     * @param script what is built after the copy
     */
    static Follower copying(Plan plan, CopyPositions positions, SchemaScript script, int chunkRows)
            throws SQLException {
        Side active = plan.active();
        Side follower = plan.following();
        long total = 0;
        for (Table table : plan.catalog().tables()) {
            total += active.number(new TableSql(active.dialect(), table).count());
        }
        Follower result = new Follower(plan, script, Stage.COPYING, total);
        for (Table table : plan.catalog().tables()) {
            TableCopy copy = new TableCopy(
                    table,
                    plan.match().target(table),
                    active.dialect(),
                    active::rows,
                    follower.dialect(),
                    follower::rows,
                    chunkRows,
                    positions);
            copy.resume();
            result.rowsCopied.addAndGet(copy.copied());
            result.copies.put(table.name(), copy);
        }
        return result;
    }

    /** A follower that is in step already, as the old store is after a switchover. */
    static Follower following(Plan plan) {
        return new Follower(plan, null, Stage.FOLLOWING, 0);
    }

    Plan plan() {
        return plan;
    }

    Stage stage() {
        return stage;
    }

    ChangeLog log() {
        return log;
    }

    long rowsCopied() {
        return rowsCopied.get();
    }

    long rowsTotal() {
        return rowsTotal;
    }

    long changesApplied() {
        return changesApplied.get();
    }

    /** Goes on a little; returns rows moved. */
    int step() throws SQLException {
        refuseGivenUp(null);
        try {
            return switch (stage) {
                case COPYING -> copy();
                case SETTLING -> settle();
                case BUILDING -> build();
                case CATCHING_UP -> catchUp();
                case FOLLOWING -> apply();
            };
        } catch (SQLException e) {
            refuseGivenUp(e);
            throw e;
        }
    }

    /** A log that was given up has dropped what it had, so whatever fails after that fails because of it. */
    private void refuseGivenUp(SQLException consequence) throws SQLException {
        if (log.givenUp().isPresent()) {
            throw SqlState.REFUSED.error(log.givenUp().get(), consequence);
        }
    }

    /**
     * Applies everything up to an LSN; false if that is not done in time.
     *
     * @param deadline as {@link System#nanoTime} tells time; what fails is not tried again after it
     * @throws SQLException 55P03 if the following store refuses a change at the deadline, which is then still to be applied
     */
    boolean applyThrough(long lsn, long deadline) throws SQLException {
        while (log.firstPendingLsn() <= lsn) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (apply(deadline) == 0) {
                awaitOldest(Duration.ofNanos(left));
            }
        }
        putAside(log.firstPendingLsn(), deadline);
        refuseGivenUp(null); // nothing is pending in a log that has dropped what is missing on the other store
        return true;
    }

    /** Waits for a commit that happens now: nothing behind it can be applied before. */
    void awaitOldest(Duration longest) throws SQLException {
        try {
            log.awaitOldest(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TIMED_OUT.error("interrupted while a transaction was about to commit", e);
        }
    }

    private int copy() throws SQLException {
        int moved = 0;
        for (TableCopy copy : copies.values()) {
            if (!copy.isDone()) {
                moved = attempt(
                        System.nanoTime() + NO_HURRY.toNanos(),
                        () -> copy.step(() -> commit(Step.CHUNK_WRITTEN, Step.CHUNK_COMMITTED)));
                rowsCopied.addAndGet(moved);
                break;
            }
        }
        moved += apply();
        if (copies.values().stream().allMatch(TableCopy::isDone)) {
            target = log.lastLsn();
            stage = Stage.SETTLING;
        }
        return moved + 1;
    }

    private int settle() throws SQLException {
        int moved = apply();
        if (log.firstPendingLsn() > target) {
            Step.SETTLED.passed();
            stage = Stage.BUILDING;
            return moved + 1;
        }
        return moved;
    }

    private int build() throws SQLException {
        // A crash in the middle of this leaves some of it behind; the next process then begins the copy again.
        ControlTable control = follower.control();
        control.write(
                follower.admin(), control.read(follower.admin()).orElseThrow().in(Phase.REPLICATING));
        Step.BUILD_RECORDED.passed();
        follower.dialect().build(follower.admin(), script.constraints());
        Step.CONSTRAINTS_BUILT.passed();
        follower.dialect().build(follower.admin(), script.views());
        // Before the active store's control row says so: the next process would believe it.
        follower.makeDurable();
        Step.SCHEMA_BUILT.passed();
        copies.clear();
        target = log.lastLsn();
        stage = Stage.CATCHING_UP;
        return 1;
    }

    private int catchUp() throws SQLException {
        int moved = apply();
        if (log.firstPendingLsn() > target) {
            stage = Stage.FOLLOWING;
        }
        return moved;
    }

    /** Applies some of what is logged; returns how many transactions that were. */
    private int apply() throws SQLException {
        return apply(System.nanoTime() + NO_HURRY.toNanos());
    }

    private int apply(long deadline) throws SQLException {
        putAside(log.firstPendingLsn(), deadline);
        List<LoggedTransaction> transactions = aside.ahead(log.read(changesPerStep));
        if (transactions.isEmpty()) {
            return 0;
        }
        long begin = System.nanoTime();
        List<LoggedTransaction> left =
                transactions.stream().filter(t -> t.lsn() > appliedAt).toList();
        if (!left.isEmpty()) {
            attempt(deadline, () -> left.get(0).inDoubt() ? look(left.get(0).changes()) : apply(left));
            appliedAt = left.get(left.size() - 1).lsn();
            putAside(appliedAt + 1, deadline);
            // Before they are not pending any more: whoever sees that nothing is must find them here.
            changesApplied.addAndGet(
                    left.stream().mapToInt(t -> t.changes().count()).sum());
        }
        // What the log forgets is nowhere else; a follower that wrote it a moment later would lose it with the process.
        follower.makeDurable();
        Step.FOLLOWER_DURABLE.passed();
        log.forget(transactions);
        Step.CHANGES_FORGOTTEN.passed();
        changesPerStep = System.nanoTime() - begin > STEP
                ? Math.max(FEWEST_CHANGES, changesPerStep / 2)
                : Math.min(MOST_CHANGES, changesPerStep * 2);
        return transactions.size();
    }

    private int apply(List<LoggedTransaction> transactions) throws SQLException {
        try {
            if (stage == Stage.COPYING || stage == Stage.SETTLING) {
                applier.applyWhileCopying(transactions, this::hasBegun);
            } else if (transactions.get(0).lsn() <= repairedAt) {
                applier.applyTolerantly(transactions);
            } else {
                applier.apply(transactions);
            }
            aside.changed(transactions);
            return transactions.size();
        } catch (DivergenceException e) {
            throw e;
        } catch (SQLException | RuntimeException | Error e) {
            // It may have been the commit that failed, and that may have happened.
            repairedAt = Math.max(
                    repairedAt, transactions.get(transactions.size() - 1).lsn());
            throw e;
        }
    }

    /**
     * A transaction of which nobody knows whether it has happened: its rows are read as they are now. While tables have
     * nothing but their keys, they are put at once, under the copy rule; later what is not applied yet may move their unique
     * values. Those of a large transaction are put at once all the same, because the heap would not hold them.
     */
    private int look(Changes changes) throws SQLException {
        LOG.warn("nobody knows whether a commit of {} changes has happened; its rows are looked at", changes.count());
        boolean atOnce = stage == Stage.COPYING || stage == Stage.SETTLING || changes.isLarge();
        List<Change> puts = new ArrayList<>();
        List<Change> group = new ArrayList<>();
        changes.each(change -> {
            if (copies.isEmpty() || hasBegun(change.table())) {
                group.add(change);
            }
            if (group.size() == MOST_CHANGES) {
                lookAt(group, atOnce, puts);
            }
        });
        lookAt(group, atOnce, puts);
        aside.changed(changes);
        if (!puts.isEmpty()) {
            aside.keep(puts, log.lastLsn());
        }
        return changes.count();
    }

    private void lookAt(List<Change> group, boolean atOnce, List<Change> puts) throws SQLException {
        Side active = plan.active();
        List<Change> now = new ArrayList<>();
        for (Change change : group) {
            Object[] image = Rows.byKey(active.rows(), active.dialect(), change.table(), change.key());
            Change put = new Change(change.table(), Kind.PUT, change.key(), image, false).withoutExpectation();
            if (!atOnce && put.leavesRow()) {
                puts.add(put);
                now.add(new Change(change.table(), Kind.REMOVE, change.key(), null, false));
            } else {
                now.add(put);
            }
        }
        active.rows().commit();
        group.clear();
        if (!now.isEmpty()) {
            repair(now);
        }
    }

    private void putAside(long firstPending, long deadline) throws SQLException {
        if (aside.isDue(firstPending)) {
            List<Change> rows = aside.rows();
            attempt(deadline, () -> {
                applier.apply(rows);
                return rows.size();
            });
            aside.clear();
        }
    }

    /**
     * Commits on the follower what was read from the active store, once it is there for good. H2 writes to its file up to a
     * second after a commit: a process that dies in between leaves an active store without its last commits, and
     * a follower that had them already would be ahead of it for ever.
     */
    private void commit(Step before, Step after) throws SQLException {
        before.passed();
        plan.active().makeDurable();
        Step.ACTIVE_DURABLE.passed();
        follower.rows().commit();
        after.passed();
    }

    /** A piece of work that is one transaction on the follower. */
    @FunctionalInterface
    private interface Piece {
        int run() throws SQLException;
    }

    /**
     * Does a piece again that failed, before the upgrade is given up: H2 1.4.200 fails a query with a NullPointerException
     * when a large object that it is about to read is removed by somebody else.
     */
    private int attempt(long deadline, Piece piece) throws SQLException {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                return piece.run();
            } catch (DivergenceException e) {
                throw e;
            } catch (SQLException e) {
                if (left == 0 || !rolledBack(e)) {
                    throw e;
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw SqlState.TIMED_OUT.error(
                            "applying changes was given up at its deadline: " + e.getMessage(), e);
                }
                LOG.debug("a piece of work in stage {} failed and is done again", stage, e);
            } catch (RuntimeException | Error e) {
                rolledBack(e); // the worker goes on, and must not find half of it in its transaction
                throw e;
            }
        }
    }

    private boolean rolledBack(Throwable reason) {
        try {
            plan.active().rows().rollback();
            follower.rows().rollback();
            return true;
        } catch (SQLException e) {
            reason.addSuppressed(e);
            return false;
        }
    }

    /** Puts and removes rows as they are on the active store now; what is logged until now may be older than they are. */
    void repair(List<Change> changes) throws SQLException {
        applier.apply(changes);
        repairedAt = Math.max(repairedAt, log.lastLsn());
    }

    /** Whatever is logged may meet rows that a repair has removed until it can put them. */
    void takeNoOffence() {
        repairedAt = Long.MAX_VALUE;
    }

    /** Rows are what they should be again, once what is logged until now is applied. */
    void takeOffence() {
        repairedAt = log.lastLsn();
    }

    /**
     * What was logged until now is applied as it may be: a process that has ended may have been ahead with a repair, and a
     * commit whose connection was lost may have happened.
     */
    void tolerateBacklog() {
        repairedAt = Math.max(repairedAt, log.lastLsn());
    }

    private boolean hasBegun(Table table) {
        TableCopy copy = copies.get(table.name());
        return copy != null && copy.hasBegun();
    }
}
