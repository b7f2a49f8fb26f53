package org.batonjdbc.store.log;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.dialect.Dialect;

/**
 * A change log in a table of the active store, written in the transaction whose changes it holds: after a crash exactly the
 * committed ones are there. It holds only what is not applied yet.
 *
 * <p>The order of LSNs and the figures are kept in memory, so that STATUS needs no query, and are read again from the table
 * when an upgrade is resumed. Any thread may reserve, on its own connection; reading and forgetting use {@code worker}'s
 * connection and are the worker's alone.
 */
public final class TableLog implements ChangeLog {
    /** H2's largest VARBINARY is 1,048,576 bytes; a larger transaction has several parts. */
    private static final int PART = 1_000_000;

    private final Slots slots;
    private final ChangeCodec codec;
    private final Connection worker;
    private final String table;
    private final AtomicLong unlogged = new AtomicLong();

    private TableLog(Connection worker, Dialect dialect, Catalog catalog, Clock clock, long maxBytes) {
        this.slots = new Slots(clock, maxBytes, true);
        this.codec = new ChangeCodec(catalog);
        this.worker = worker;
        this.table = name(dialect);
    }

    /**
     * Makes a new log, in place of whatever an earlier upgrade has left.
     *
     * @param worker a connection to the active store in autocommit mode, for the worker's own use
     * @param catalog the replicated tables of the active store
     */
    public static TableLog create(Connection worker, Dialect dialect, Catalog catalog, Clock clock, long maxBytes)
            throws SQLException {
        TableLog log = new TableLog(worker, dialect, catalog, clock, maxBytes);
        try (Statement statement = worker.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + log.table);
            statement.execute("CREATE TABLE " + log.table + "(LSN BIGINT NOT NULL, PART INT NOT NULL,"
                    + " COMMITTED_AT BIGINT NOT NULL, CHANGE_COUNT INT NOT NULL, DATA VARBINARY(" + PART + ") NOT NULL,"
                    + " PRIMARY KEY(LSN, PART))");
            // Every user's transactions are logged, whatever else that user may do.
            statement.execute("GRANT SELECT, INSERT ON " + log.table + " TO PUBLIC");
        }
        return log;
    }

    /**
     * Opens the log that an earlier process has left.
     *
     * @param applied entries up to this LSN are applied already, though a crash may have left them here
     */
    public static TableLog resume(
            Connection worker, Dialect dialect, Catalog catalog, Clock clock, long maxBytes, long applied)
            throws SQLException {
        TableLog log = new TableLog(worker, dialect, catalog, clock, maxBytes);
        log.slots.startBehind(applied);
        try (Statement statement = worker.createStatement()) {
            try (ResultSet marks = statement.executeQuery("SELECT 1 FROM " + log.table + " WHERE LSN < 0")) {
                if (marks.next()) {
                    throw SqlState.REFUSED.error("the change log had grown beyond maxLogBytes, and is not complete");
                }
            }
            statement.executeUpdate("DELETE FROM " + log.table + " WHERE LSN <= " + applied);
            try (ResultSet rows = statement.executeQuery("SELECT LSN, MIN(COMMITTED_AT), MIN(CHANGE_COUNT),"
                    + " SUM(LENGTH(DATA)) FROM " + log.table + " GROUP BY LSN ORDER BY LSN")) {
                while (rows.next()) {
                    log.slots.restore(rows.getLong(1), rows.getLong(2), rows.getInt(3), rows.getLong(4));
                }
            }
        }
        return log;
    }

    /** Drops the log's table from a store that serves without it. */
    public static void drop(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + name(dialect));
        }
    }

    private static String name(Dialect dialect) {
        return dialect.quote("BATON") + "." + dialect.quote("LOG");
    }

    @Override
    public Slot reserve(Connection connection, List<Change> changes) throws SQLException {
        byte[] data = ChangeCodec.encode(changes);
        Slots.Entry slot = slots.reserve(changes.size(), data.length, null);
        if (slot == null) {
            if (slots.hasOverflowed()) {
                markAsOverflowed(connection);
            }
            return Slot.IGNORED;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (LSN, PART, COMMITTED_AT, CHANGE_COUNT, DATA) VALUES (?, ?, ?, ?, ?)")) {
            for (int part = 0; part * (long) PART < data.length; part++) {
                int begin = part * PART;
                insert.setLong(1, slot.lsn());
                insert.setInt(2, part);
                insert.setLong(3, slot.committedAt());
                insert.setInt(4, changes.size());
                insert.setBytes(5, Arrays.copyOfRange(data, begin, Math.min(begin + PART, data.length)));
                insert.executeUpdate();
            }
            return slot;
        } catch (SQLException | RuntimeException e) {
            slot.rolledBack();
            throw e;
        }
    }

    /** Each transaction that is not logged says so, or a process that takes the log up after a crash would not know. */
    private void markAsOverflowed(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (LSN, PART, COMMITTED_AT, CHANGE_COUNT, DATA) VALUES (?, 0, 0, 0, ?)")) {
            insert.setLong(1, -unlogged.incrementAndGet());
            insert.setBytes(2, new byte[0]);
            insert.executeUpdate();
        }
    }

    @Override
    public List<LoggedTransaction> read(int maxChanges) throws SQLException {
        List<Slots.Entry> entries = slots.read(maxChanges);
        List<LoggedTransaction> transactions = new ArrayList<>(entries.size());
        if (entries.isEmpty()) {
            return transactions;
        }
        try (PreparedStatement select =
                worker.prepareStatement("SELECT DATA FROM " + table + " WHERE LSN = ? ORDER BY PART")) {
            for (Slots.Entry entry : entries) {
                select.setLong(1, entry.lsn());
                // A commit whose connection broke may have happened: if so, its entry is there.
                byte[] data = parts(select);
                transactions.add(new LoggedTransaction(
                        entry.lsn(), entry.committedAt(), data.length == 0 ? List.of() : codec.decode(data)));
            }
        }
        return transactions;
    }

    private static byte[] parts(PreparedStatement select) throws SQLException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (ResultSet parts = select.executeQuery()) {
            while (parts.next()) {
                data.writeBytes(parts.getBytes(1));
            }
        }
        return data.toByteArray();
    }

    @Override
    public void forget(List<LoggedTransaction> applied) throws SQLException {
        if (applied.isEmpty()) {
            return;
        }
        // None in between is open: they were read in order, and nothing is read behind an open one.
        try (PreparedStatement delete =
                worker.prepareStatement("DELETE FROM " + table + " WHERE LSN BETWEEN ? AND ?")) {
            delete.setLong(1, applied.get(0).lsn());
            delete.setLong(2, applied.get(applied.size() - 1).lsn());
            delete.executeUpdate();
        }
        slots.forget(applied);
    }

    @Override
    public boolean hasOverflowed() {
        return slots.hasOverflowed();
    }

    @Override
    public long lastLsn() {
        return slots.lastLsn();
    }

    @Override
    public long firstPendingLsn() {
        return slots.firstPendingLsn();
    }

    @Override
    public Figures figures() {
        return slots.figures();
    }

    /** Logs nothing more; the table stays, with what was not applied. */
    @Override
    public void close() {
        slots.close();
    }
}
