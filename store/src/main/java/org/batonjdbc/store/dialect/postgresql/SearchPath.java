package org.batonjdbc.store.dialect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * While it is open, a session in which no schema but the engine's own is searched, so that the engine writes every name in
 * a definition with its schema; then the search path is what it was. Used by one thread.
 */
final class SearchPath implements AutoCloseable {
    private final Connection connection;
    private final String before;

    private SearchPath(Connection connection, String before) {
        this.connection = connection;
        this.before = before;
    }

    static SearchPath none(Connection connection) throws SQLException {
        String before;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.current_setting('search_path')")) {
            row.next();
            before = row.getString(1);
        }
        set(connection, "pg_catalog");
        return new SearchPath(connection, before);
    }

    /** A statement that runs under it. */
    Statement createStatement() throws SQLException {
        return connection.createStatement();
    }

    private static void set(Connection connection, String path) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
            statement.setString(1, path);
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        set(connection, before);
    }
}
