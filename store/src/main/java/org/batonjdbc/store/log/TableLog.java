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

    private TableLog(Slots slots, ChangeCodec codec, Connection worker, String table) {
        this.slots = slots;
        this.codec = codec;
        this.worker = worker;
        this.table = table;
    }

    /**
     * Opens the log of a store, and makes its table unless it is there.
     *
     * @param worker a connection to the active store in autocommit mode, for the worker's own use
     * @param catalog the replicated tables of the active store
     * @param applied entries up to this LSN are applied already, though a crash may have left them here
     */
    public static TableLog open(
            Connection worker, Dialect dialect, Catalog catalog, Clock clock, long maxBytes, long applied)
            throws SQLException {
        String table = dialect.quote("BATON") + "." + dialect.quote("LOG");
        Slots slots = new Slots(clock, maxBytes, true);
        slots.startBehind(applied);
        try (Statement statement = worker.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + "(LSN BIGINT NOT NULL, PART INT NOT NULL,"
                    + " COMMITTED_AT BIGINT NOT NULL, CHANGE_COUNT INT NOT NULL, DATA VARBINARY(" + PART + ") NOT NULL,"
                    + " PRIMARY KEY(LSN, PART))");
            // Every user's transactions are logged, whatever else that user may do.
            statement.execute("GRANT SELECT, INSERT ON " + table + " TO PUBLIC");
            statement.executeUpdate("DELETE FROM " + table + " WHERE LSN <= " + applied);
            try (ResultSet rows = statement.executeQuery("SELECT LSN, MIN(COMMITTED_AT), MIN(CHANGE_COUNT),"
                    + " SUM(LENGTH(DATA)) FROM " + table + " GROUP BY LSN ORDER BY LSN")) {
                while (rows.next()) {
                    slots.restore(rows.getLong(1), rows.getLong(2), rows.getInt(3), rows.getLong(4));
                }
            }
        }
        return new TableLog(slots, new ChangeCodec(catalog), worker, table);
    }

    @Override
    public Slot reserve(Connection connection, List<Change> changes) throws SQLException {
        byte[] data = ChangeCodec.encode(changes);
        Slots.Entry slot = slots.reserve(changes.size(), data.length, null);
        if (slot == null) {
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
