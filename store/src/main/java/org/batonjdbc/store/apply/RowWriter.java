package org.batonjdbc.store.apply;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.row.TableSql;

/**
 * Writes some changes of one table to the following store, in its transaction, and tells surprises from what was expected.
 * Used by the pair's worker alone.
 */
final class RowWriter {
    private final Connection follower;
    private final Dialect writes;
    private final TableSql sql;
    private final Rows rows;
    private final LobSource lobs;

    /**
     * A writer of one table's rows.
     *
     * @param target the table of the following store
     * @param lobs of the active store's table
     */
    RowWriter(Connection follower, Dialect writes, Table target, LobSource lobs) {
        this.follower = follower;
        this.writes = writes;
        this.sql = new TableSql(writes, target);
        this.rows = new Rows(writes, target);
        this.lobs = lobs;
    }

    /** Removes rows, which must be there. */
    void delete(List<Change> changes) throws SQLException {
        expectOne(changes, remove(changes), "the row to remove is not there");
    }

    /** Removes those rows that are there. */
    void deleteIfPresent(List<Change> changes) throws SQLException {
        remove(changes);
    }

    private int[] remove(List<Change> changes) throws SQLException {
        try (PreparedStatement statement = follower.prepareStatement(sql.deleteByKey())) {
            for (Change change : changes) {
                rows.bindKey(statement, 1, change.key());
                statement.addBatch();
            }
            return execute(statement, changes);
        }
    }

    /** Updates rows in place, which must be there. */
    void update(List<Change> changes) throws SQLException {
        try (PreparedStatement statement = follower.prepareStatement(sql.updateByKey())) {
            for (Change change : changes) {
                int next = rows.bindRest(statement, 1, lobs.fill(change));
                rows.bindKey(statement, next, change.key());
                statement.addBatch();
            }
            expectOne(changes, execute(statement, changes), "the row to update is not there");
        }
    }

    /** Inserts rows, which must not be there. */
    void insert(List<Change> changes) throws SQLException {
        put(changes, sql.insert(1));
    }

    /** Inserts or overwrites rows. */
    void upsert(List<Change> changes) throws SQLException {
        if (writes.upserts()) {
            put(changes, sql.upsert(1));
        } else {
            remove(changes);
            insert(changes);
        }
    }

    private void put(List<Change> changes, String text) throws SQLException {
        try (PreparedStatement statement = follower.prepareStatement(text)) {
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
}
