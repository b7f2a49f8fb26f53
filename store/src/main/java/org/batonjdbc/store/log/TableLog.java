package org.batonjdbc.store.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableName;
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
    /** Far below the largest binary value of any engine, because engines hold several in the heap on their way to disk. */
    private static final int PART = 100_000;

    private static final TableName NAME = new TableName("BATON", "LOG");

    private final Slots slots;
    private final ChangeCodec codec;
    private final Connection worker;
    private final Dialect dialect;
    private final String table;
    private final String selectPart;
    private final AtomicLong unlogged = new AtomicLong();

    private TableLog(Connection worker, Dialect dialect, Catalog catalog, Clock clock, long maxBytes) {
        this.slots = new Slots(clock, maxBytes, true);
        this.codec = new ChangeCodec(catalog);
        this.worker = worker;
        this.dialect = dialect;
        this.table = dialect.quote(NAME);
        this.selectPart = "SELECT DATA FROM " + table + " WHERE LSN = ? AND PART = ?";
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
            dialect.dropTable(statement, NAME);
            dialect.createTable(
                    statement,
                    NAME,
                    "LSN BIGINT NOT NULL, PART INT NOT NULL, COMMITTED_AT BIGINT NOT NULL, CHANGE_COUNT INT NOT NULL, DATA "
                            + dialect.binaryType(PART) + " NOT NULL, PRIMARY KEY(LSN, PART)");
            // Every user's transactions are logged, whatever else that user may do; nobody reads what others have
            // written.
            dialect.grantToAll(statement, "INSERT", NAME);
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
            try (ResultSet rows =
                    statement.executeQuery("SELECT DISTINCT LSN FROM " + log.table + " WHERE LSN <= " + applied)) {
                while (rows.next()) {
                    log.deleteParts(rows.getLong(1));
                }
            }
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
            dialect.dropTable(statement, NAME);
        }
    }

    @Override
    public Slot reserve(Connection connection, Changes changes) throws SQLException {
        try (changes) {
            if (changes instanceof FileChanges file) {
                try (InputStream data = file.in()) {
                    return reserve(connection, changes.count(), file.bytes(), data);
                }
            }
            byte[] data = ChangeCodec.encode(list(changes));
            return reserve(connection, changes.count(), data.length, new ByteArrayInputStream(data));
        } catch (IOException e) {
            // Part of it may be in the table already, and nobody may apply that.
            giveUp(connection, "the changes of a large transaction cannot be read from disk: " + e);
            return Slot.IGNORED;
        }
    }

    private Slot reserve(Connection connection, int count, long size, InputStream data)
            throws SQLException, IOException {
        Slots.Entry slot = slots.reserve(count, size, null);
        if (slot == null) {
            if (slots.givenUp().isPresent()) {
                markAsGivenUp(connection);
            }
            return Slot.IGNORED;
        }
        boolean complete = false;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (LSN, PART, COMMITTED_AT, CHANGE_COUNT, DATA) VALUES (?, ?, ?, ?, ?)")) {
            int part = 0;
            for (byte[] bytes = data.readNBytes(PART); bytes.length > 0; bytes = data.readNBytes(PART)) {
                insert.setLong(1, slot.lsn());
                insert.setInt(2, part++);
                insert.setLong(3, slot.committedAt());
                insert.setInt(4, count);
                insert.setBytes(5, bytes);
                insert.executeUpdate();
            }
            complete = true;
            return slot;
        } finally {
            if (!complete) {
                slot.rolledBack();
            }
        }
    }

    @Override
    public void giveUp(Connection connection, String reason) throws SQLException {
        slots.giveUp(reason);
        if (slots.givenUp().isPresent()) {
            markAsGivenUp(connection);
        }
    }

    /** Each transaction that is not logged says so, or a process that takes the log up after a crash would not know. */
    private void markAsGivenUp(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (LSN, PART, COMMITTED_AT, CHANGE_COUNT, DATA) VALUES (?, 0, 0, 0, ?)")) {
            insert.setLong(1, -unlogged.incrementAndGet());
            insert.setBytes(2, new byte[0]);
            insert.executeUpdate();
        }
    }

    @Override
    public List<LoggedTransaction> read(int maxChanges) throws SQLException {
        List<Slots.Entry> entries = settled(slots.read(maxChanges));
        List<LoggedTransaction> transactions = new ArrayList<>(entries.size());
        if (entries.isEmpty()) {
            return transactions;
        }
        Slots.Entry first = entries.get(0);
        if (first.isLarge() && !(first.isDoubtful() && isAbsent(first.lsn()))) {
            Changes parts = new LoggedParts(worker, selectPart, codec, first.lsn(), first.count());
            return List.of(new LoggedTransaction(first.lsn(), first.committedAt(), parts));
        }
        Map<Long, List<Change>> logged =
                read(first.lsn(), entries.get(entries.size() - 1).lsn());
        for (Slots.Entry entry : entries) {
            // A commit whose connection broke may have happened: if so, its entry is there.
            List<Change> changes = logged.getOrDefault(entry.lsn(), List.of());
            transactions.add(new LoggedTransaction(entry.lsn(), entry.committedAt(), Changes.of(changes)));
        }
        return transactions;
    }

    private boolean isAbsent(long lsn) throws SQLException {
        try (PreparedStatement select = worker.prepareStatement(selectPart)) {
            select.setLong(1, lsn);
            select.setInt(2, 0);
            try (ResultSet row = select.executeQuery()) {
                return !row.next();
            }
        }
    }

    /** Those up to the first of which nobody can tell yet whether it has been committed. */
    private List<Slots.Entry> settled(List<Slots.Entry> entries) throws SQLException {
        for (int i = 0; i < entries.size(); i++) {
            Slots.Entry entry = entries.get(i);
            if (entry.isUnsettled()) {
                if (!hasEnded(entry.lsn())) {
                    return entries.subList(0, i);
                }
                entry.settled();
            }
        }
        return entries;
    }

    /**
     * Whether a transaction whose connection broke in its commit is over: a server may be at it still, and commit later. As
     * long as it is, nobody else can insert the key that it has inserted.
     */
    private boolean hasEnded(long lsn) throws SQLException {
        if (dialect.keyTriggers().isEmpty()) {
            return true;
        }
        try (PreparedStatement insert = worker.prepareStatement("INSERT INTO " + table
                        + " (LSN, PART, COMMITTED_AT, CHANGE_COUNT, DATA) VALUES (?, 0, 0, 0, ?)");
                PreparedStatement delete = worker.prepareStatement("DELETE FROM " + table + " WHERE LSN = ?")) {
            insert.setQueryTimeout(1);
            insert.setLong(1, lsn);
            insert.setBytes(2, new byte[0]);
            insert.executeUpdate();
            delete.setLong(1, lsn);
            delete.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (dialect.isDuplicateKey(e)) {
                return true;
            }
            if (dialect.isTimeout(e)) {
                return false;
            }
            throw e;
        }
    }

    /** What is logged from one LSN to another, none of them large; the transactions between them have all ended. */
    private Map<Long, List<Change>> read(long first, long last) throws SQLException {
        Map<Long, ByteArrayOutputStream> data = new LinkedHashMap<>();
        try (PreparedStatement select = worker.prepareStatement(
                "SELECT LSN, DATA FROM " + table + " WHERE LSN BETWEEN ? AND ? ORDER BY LSN, PART")) {
            select.setLong(1, first);
            select.setLong(2, last);
            try (ResultSet parts = select.executeQuery()) {
                while (parts.next()) {
                    data.computeIfAbsent(parts.getLong(1), lsn -> new ByteArrayOutputStream())
                            .writeBytes(parts.getBytes(2));
                }
            }
        }
        Map<Long, List<Change>> logged = new HashMap<>();
        for (Map.Entry<Long, ByteArrayOutputStream> entry : data.entrySet()) {
            logged.put(entry.getKey(), codec.decode(entry.getValue().toByteArray()));
        }
        return logged;
    }

    private static List<Change> list(Changes changes) throws SQLException {
        List<Change> list = new ArrayList<>(changes.count());
        changes.each(list::add);
        return list;
    }

    @Override
    public void awaitOldest(Duration longest) throws InterruptedException {
        slots.awaitOldest(longest);
    }

    @Override
    public void forget(List<LoggedTransaction> applied) throws SQLException {
        if (applied.isEmpty()) {
            return;
        }
        if (applied.get(0).changes().isLarge()) {
            deleteParts(applied.get(0).lsn());
        } else {
            // None in between is open: they were read in order, and nothing is read behind an open one.
            try (PreparedStatement delete =
                    worker.prepareStatement("DELETE FROM " + table + " WHERE LSN BETWEEN ? AND ?")) {
                delete.setLong(1, applied.get(0).lsn());
                delete.setLong(2, applied.get(applied.size() - 1).lsn());
                delete.executeUpdate();
            }
        }
        slots.forget(applied);
    }

    /**
     * One by one, because an engine may hold all rows that a statement deletes in the heap; the first part goes last, so
     * that a crash in between leaves something to be found.
     */
    private void deleteParts(long lsn) throws SQLException {
        try (PreparedStatement last =
                        worker.prepareStatement("SELECT COALESCE(MAX(PART), -1) FROM " + table + " WHERE LSN = ?");
                PreparedStatement delete =
                        worker.prepareStatement("DELETE FROM " + table + " WHERE LSN = ? AND PART = ?")) {
            last.setLong(1, lsn);
            delete.setLong(1, lsn);
            int part;
            try (ResultSet row = last.executeQuery()) {
                row.next();
                part = row.getInt(1);
            }
            for (; part >= 0; part--) {
                delete.setInt(2, part);
                delete.executeUpdate();
            }
        }
    }

    @Override
    public Optional<String> givenUp() {
        return slots.givenUp();
    }

    @Override
    public long maxBytes() {
        return slots.maxBytes();
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
