package org.batonjdbc.tests.application;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Statements and transactions in the manner of Spring's JdbcTemplate and TransactionTemplate: a connection of the pool
 * for each transaction, autocommit switched off and on again, rolled back on any exception.
 */
final class Template {
    private final DataSource pool;

    Template(DataSource pool) {
        this.pool = pool;
    }

    /** Statements of one transaction. */
    interface Work<T> {
        T in(Session session) throws SQLException;
    }

    /** What a transaction's statements run on. */
    static final class Session {
        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        int update(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                return statement.executeUpdate();
            }
        }

        long insert(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                bind(statement, values);
                statement.executeUpdate();
                try (ResultSet keys = statement.getGeneratedKeys()) {
                    keys.next();
                    return keys.getLong(1);
                }
            }
        }

        long number(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        }

        private static void bind(PreparedStatement statement, Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    <T> T inTransaction(Work<T> work) throws SQLException {
        return inTransaction(Connection.TRANSACTION_READ_COMMITTED, work);
    }

    <T> T inTransaction(int isolation, Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            try {
                T result = work.in(new Session(connection));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    <T> T withoutTransaction(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return work.in(new Session(connection));
        }
    }
}
