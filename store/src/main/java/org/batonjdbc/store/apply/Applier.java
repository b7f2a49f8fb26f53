package org.batonjdbc.store.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Change.Kind;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.LoggedTransaction;
import org.batonjdbc.store.row.Commit;

/**
 * Replays logged transactions on the following store.
 *
 * <p>A run of transactions is applied as one: first every key that goes, or whose unique values may change, is removed, then
 * what stays is updated, then what is new is inserted. As the state before and the state after were both states of the
 * active store, no unique value is in the way at any moment; one change at a time could not even swap two of them.
 * A large transaction comes by itself; its changes are gone through once for each of these steps, so that the same holds
 * for it although they are never all in the heap. Used by the pair's worker alone.
 */
public final class Applier {
    private static final long NO_LSN = 0;

    private final Dialect reads;
    private final Supplier<Connection> active;
    private final Dialect writes;
    private final Supplier<Connection> follower;
    private final TableMatch match;
    private final Progress progress;
    private final Commit commit;

    /**
     * Applies to {@code follower}, and reads large objects from {@code active}; neither is in autocommit mode. Both are
     * asked for each time, because a lost connection is replaced.
     *
     * @param match which table of the follower stands for which of the active store
     * @param progress remembers what is applied, together with it
     * @param commit ends a transaction of {@code follower}
     */
    public Applier(
            Dialect reads,
            Supplier<Connection> active,
            Dialect writes,
            Supplier<Connection> follower,
            TableMatch match,
            Progress progress,
            Commit commit) {
        this.reads = reads;
        this.active = active;
        this.writes = writes;
        this.follower = follower;
        this.match = match;
        this.progress = progress;
        this.commit = commit;
    }

    /** Several changes, as often as they are needed. */
    @FunctionalInterface
    private interface Source {
        void each(Changes.Taker taker) throws SQLException;
    }

    /** What one of a table's writers does with a group of changes. */
    @FunctionalInterface
    private interface Step {
        void write(RowWriter writer, List<Change> changes) throws SQLException;
    }

    /**
     * Applies to tables that are being copied: what is there is overwritten, what is not there need not be removed.
     *
     * @param begun whether the copy of a table has begun; what happened to it before is in its chunks already
     */
    public void applyWhileCopying(List<LoggedTransaction> transactions, Predicate<Table> begun) throws SQLException {
        Source source = withoutExpectations(transactions);
        Predicate<Change> copied = change -> begun.test(change.table());
        run(source, copied.and(change -> !change.leavesRow()), RowWriter::deleteIfPresent);
        run(source, copied.and(Change::leavesRow), RowWriter::upsert);
        progress.applied(follower.get(), last(transactions));
        commit.run();
    }

    /**
     * Applies to complete tables and accepts no surprise.
     *
     * @throws DivergenceException if a row is missing, or is there already; nothing is applied then
     */
    public void apply(List<LoggedTransaction> transactions) throws SQLException {
        Source source = isLarge(transactions) ? transactions.get(0).changes()::each : NetChanges.of(transactions)::each;
        applyAsOne(source, last(transactions));
    }

    /** As {@link #apply}, but rows may be there or missing already, because a repair was ahead of these transactions. */
    public void applyTolerantly(List<LoggedTransaction> transactions) throws SQLException {
        applyAsOne(withoutExpectations(transactions), last(transactions));
    }

    /** Puts and removes rows that are in no log, as a repair does. */
    public void apply(Collection<Change> changes) throws SQLException {
        LoggedTransaction repair = new LoggedTransaction(0, 0, Changes.of(List.copyOf(changes)));
        applyAsOne(withoutExpectations(List.of(repair)), NO_LSN);
    }

    private static Source withoutExpectations(List<LoggedTransaction> transactions) throws SQLException {
        if (isLarge(transactions)) {
            Changes changes = transactions.get(0).changes();
            return taker -> changes.each(change -> taker.take(change.withoutExpectation()));
        }
        return NetChanges.withoutExpectations(transactions)::each;
    }

    private static boolean isLarge(List<LoggedTransaction> transactions) {
        return transactions.size() == 1 && transactions.get(0).changes().isLarge();
    }

    private static long last(List<LoggedTransaction> transactions) {
        return transactions.get(transactions.size() - 1).lsn();
    }

    private void applyAsOne(Source source, long lsn) throws SQLException {
        try {
            run(source, Applier::mustBeRemoved, RowWriter::delete);
            run(source, Applier::mayBeThere, RowWriter::deleteIfPresent);
            run(source, Applier::staysInPlace, RowWriter::update);
            run(source, change -> change.leavesRow() && !staysInPlace(change), RowWriter::insert);
            if (lsn != NO_LSN) {
                progress.applied(follower.get(), lsn);
            }
            commit.run();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    private static boolean mustBeRemoved(Change change) {
        return change.kind() == Kind.DELETE || (change.kind() == Kind.UPDATE && !staysInPlace(change));
    }

    private static boolean mayBeThere(Change change) {
        return change.kind() == Kind.PUT || change.kind() == Kind.REMOVE;
    }

    private static boolean staysInPlace(Change change) {
        return change.kind() == Kind.UPDATE
                && change.keepsUniques()
                && change.table().key().size() < change.table().columns().size();
    }

    /** Goes through all changes once, and writes those that are wanted. */
    private void run(Source source, Predicate<Change> wanted, Step step) throws SQLException {
        Groups groups = new Groups(wanted, (table, changes) -> {
            try (LobSource lobs = new LobSource(reads, active.get(), table)) {
                step.write(new RowWriter(follower.get(), writes, match.target(table), lobs), changes);
            }
        });
        source.each(groups);
        groups.end();
    }

    private void rollBack(SQLException reason) {
        try {
            follower.get().rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
