package org.batonjdbc.store.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;

/**
 * How far the log is applied, written on the following store in the transaction that applies: so an entry that a crash left
 * in the log is never applied a second time. One number is enough because nothing is read behind a transaction that is
 * still open. Stateless.
 */
public interface Progress {
    /** Nothing is remembered, because nothing outlives the process. */
    Progress NONE = (follower, lsn) -> {};

    /** Everything up to this LSN is applied by the transaction that is about to commit. */
    void applied(Connection follower, long lsn) throws SQLException;

    /** Progress in a table of the following store. */
    final class Stored implements Progress {
        private static final TableName NAME = new TableName("BATON", "APPLIED");

        private final Dialect dialect;
        private final String table;

        /** The progress of a store of this dialect. */
        public Stored(Dialect dialect) {
            this.dialect = dialect;
            this.table = dialect.quote(NAME);
        }

        /** Makes the table and begins at this LSN; the connection is in autocommit mode. */
        public void create(Connection connection, long lsn) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                dialect.createTable(statement, NAME, "ID INT PRIMARY KEY, LSN BIGINT NOT NULL");
                statement.execute("DELETE FROM " + table);
                statement.execute("INSERT INTO " + table + " (ID, LSN) VALUES (1, " + lsn + ")");
            }
        }

        /** The last LSN that is applied. */
        public long read(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT LSN FROM " + table + " WHERE ID = 1")) {
                return row.next() ? row.getLong(1) : 0;
            }
        }

        @Override
        public void applied(Connection follower, long lsn) throws SQLException {
            try (PreparedStatement statement =
                    follower.prepareStatement("UPDATE " + table + " SET LSN = ? WHERE ID = 1")) {
                statement.setLong(1, lsn);
                statement.executeUpdate();
            }
        }

        /** Removes the table. */
        public void drop(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                dialect.dropTable(statement, NAME);
            }
        }
    }
}
