package org.batonjdbc.store.dialect.mariadb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * While it is open, a session in which the server writes and reads statements in one way only (backslashes escape, double
 * quotes are strings); then its {@code sql_mode} is what it was. Used by one thread.
 */
final class Session implements AutoCloseable {
    /** Refuses what does not fit, takes any date, and never numbers a row that brings its number. */
    static final String MODE = "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES";

    private final Connection connection;
    private final String before;

    private Session(Connection connection, String before) {
        this.connection = connection;
        this.before = before;
    }

    static Session plain(Connection connection) throws SQLException {
        Session session = new Session(connection, text(connection, "SELECT @@SESSION.sql_mode"));
        session.mode(MODE);
        return session;
    }

    /** A statement that runs in it. */
    Statement createStatement() throws SQLException {
        return connection.createStatement();
    }

    static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void mode(String mode) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SET SESSION sql_mode = ?")) {
            statement.setString(1, mode);
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        mode(before);
    }
}
