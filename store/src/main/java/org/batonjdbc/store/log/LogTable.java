package org.batonjdbc.store.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;

/**
 * The table LOG of the active store: a transaction's changes in parts, by its LSN. Application threads insert on their own
 * connections; everything else uses the worker's, which is in autocommit mode, and is the worker's alone.
 */
final class LogTable {
    /** Far below the largest binary value of any engine, because engines hold several in the heap on their way to disk. */
    private static final int PART = 100_000;

    private static final TableName NAME = new TableName("BATON", "LOG");

    private final Supplier<Connection> worker;
    private final Dialect dialect;
    private final ChangeCodec codec;
    private final String table;
    private final String selectPart;
    private final String insert;

    /** @param catalog the replicated tables of the active store */
    LogTable(Supplier<Connection> worker, Dialect dialect, Catalog catalog) {
        this.worker = worker;
        this.dialect = dialect;
        this.codec = new ChangeCodec(catalog);
        this.table = dialect.quote(NAME);
        this.selectPart = "SELECT DATA FROM " + table + " WHERE LSN = ? AND PART = ?";
        this.insert = "INSERT INTO " + table + " (LSN, PART, COMMITTED_AT, CHANGE_COUNT, DATA) VALUES (?, ?, ?, ?, ?)";
    }

    /** Takes what the table says of one transaction. */
    @FunctionalInterface
    interface Taker {
        void take(long lsn, long committedAt, int count, long size);
    }

    /** Makes it, in place of whatever an earlier upgrade has left. */
    void create() throws SQLException {
        try (Statement statement = worker.get().createStatement()) {
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
    }

    /** Whether some transaction could not be logged, and has said so. */
    boolean isMarked() throws SQLException {
        try (Statement statement = worker.get().createStatement();
                ResultSet marks = statement.executeQuery("SELECT 1 FROM " + table + " WHERE LSN < 0")) {
            return marks.next();
        }
    }

    /** Hands out all transactions in the order of their LSNs. */
    void entries(Taker taker) throws SQLException {
        try (Statement statement = worker.get().createStatement();
                ResultSet rows = statement.executeQuery("SELECT LSN, MIN(COMMITTED_AT), MIN(CHANGE_COUNT),"
                        + " SUM(LENGTH(DATA)) FROM " + table + " GROUP BY LSN ORDER BY LSN")) {
            while (rows.next()) {
                taker.take(rows.getLong(1), rows.getLong(2), rows.getInt(3), rows.getLong(4));
            }
        }
    }

    /** Writes a transaction's changes, inside that transaction. */
    void insert(Connection connection, Slots.Entry entry, InputStream data) throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            int part = 0;
            for (byte[] bytes = data.readNBytes(PART); bytes.length > 0; bytes = data.readNBytes(PART)) {
                insert(statement, entry.lsn(), part++, entry.committedAt(), entry.count(), bytes);
            }
        }
    }

    /** Leaves a mark under an LSN below zero, inside a transaction that is not logged. */
    void mark(Connection connection, long lsn) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            insert(statement, lsn, 0, 0, 0, new byte[0]);
        }
    }

    private static void insert(
            PreparedStatement statement, long lsn, int part, long committedAt, int count, byte[] data)
            throws SQLException {
        statement.setLong(1, lsn);
        statement.setInt(2, part);
        statement.setLong(3, committedAt);
        statement.setInt(4, count);
        statement.setBytes(5, data);
        statement.executeUpdate();
    }

    /** Whether a transaction has left nothing here. */
    boolean isAbsent(long lsn) throws SQLException {
        try (PreparedStatement select = worker.get().prepareStatement(selectPart)) {
            select.setLong(1, lsn);
            select.setInt(2, 0);
            try (ResultSet row = select.executeQuery()) {
                return !row.next();
            }
        }
    }

    /**
     * Whether a transaction whose connection broke in its commit is over: a server may be at it still, and commit later. As
     * long as it is, nobody else can insert the key that it has inserted.
     */
    boolean hasEnded(long lsn) throws SQLException {
        if (dialect.keyTriggers().isEmpty()) {
            return true;
        }
        try (PreparedStatement trial = worker.get().prepareStatement(insert);
                PreparedStatement delete = worker.get().prepareStatement("DELETE FROM " + table + " WHERE LSN = ?")) {
            trial.setQueryTimeout(1);
            insert(trial, lsn, 0, 0, 0, new byte[0]);
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
    Map<Long, List<Change>> read(long first, long last) throws SQLException {
        Map<Long, ByteArrayOutputStream> data = new LinkedHashMap<>();
        try (PreparedStatement select = worker.get()
                .prepareStatement("SELECT LSN, DATA FROM " + table + " WHERE LSN BETWEEN ? AND ? ORDER BY LSN, PART")) {
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

    /** A large transaction's changes, which are read part by part. */
    Changes parts(long lsn, int count) {
        return new LoggedParts(worker.get(), selectPart, codec, lsn, count);
    }

    /** Deletes all transactions from one LSN to another, none of them large. */
    void delete(long first, long last) throws SQLException {
        try (PreparedStatement delete =
                worker.get().prepareStatement("DELETE FROM " + table + " WHERE LSN BETWEEN ? AND ?")) {
            delete.setLong(1, first);
            delete.setLong(2, last);
            delete.executeUpdate();
        }
    }

    /** Deletes all transactions up to an LSN. */
    void deleteThrough(long last) throws SQLException {
        try (Statement statement = worker.get().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT DISTINCT LSN FROM " + table + " WHERE LSN <= " + last)) {
            while (rows.next()) {
                deleteParts(rows.getLong(1));
            }
        }
    }

    /**
     * One by one, because an engine may hold all rows that a statement deletes in the heap; the first part goes last, so
     * that a crash in between leaves something to be found.
     */
    void deleteParts(long lsn) throws SQLException {
        try (PreparedStatement last = worker.get()
                        .prepareStatement("SELECT COALESCE(MAX(PART), -1) FROM " + table + " WHERE LSN = ?");
                PreparedStatement delete =
                        worker.get().prepareStatement("DELETE FROM " + table + " WHERE LSN = ? AND PART = ?")) {
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
}
