package org.batonjdbc.store.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.RowKey;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.row.TableSql;
import org.batonjdbc.store.verify.Difference.Where;

/**
 * Compares one table of two stores chunk by chunk: in the order of the key where all engines agree on it, else by looking up
 * the rows of each store on the other, so that it does not matter in which order the engines sort their keys. What it finds are candidates as long as the application writes; only
 * {@link #compare} of the same keys after everything committed before was applied tells which of them differ.
 *
 * <p>Memory is bounded by the chunk and by the number of candidates. Used by the pair's worker alone.
 */
public final class TableVerify {
    private static final int ATTEMPTS = 5;

    private final Table table;
    private final Reading active;
    private final Reading upgraded;
    private final RowComparison comparison;
    private final int chunkRows;
    /** Null if the rows have to be looked up. */
    private final OrderedScan scan;

    private boolean activeDone;
    private long activeRows;
    private long upgradedRows;

    /** Both connections only read, and are not in autocommit mode. */
    public TableVerify(
            Table table,
            Table target,
            Dialect activeDialect,
            Connection active,
            Dialect upgradedDialect,
            Connection upgraded,
            int chunkRows) {
        this.table = table;
        this.active = new Reading(activeDialect, active, table);
        this.upgraded = new Reading(upgradedDialect, upgraded, target);
        this.comparison = new RowComparison(table, target);
        this.chunkRows = chunkRows;
        this.scan = OrderedScan.fits(table)
                ? new OrderedScan(
                        new OrderedScan.Source(activeDialect, active, table),
                        new OrderedScan.Source(upgradedDialect, upgraded, target),
                        comparison,
                        chunkRows)
                : null;
    }

    /** The table that is compared. */
    public Table table() {
        return table;
    }

    /** Rows seen so far on the active store. */
    public long activeRows() {
        return scan == null ? activeRows : scan.activeRows();
    }

    /** Rows seen so far on the upgraded store. */
    public long upgradedRows() {
        return scan == null ? upgradedRows : scan.upgradedRows();
    }

    /** Compares the next rows, of either store or of both; false behind the last. */
    public boolean compareChunk(Collection<RowKey> candidates) throws SQLException {
        if (scan != null) {
            return scan.compareChunk(candidates);
        }
        if (!activeDone) {
            activeDone = !compareActiveChunk(candidates);
            return true;
        }
        return compareUpgradedChunk(candidates);
    }

    /** The next chunk of the active store's rows, looked up on the upgraded one; false behind the last. */
    private boolean compareActiveChunk(Collection<RowKey> candidates) throws SQLException {
        List<RowKey> keys = active.nextKeys(chunkRows);
        activeRows += keys.size();
        for (Difference difference : compare(keys)) {
            candidates.add(difference.key());
        }
        return !keys.isEmpty();
    }

    /** The next chunk of the upgraded store's rows, which must be on the active one; false behind the last. */
    private boolean compareUpgradedChunk(Collection<RowKey> candidates) throws SQLException {
        List<RowKey> keys = upgraded.nextKeys(chunkRows);
        upgradedRows += keys.size();
        try (Lookup there = active.lookupOfKeys()) {
            for (RowKey key : keys) {
                if (!there.isThere(key)) {
                    candidates.add(key);
                }
            }
        }
        return !keys.isEmpty();
    }

    /** Which of these rows differ now. */
    public List<Difference> compare(Collection<RowKey> keys) throws SQLException {
        List<Difference> differences = new ArrayList<>();
        Set<RowKey> distinct = new LinkedHashSet<>(keys);
        try (Lookup here = active.lookup();
                Lookup there = upgraded.lookup()) {
            for (RowKey key : distinct) {
                Where where = compare(key, here, there);
                if (where != null) {
                    differences.add(new Difference(key, where));
                }
            }
        }
        return differences;
    }

    /** Looks again if it fails: a large object can go while it is read, which H2 1.4.200 meets with an error of its own. */
    private Where compare(RowKey key, Lookup here, Lookup there) throws SQLException {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                return difference(here.row(key), there.row(key));
            } catch (SQLException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private Where difference(Object[] ours, Object[] theirs) throws SQLException {
        if (ours == null) {
            return theirs == null ? null : Where.EXTRA;
        }
        if (theirs == null) {
            return Where.MISSING;
        }
        return comparison.isSame(ours, theirs) ? null : Where.VALUES;
    }

    /** One store's table as it is read. */
    private static final class Reading {
        private final Connection connection;
        private final Rows rows;
        private final TableSql sql;
        private RowKey largest;
        private RowKey last;
        private boolean done;

        Reading(Dialect dialect, Connection connection, Table table) {
            this.connection = connection;
            this.rows = new Rows(dialect, table);
            this.sql = new TableSql(dialect, table);
        }

        Lookup lookup() throws SQLException {
            return new Lookup(connection, connection.prepareStatement(sql.selectByKey()), rows);
        }

        Lookup lookupOfKeys() throws SQLException {
            return new Lookup(connection, connection.prepareStatement(sql.existsByKey()), rows);
        }

        /** The next keys up to the largest that was there at the beginning; empty behind the last. */
        List<RowKey> nextKeys(int limit) throws SQLException {
            List<RowKey> keys = new ArrayList<>();
            if (largest == null && !done) {
                largest = largest();
                done = largest == null;
            }
            if (done) {
                return keys;
            }
            try (PreparedStatement select = connection.prepareStatement(sql.selectKeys(last != null, limit))) {
                select.setMaxRows(limit);
                int next = rows.bindBound(select, 1, largest);
                if (last != null) {
                    rows.bindBound(select, next, last);
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        keys.add(rows.readKey(row));
                    }
                }
            } finally {
                connection.commit();
            }
            done = keys.size() < limit;
            last = keys.isEmpty() ? last : keys.get(keys.size() - 1);
            return keys;
        }

        private RowKey largest() throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql.selectLargestKey())) {
                statement.setMaxRows(1);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? rows.readKey(row) : null;
                }
            } finally {
                connection.commit();
            }
        }
    }

    /** Reads rows by key; large objects stay readable until the next commit, which closing does. */
    private record Lookup(Connection connection, PreparedStatement select, Rows rows) implements AutoCloseable {
        Object[] row(RowKey key) throws SQLException {
            rows.bindKey(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? rows.read(row) : null;
            }
        }

        boolean isThere(RowKey key) throws SQLException {
            rows.bindKey(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }

        @Override
        public void close() throws SQLException {
            select.close();
            connection.commit();
        }
    }
}
