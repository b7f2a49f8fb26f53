package org.batonjdbc.store.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.ValueKind;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.RowKey;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.row.TableSql;

/**
 * Goes through both stores' rows at the same time, in the order of a key of whole numbers, in which all engines agree: far
 * faster than looking up each row. At most one chunk of each store is in the heap. Used by the pair's worker alone.
 */
final class OrderedScan {
    private final Source active;
    private final Source upgraded;
    private final RowComparison comparison;
    private final int chunkRows;
    private RowKey largest;
    private RowKey last;
    private boolean begun;
    private long activeRows;
    private long upgradedRows;

    OrderedScan(Source active, Source upgraded, RowComparison comparison, int chunkRows) {
        this.active = active;
        this.upgraded = upgraded;
        this.comparison = comparison;
        this.chunkRows = chunkRows;
    }

    /** Whether the rows of a table can be compared this way; large objects are looked up one by one. */
    static boolean fits(Table table) {
        return !table.hasLobs() && table.keyColumns().stream().allMatch(column -> isWhole(column));
    }

    private static boolean isWhole(Column column) {
        return column.kind() == ValueKind.INTEGER;
    }

    long activeRows() {
        return activeRows;
    }

    long upgradedRows() {
        return upgradedRows;
    }

    /** The next rows of both stores; false behind the last. */
    boolean compareChunk(Collection<RowKey> candidates) throws SQLException {
        if (!begun) {
            begun = true;
            // What is inserted behind it while this goes on comes through the change log; else a table that is being
            // filled is chased for ever.
            largest = larger(active.largest(), upgraded.largest());
        }
        if (largest == null) {
            return false;
        }
        List<Object[]> ours = active.rows(last, largest, chunkRows);
        List<Object[]> theirs = upgraded.rows(last, largest, chunkRows);
        RowKey bound = smaller(active.end(ours, chunkRows), upgraded.end(theirs, chunkRows));
        compare(ours, theirs, bound, candidates);
        last = bound;
        if (bound == null) {
            largest = null;
        }
        return bound != null;
    }

    /** Merges both lists up to a key; null for all. */
    private void compare(List<Object[]> ours, List<Object[]> theirs, RowKey bound, Collection<RowKey> candidates)
            throws SQLException {
        int i = 0;
        int j = 0;
        while (true) {
            RowKey our = active.key(ours, i, bound);
            RowKey their = upgraded.key(theirs, j, bound);
            if (our == null && their == null) {
                break;
            }
            int order = our == null ? 1 : their == null ? -1 : compare(our, their);
            if (order != 0 || !comparison.isSame(ours.get(i), theirs.get(j))) {
                candidates.add(order > 0 ? their : our);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        activeRows += i;
        upgradedRows += j;
    }

    private static RowKey larger(RowKey a, RowKey b) {
        return a == null || (b != null && compare(a, b) < 0) ? b : a;
    }

    private static RowKey smaller(RowKey a, RowKey b) {
        return a == null || (b != null && compare(b, a) < 0) ? b : a;
    }

    private static int compare(RowKey a, RowKey b) {
        for (int i = 0; i < a.size(); i++) {
            int order = Long.compare((Long) a.value(i), (Long) b.value(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** One store's table as it is read. */
    static final class Source {
        private final Connection connection;
        private final Table table;
        private final Rows rows;
        private final TableSql sql;

        Source(Dialect dialect, Connection connection, Table table) {
            this.connection = connection;
            this.table = table;
            this.rows = new Rows(dialect, table);
            this.sql = new TableSql(dialect, table);
        }

        /** The largest key; null in an empty table. */
        RowKey largest() throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql.selectLargestKey())) {
                statement.setMaxRows(1);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? rows.readKey(row) : null;
                }
            } finally {
                connection.commit();
            }
        }

        private List<Object[]> rows(RowKey behind, RowKey upTo, int limit) throws SQLException {
            List<Object[]> read = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql.selectChunk(behind != null, limit))) {
                select.setMaxRows(limit);
                int next = rows.bindBound(select, 1, upTo);
                if (behind != null) {
                    rows.bindBound(select, next, behind);
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        read.add(rows.read(row));
                    }
                }
            } finally {
                connection.commit();
            }
            return read;
        }

        /** The key behind which there may be more rows; null if these are the last. */
        private RowKey end(List<Object[]> read, int limit) {
            return read.size() < limit ? null : RowKey.of(table, read.get(read.size() - 1));
        }

        /** The key of a row; null behind the last that counts. */
        private RowKey key(List<Object[]> read, int index, RowKey bound) {
            if (index == read.size()) {
                return null;
            }
            RowKey key = RowKey.of(table, read.get(index));
            return bound != null && compare(key, bound) > 0 ? null : key;
        }
    }
}
