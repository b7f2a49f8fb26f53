package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.batonjdbc.store.dialect.Dialect;

/** Reads and writes the control row of one store, in a schema of Baton's own. Stateless; connections are the caller's. */
final class ControlTable {
    private static final String SCHEMA = "BATON";
    private static final String TABLE = "CONTROL";

    private final Dialect dialect;

    ControlTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The control row, if the store has one; the connection is in autocommit mode, or its transaction goes on. */
    Optional<ControlRow> read(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, SCHEMA, TABLE, null)) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT PAIR, EPOCH, STORE_ROLE, PHASE, OTHER_STORE FROM " + qualified() + " WHERE ID = 1")) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new ControlRow(
                    row.getString(1),
                    row.getLong(2),
                    ControlRow.Role.valueOf(row.getString(3)),
                    Phase.valueOf(row.getString(4)),
                    row.getString(5)));
        }
    }

    /** Makes the table, unless it is there; commits. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + dialect.quote(SCHEMA));
            statement.execute("CREATE TABLE IF NOT EXISTS " + qualified()
                    + "(ID INT PRIMARY KEY, PAIR VARCHAR(64) NOT NULL, EPOCH BIGINT NOT NULL,"
                    + " STORE_ROLE VARCHAR(16) NOT NULL, PHASE VARCHAR(16) NOT NULL, OTHER_STORE VARCHAR(4000))");
            // Every user's connection must be able to find out which store is active.
            statement.execute("GRANT SELECT ON " + qualified() + " TO PUBLIC");
        }
        commit(connection);
    }

    /** Writes the row and commits. */
    void write(Connection connection, ControlRow row) throws SQLException {
        String values = "PAIR = ?, EPOCH = ?, STORE_ROLE = ?, PHASE = ?, OTHER_STORE = ?";
        if (execute(connection, "UPDATE " + qualified() + " SET " + values + " WHERE ID = 1", row) == 0) {
            execute(
                    connection,
                    "INSERT INTO " + qualified()
                            + " (PAIR, EPOCH, STORE_ROLE, PHASE, OTHER_STORE, ID) VALUES (?, ?, ?, ?, ?, 1)",
                    row);
        }
        commit(connection);
    }

    /** Drops everything of Baton's own from the store, the control row included. */
    void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + dialect.quote(SCHEMA) + " CASCADE");
        }
        commit(connection);
    }

    /** Drops everything of Baton's own but the control row, which tells for ever which store took over. */
    void dropAllButRow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("LOG", "APPLIED", "COPY")) {
                statement.execute("DROP TABLE IF EXISTS " + dialect.quote(SCHEMA) + "." + dialect.quote(table));
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
            return statement.executeUpdate();
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private String qualified() {
        return dialect.quote(SCHEMA) + "." + dialect.quote(TABLE);
    }
}
