package org.batonjdbc.store.copy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.copy.CopyPositions.Position;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.RowKey;
import org.batonjdbc.store.row.Commit;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.row.TableSql;

/**
 * Copies the existing rows of one table in chunks, in the order of its key, up to the largest key that was there when it
 * began; rows that come later come through the change log.
 *
 * <p>A chunk is read and upserted in one step, and nothing may be applied in between: then a chunk is at least as new as
 * everything applied before it, and what follows it in the log repairs the rest. Used by the pair's worker alone.
 */
public final class TableCopy {
    /** Parameters in one statement beyond which more rows in it gain nothing. */
    private static final int PARAMETERS = 1024;

    private static final int ROWS = 64;

    /** How much smaller a chunk is that follows one that failed: a chunk of any size is down to single rows in a few steps. */
    private static final int SHRINK = 8;

    private final Table table;
    private final Supplier<Connection> from;
    private final Supplier<Connection> to;
    private final Rows source;
    private final Rows target;
    private final TableSql sourceSql;
    private final TableSql targetSql;
    private final int chunkRows;
    /** Rows of the next chunk: fewer after one that failed. */
    private int nextRows;

    private final boolean upserts;
    private final int rowsPerStatement;
    private final CopyPositions positions;
    private RowKey largest;
    private RowKey last;
    private boolean begun;
    private boolean done;
    private long copied;

    /**
     * A copy that has not begun.
     *
     * @param as the table that stands for it on the store that is being built
     * @param from reads; not in autocommit mode
     * @param to writes; not in autocommit mode, each chunk is one transaction; as {@code from} asked for each time, because a
     *     lost connection is replaced
     */
    public TableCopy(
            Table table,
            Table as,
            Dialect reads,
            Supplier<Connection> from,
            Dialect writes,
            Supplier<Connection> to,
            int chunkRows,
            CopyPositions positions) {
        this.table = table;
        this.from = from;
        this.to = to;
        this.source = new Rows(reads, table);
        this.target = new Rows(writes, as);
        this.sourceSql = new TableSql(reads, table);
        this.targetSql = new TableSql(writes, as);
        this.upserts = writes.upserts();
        this.chunkRows = chunkRows;
        this.nextRows = chunkRows;
        this.positions = positions;
        this.rowsPerStatement = Math.max(
                1, Math.min(ROWS, PARAMETERS / Math.max(1, table.columns().size())));
    }

    /** Goes on where an earlier process has stopped, if it has begun this table. */
    public void resume() throws SQLException {
        Optional<Position> position = positions.read(to.get(), table.name());
        to.get().commit();
        if (position.isPresent()) {
            begun = true;
            largest = position.get().largest();
            last = position.get().last();
            copied = position.get().copied();
            done = position.get().done();
        }
    }

    /** The table that is copied. */
    public Table table() {
        return table;
    }

    /** Whether a chunk has been read, so that changes to the table must be applied. */
    public boolean hasBegun() {
        return begun;
    }

    /** Whether the last chunk is written. */
    public boolean isDone() {
        return done;
    }

    /** Rows copied so far. */
    public long copied() {
        return copied;
    }

    /**
     * Copies one chunk and returns how many rows it had. If it fails, both connections may be rolled back and the copy
     * goes on from the same row with a smaller chunk: H2 1.4.200 fails a query when a large object that it is about to read
     * is removed by somebody else, which under steady writes happens to every large chunk and to hardly any single row.
     *
     * @param commit ends the transaction of the store that is being built
     */
    public int step(Commit commit) throws SQLException {
        if (!begun) {
            begun = true;
            largest = largestKey();
            if (largest == null) {
                // Must be remembered, or the next process skips changes of rows that came after this.
                done = true;
                positions.write(to.get(), table.name(), new Position(null, null, 0, true));
                commit.run();
            }
        }
        if (done) {
            return 0;
        }
        int asked = nextRows;
        nextRows = Math.max(1, asked / SHRINK);
        Chunk chunk = copyChunk(asked);
        nextRows = (int) Math.min(chunkRows, 2L * asked);
        Position reached = new Position(largest, chunk.last(), copied + chunk.rows(), chunk.rows() < asked);
        positions.write(to.get(), table.name(), reached);
        commit.run();
        last = reached.last();
        copied = reached.copied();
        done = reached.done();
        return chunk.rows();
    }

    /** What one chunk has written, which counts when it is committed. */
    private record Chunk(int rows, RowKey last) {}

    private RowKey largestKey() throws SQLException {
        try (PreparedStatement statement = from.get().prepareStatement(sourceSql.selectLargestKey())) {
            statement.setMaxRows(1);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? source.readKey(row) : null;
            }
        } finally {
            from.get().commit();
        }
    }

    private Chunk copyChunk(int asked) throws SQLException {
        try (PreparedStatement select = from.get().prepareStatement(sourceSql.selectChunk(last != null, asked))) {
            select.setMaxRows(asked);
            select.setFetchSize(Math.min(asked, ROWS));
            int next = source.bindBound(select, 1, largest);
            if (last != null) {
                source.bindBound(select, next, last);
            }
            try (ResultSet rows = select.executeQuery()) {
                return write(rows);
            }
        } finally {
            from.get().commit();
        }
    }

    private Chunk write(ResultSet rows) throws SQLException {
        int count = 0;
        RowKey reached = last;
        List<Object[]> group = new ArrayList<>(rowsPerStatement);
        try (PreparedStatement full = to.get().prepareStatement(puttingSql(rowsPerStatement))) {
            while (rows.next()) {
                Object[] image = source.read(rows);
                reached = RowKey.of(table, image);
                group.add(image);
                count++;
                if (group.size() == rowsPerStatement) {
                    upsert(full, group);
                }
            }
        }
        if (!group.isEmpty()) {
            try (PreparedStatement rest = to.get().prepareStatement(puttingSql(group.size()))) {
                upsert(rest, group);
            }
        }
        return new Chunk(count, reached);
    }

    private String puttingSql(int rows) {
        return upserts ? targetSql.upsert(rows) : targetSql.insert(rows);
    }

    private void upsert(PreparedStatement statement, List<Object[]> group) throws SQLException {
        if (!upserts) {
            remove(group);
        }
        int index = 1;
        for (Object[] image : group) {
            index = target.bind(statement, index, image);
        }
        statement.executeUpdate();
        group.clear();
    }

    /** What a change that was applied before has put there already. */
    private void remove(List<Object[]> group) throws SQLException {
        try (PreparedStatement delete = to.get().prepareStatement(targetSql.deleteByKey())) {
            for (Object[] image : group) {
                target.bindKey(delete, 1, RowKey.of(table, image));
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }
}
