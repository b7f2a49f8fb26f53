package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;

/** Reads and writes the control row of one store, in a schema of Baton's own. Stateless; connections are the caller's. */
final class ControlTable {
    private static final String SCHEMA = "BATON";
    private static final String TABLE = "CONTROL";
    private static final String REPLICATED = "REPLICATED";
    private static final String OWNER = "OWNER";
    private static final int NOW = 1;
    private static final int BEFORE = 2;
    private static final List<String> COLUMNS = List.of(
            "PAIR",
            "EPOCH",
            "STORE_ROLE",
            "PHASE",
            "OTHER_STORE",
            "STARTED_AT",
            "SWITCHED_AT",
            "PAUSE_MILLIS",
            "VERIFIED",
            "PAUSED");

    private final Dialect dialect;

    ControlTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The control row, if the store has one; the connection is in autocommit mode, or its transaction goes on. */
    Optional<ControlRow> read(Connection connection) throws SQLException {
        return read(connection, NOW);
    }

    /** What the row said before the upgrade that runs began: which upgrade this store took over in; empty if in none. */
    Optional<ControlRow> before(Connection connection) throws SQLException {
        return read(connection, BEFORE);
    }

    private Optional<ControlRow> read(Connection connection, int id) throws SQLException {
        if (!dialect.hasTable(connection, new TableName(SCHEMA, TABLE))) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT " + String.join(", ", COLUMNS) + " FROM " + qualified() + " WHERE ID = " + id)) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new ControlRow(
                    row.getString(1),
                    row.getLong(2),
                    ControlRow.Role.valueOf(row.getString(3)),
                    Phase.valueOf(row.getString(4)),
                    row.getString(5),
                    new History(
                            instant(row, 6),
                            instant(row, 7),
                            row.getObject(8, Double.class),
                            row.getInt(9) == 1,
                            row.getInt(10) == 1)));
        }
    }

    private static Instant instant(ResultSet row, int index) throws SQLException {
        long millis = row.getLong(index);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Makes the table, unless it is there; commits. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            dialect.createSchema(statement, SCHEMA);
            dialect.createTable(
                    statement,
                    own(TABLE),
                    "ID INT PRIMARY KEY, PAIR VARCHAR(64) NOT NULL, EPOCH BIGINT NOT NULL,"
                            + " STORE_ROLE VARCHAR(16) NOT NULL, PHASE VARCHAR(16) NOT NULL, OTHER_STORE VARCHAR(4000),"
                            + " STARTED_AT BIGINT, SWITCHED_AT BIGINT, PAUSE_MILLIS DOUBLE PRECISION, VERIFIED INT NOT NULL,"
                            + " PAUSED INT NOT NULL");
            // Every user's connection must be able to find out which store is active.
            dialect.grantToAll(statement, "SELECT", own(TABLE));
        }
        commit(connection);
    }

    /** Writes the row and commits. */
    void write(Connection connection, ControlRow row) throws SQLException {
        write(connection, NOW, row);
    }

    /** Writes a store's first row, whose the store is from then on, and commits; false if it has one already. */
    boolean claim(Connection connection, ControlRow row) throws SQLException {
        create(connection);
        try {
            insert(connection, NOW, row);
        } catch (SQLException e) {
            if (dialect.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
        commit(connection);
        return true;
    }

    /** Keeps what the row says, if there is one, because an upgrade begins that may come to nothing; commits. */
    void keep(Connection connection) throws SQLException {
        Optional<ControlRow> now = read(connection);
        if (now.isPresent() && before(connection).isEmpty()) {
            write(connection, BEFORE, now.get());
        }
    }

    /** Makes that upgrade undone: what the row said before it holds again, and nothing else of Baton's is left; commits. */
    void restore(Connection connection, String pair, long epoch) throws SQLException {
        Optional<ControlRow> before = before(connection);
        if (before.isEmpty()) {
            // A row of another upgrade, which this one has not come to keep, tells who took over.
            if (read(connection).filter(row -> !row.pair().equals(pair)).isEmpty()) {
                drop(connection);
            }
            return;
        }
        dropAllButRow(connection);
        write(connection, before.get().idleAt(epoch));
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + qualified() + " WHERE ID = " + BEFORE);
        }
        commit(connection);
    }

    private void write(Connection connection, int id, ControlRow row) throws SQLException {
        String update = "UPDATE " + qualified() + " SET " + String.join(" = ?, ", COLUMNS) + " = ? WHERE ID = " + id;
        if (execute(connection, update, row) == 0) {
            insert(connection, id, row);
        }
        commit(connection);
    }

    private void insert(Connection connection, int id, ControlRow row) throws SQLException {
        execute(
                connection,
                "INSERT INTO " + qualified() + " (" + String.join(", ", COLUMNS) + ", ID) VALUES ("
                        + "?, ".repeat(COLUMNS.size()) + id + ")",
                row);
    }

    /** Remembers which process works with the store from now on; commits. */
    void sign(Connection connection, String owner) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            dialect.createTable(statement, own(OWNER), "ID INT PRIMARY KEY, TOKEN VARCHAR(64) NOT NULL");
            statement.execute("DELETE FROM " + dialect.quote(own(OWNER)));
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + dialect.quote(own(OWNER)) + " VALUES (1, ?)")) {
            insert.setString(1, owner);
            insert.executeUpdate();
        }
        commit(connection);
    }

    /** Whether that process was the last to sign. */
    boolean isSigned(Connection connection, String owner) throws SQLException {
        if (!dialect.hasTable(connection, own(OWNER))) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT TOKEN FROM " + dialect.quote(own(OWNER)))) {
            return row.next() && row.getString(1).equals(owner);
        }
    }

    /** Remembers which tables an upgrade carries over, whatever tables come and go meanwhile; commits. */
    void replicate(Connection connection, Set<TableName> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            dialect.dropTable(statement, own(REPLICATED));
            dialect.createTable(
                    statement,
                    own(REPLICATED),
                    "TABLE_OF_SCHEMA VARCHAR(256) NOT NULL, TABLE_OF_NAME VARCHAR(256) NOT NULL");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + replicated() + " VALUES (?, ?)")) {
            for (TableName table : tables) {
                insert.setString(1, table.schema());
                insert.setString(2, table.name());
                insert.executeUpdate();
            }
        }
        commit(connection);
    }

    /** Which tables the upgrade carries over. */
    Set<TableName> replicated(Connection connection) throws SQLException {
        Set<TableName> tables = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT TABLE_OF_SCHEMA, TABLE_OF_NAME FROM " + replicated())) {
            while (rows.next()) {
                tables.add(new TableName(rows.getString(1), rows.getString(2)));
            }
        }
        return tables;
    }

    /** Drops everything of Baton's own from the store, the control row included. */
    void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            dialect.dropSchema(statement, SCHEMA);
        }
        commit(connection);
    }

    /** Drops everything of Baton's own but the control row, which tells for ever which store took over. */
    void dropAllButRow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("LOG", "APPLIED", "COPY", REPLICATED, OWNER)) {
                dialect.dropTable(statement, own(table));
            }
        }
        commit(connection);
    }

    private static int execute(Connection connection, String sql, ControlRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.pair());
            statement.setLong(2, row.epoch());
            statement.setString(3, row.role().name());
            statement.setString(4, row.phase().name());
            statement.setString(5, row.other());
            statement.setObject(6, millis(row.history().startedAt()), Types.BIGINT);
            statement.setObject(7, millis(row.history().switchedAt()), Types.BIGINT);
            statement.setObject(8, row.history().pauseMillis(), Types.DOUBLE);
            statement.setInt(9, row.history().verified() ? 1 : 0);
            statement.setInt(10, row.history().paused() ? 1 : 0);
            return statement.executeUpdate();
        }
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private static TableName own(String table) {
        return new TableName(SCHEMA, table);
    }

    private String replicated() {
        return dialect.quote(own(REPLICATED));
    }

    private String qualified() {
        return dialect.quote(own(TABLE));
    }
}
