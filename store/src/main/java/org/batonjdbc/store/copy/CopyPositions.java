package org.batonjdbc.store.copy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.RowKey;

/**
 * How far each table is copied, written on the store that is being built in the transaction of the chunk: so a copy goes
 * on after a crash from the last chunk that is really there.
 */
public interface CopyPositions {
    /** Nothing is remembered, because nothing outlives the process. */
    CopyPositions NONE = new CopyPositions() {
        @Override
        public Optional<Position> read(Connection connection, TableName table) {
            return Optional.empty();
        }

        @Override
        public void write(Connection connection, TableName table, Position position) {}
    };

    /**
     * A table's position.
     *
     * @param largest the largest key that is copied; null if the table was empty
     * @param last the last key that was copied; null before the first chunk
     * @param copied rows so far
     * @param done whether nothing is left
     */
    record Position(RowKey largest, RowKey last, long copied, boolean done) {}

    /** Where the copy of a table stood; empty if it had not begun. */
    Optional<Position> read(Connection connection, TableName table) throws SQLException;

    /** Remembers a position, in the connection's transaction. */
    void write(Connection connection, TableName table, Position position) throws SQLException;

    /** Positions in a table of the store that is being built. */
    final class Stored implements CopyPositions {
        private static final int LONGEST_KEY = 1_000_000;

        private static final TableName NAME = new TableName("BATON", "COPY");

        private final Dialect dialect;
        private final String positions;

        /** The positions of a store of this dialect. */
        public Stored(Dialect dialect) {
            this.dialect = dialect;
            this.positions = dialect.quote(NAME);
        }

        /** Makes the table, empty; the connection is in autocommit mode. */
        public void create(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                String keyType = dialect.binaryType(LONGEST_KEY);
                dialect.createTable(
                        statement,
                        NAME,
                        "TABLE_OF_SCHEMA VARCHAR(256) NOT NULL, TABLE_OF_NAME VARCHAR(256) NOT NULL, LARGEST " + keyType
                                + ", LATEST " + keyType + ", COPIED BIGINT NOT NULL, DONE INT NOT NULL,"
                                + " PRIMARY KEY(TABLE_OF_SCHEMA, TABLE_OF_NAME)");
                statement.execute("DELETE FROM " + positions);
            }
        }

        @Override
        public Optional<Position> read(Connection connection, TableName table) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement("SELECT LARGEST, LATEST, COPIED, DONE FROM "
                    + positions + " WHERE TABLE_OF_SCHEMA = ? AND TABLE_OF_NAME = ?")) {
                select.setString(1, table.schema());
                select.setString(2, table.name());
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    return Optional.of(new Position(
                            RowKey.fromBytes(row.getBytes(1)),
                            RowKey.fromBytes(row.getBytes(2)),
                            row.getLong(3),
                            row.getInt(4) == 1));
                }
            }
        }

        @Override
        public void write(Connection connection, TableName table, Position position) throws SQLException {
            String values = "LARGEST = ?, LATEST = ?, COPIED = ?, DONE = ?";
            String update =
                    "UPDATE " + positions + " SET " + values + " WHERE TABLE_OF_SCHEMA = ? AND TABLE_OF_NAME = ?";
            String insert = "INSERT INTO " + positions
                    + " (LARGEST, LATEST, COPIED, DONE, TABLE_OF_SCHEMA, TABLE_OF_NAME) VALUES (?, ?, ?, ?, ?, ?)";
            if (execute(connection, update, table, position) == 0) {
                execute(connection, insert, table, position);
            }
        }

        private static int execute(Connection connection, String sql, TableName table, Position position)
                throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setBytes(1, RowKey.toBytes(position.largest()));
                statement.setBytes(2, RowKey.toBytes(position.last()));
                statement.setLong(3, position.copied());
                statement.setInt(4, position.done() ? 1 : 0);
                statement.setString(5, table.schema());
                statement.setString(6, table.name());
                return statement.executeUpdate();
            }
        }
    }
}
