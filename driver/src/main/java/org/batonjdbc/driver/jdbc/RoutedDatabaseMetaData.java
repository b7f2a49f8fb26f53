package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Metadata of the store that is active at the time of each call. It tells of that store and its engine, also by its URL,
 * since applications choose their SQL by it; only the driver is Baton.
 */
final class RoutedDatabaseMetaData implements DatabaseMetaDataForwards {
    private final RoutedConnection connection;

    RoutedDatabaseMetaData(RoutedConnection connection) {
        this.connection = connection;
    }

    @Override
    public DatabaseMetaData delegate() throws SQLException {
        return connection.delegate().getMetaData();
    }

    @Override
    public ResultSet result(ResultSet raw) throws SQLException {
        return connection.loose(raw);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getDriverName() {
        return "Baton JDBC Driver";
    }

    @Override
    public String getDriverVersion() {
        return getDriverMajorVersion() + "." + getDriverMinorVersion();
    }

    @Override
    public int getDriverMajorVersion() {
        return 0;
    }

    @Override
    public int getDriverMinorVersion() {
        return 1;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, delegate(), type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return Wrapping.wraps(this, delegate(), type);
    }
}
