package org.batonjdbc.store.apply;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.catalog.ValueKind;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Change.Kind;
import org.batonjdbc.store.log.LoggedTransaction;
import org.batonjdbc.store.log.RowKey;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.row.TableSql;

/**
 * Replays logged transactions on the following store.
 *
 * <p>A run of transactions is applied as one: first every key that goes, or whose unique values may change, is removed, then
 * what stays is updated, then what is new is inserted. As the state before and the state after were both states of the
 * active store, no unique value is in the way at any moment; one change at a time could not even swap two of them.
 *
 * <p>Large objects are read from the active store now, not when they were logged: they are at least as new, take no
 * room in the log, and what changed since follows in the log. Used by the pair's worker alone.
 */
public final class Applier {
    private static final long NO_LSN = 0;

    private final Dialect reads;
    private final Connection active;
    private final Dialect writes;
    private final Connection follower;
    private final TableMatch match;
    private final Progress progress;

    /**
     * Applies to {@code follower}, and reads large objects from {@code active}; neither is in autocommit mode.
     *
     * @param match which table of the follower stands for which of the active store
     * @param progress remembers what is applied, together with it
     */
    public Applier(
            Dialect reads,
            Connection active,
            Dialect writes,
            Connection follower,
            TableMatch match,
            Progress progress) {
        this.reads = reads;
        this.active = active;
        this.writes = writes;
        this.follower = follower;
        this.match = match;
        this.progress = progress;
    }

    /**
     * Applies to tables that are being copied: what is there is overwritten, what is not there need not be removed.
     *
     * @param begun whether the copy of a table has begun; what happened to it before is in its chunks already
     */
    public void applyWhileCopying(List<LoggedTransaction> transactions, Predicate<Table> begun) throws SQLException {
        NetChanges net = NetChanges.withoutExpectations(transactions);
        for (Table table : net.tables()) {
            if (begun.test(table)) {
                Collection<Change> changes = net.of(table);
                delete(table, select(changes, change -> !change.leavesRow()), false);
                put(table, select(changes, Change::leavesRow), new TableSql(writes, match.target(table)).upsert(1));
            }
        }
        progress.applied(follower, last(transactions));
        follower.commit();
    }

    /**
     * Applies to complete tables and accepts no surprise.
     *
     * @throws DivergenceException if a row is missing, or is there already; nothing is applied then
     */
    public void apply(List<LoggedTransaction> transactions) throws SQLException {
        applyAsOne(NetChanges.of(transactions), last(transactions));
    }

    /** As {@link #apply}, but rows may be there or missing already, because a repair was ahead of these transactions. */
    public void applyTolerantly(List<LoggedTransaction> transactions) throws SQLException {
        applyAsOne(NetChanges.withoutExpectations(transactions), last(transactions));
    }

    /** Puts and removes rows that are in no log, as a repair does. */
    public void apply(Collection<Change> changes) throws SQLException {
        LoggedTransaction repair = new LoggedTransaction(0, 0, List.copyOf(changes));
        applyAsOne(NetChanges.withoutExpectations(List.of(repair)), NO_LSN);
    }

    private static long last(List<LoggedTransaction> transactions) {
        return transactions.get(transactions.size() - 1).lsn();
    }

    private void applyAsOne(NetChanges net, long lsn) throws SQLException {
        try {
            for (Table table : net.tables()) {
                applyStrictly(table, net.of(table));
            }
            if (lsn != NO_LSN) {
                progress.applied(follower, lsn);
            }
            follower.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    private void applyStrictly(Table table, Collection<Change> changes) throws SQLException {
        delete(table, select(changes, Applier::mustBeRemoved), true);
        delete(table, select(changes, change -> change.kind() == Kind.PUT || change.kind() == Kind.REMOVE), false);
        if (table.key().size() < table.columns().size()) {
            update(table, select(changes, Applier::staysInPlace));
        }
        put(
                table,
                select(changes, change -> change.leavesRow() && !staysInPlace(change)),
                new TableSql(writes, match.target(table)).insert(1));
    }

    private static boolean mustBeRemoved(Change change) {
        return change.kind() == Kind.DELETE || (change.kind() == Kind.UPDATE && !staysInPlace(change));
    }

    private static boolean staysInPlace(Change change) {
        return change.kind() == Kind.UPDATE && change.keepsUniques();
    }

    private void delete(Table table, List<Change> changes, boolean mustBeThere) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Rows rows = new Rows(writes, match.target(table));
        try (PreparedStatement statement =
                follower.prepareStatement(new TableSql(writes, match.target(table)).deleteByKey())) {
            for (Change change : changes) {
                rows.bindKey(statement, 1, change.key());
                statement.addBatch();
            }
            int[] counts = execute(statement, changes);
            if (mustBeThere) {
                expectOne(changes, counts, "the row to remove is not there");
            }
        }
    }

    private void update(Table table, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Rows rows = new Rows(writes, match.target(table));
        try (PreparedStatement statement =
                        follower.prepareStatement(new TableSql(writes, match.target(table)).updateByKey());
                LobSource lobs = new LobSource(table)) {
            for (Change change : changes) {
                int next = rows.bindRest(statement, 1, lobs.fill(change));
                rows.bindKey(statement, next, change.key());
                statement.addBatch();
            }
            expectOne(changes, execute(statement, changes), "the row to update is not there");
        }
    }

    private void put(Table table, List<Change> changes, String sql) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Rows rows = new Rows(writes, match.target(table));
        try (PreparedStatement statement = follower.prepareStatement(sql);
                LobSource lobs = new LobSource(table)) {
            for (Change change : changes) {
                rows.bind(statement, 1, lobs.fill(change));
                statement.addBatch();
            }
            execute(statement, changes);
        }
    }

    private int[] execute(PreparedStatement statement, List<Change> changes) throws SQLException {
        try {
            return statement.executeBatch();
        } catch (BatchUpdateException e) {
            SQLException first = e.getNextException() == null ? e : e.getNextException();
            if (writes.isDuplicateKey(first)) {
                int failed = firstFailure(e.getUpdateCounts(), changes.size());
                Change change = changes.get(failed);
                throw new DivergenceException(
                        change.table(),
                        change.key(),
                        "a row to insert is there already, or a unique value of it",
                        first);
            }
            throw e;
        }
    }

    private static int firstFailure(int[] counts, int changes) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == PreparedStatement.EXECUTE_FAILED) {
                return i;
            }
        }
        return Math.min(counts.length, changes - 1);
    }

    private static void expectOne(List<Change> changes, int[] counts, String found) throws SQLException {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 1) {
                Change change = changes.get(i);
                throw new DivergenceException(change.table(), change.key(), found, null);
            }
        }
    }

    private static List<Change> select(Collection<Change> changes, Predicate<Change> wanted) {
        List<Change> selected = new ArrayList<>();
        for (Change change : changes) {
            if (wanted.test(change)) {
                selected.add(change);
            }
        }
        return selected;
    }

    private void rollBack(SQLException reason) {
        try {
            follower.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** Fetches large objects of one table's rows from the active store, by key. */
    private final class LobSource implements AutoCloseable {
        private final Table table;
        private final Rows rows;
        private PreparedStatement select;

        LobSource(Table table) {
            this.table = table;
            this.rows = new Rows(reads, table);
        }

        /** The change's image with large objects in place of their stand-ins. */
        Object[] fill(Change change) throws SQLException {
            Object[] image = change.image();
            for (Object value : image) {
                if (value == Lob.LATER) {
                    return filled(image, change.key());
                }
            }
            return image;
        }

        private Object[] filled(Object[] image, RowKey key) throws SQLException {
            if (select == null) {
                select = active.prepareStatement(new TableSql(reads, table).selectLobsByKey());
            }
            rows.bindKey(select, 1, key);
            Object[] filled = image.clone();
            try (ResultSet row = select.executeQuery()) {
                boolean there = row.next();
                int index = 1;
                for (int i = 0; i < filled.length; i++) {
                    Column column = table.columns().get(i);
                    if (column.kind().isLob()) {
                        Object lob = there ? reads.read(row, index, column) : null;
                        filled[i] = lob == null && !column.nullable() ? empty(column) : lob;
                        index++;
                    }
                }
            }
            return filled;
        }

        /** A row that is gone by now will be removed by a later change; until then a NOT NULL column needs a value. */
        private Object empty(Column column) throws SQLException {
            return column.kind() == ValueKind.CLOB ? active.createClob() : active.createBlob();
        }

        @Override
        public void close() throws SQLException {
            if (select != null) {
                select.close();
                active.commit();
            }
        }
    }
}
