package org.batonjdbc.driver.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Statement;

/**
 * Rows on the physical connection where they were selected, even after the connection has moved; changing them through
 * the result set passes the gate and is captured like a statement.
 */
final class RoutedResultSet implements ResultSetForwards {
    private final Link link;
    private final RoutedStatement statement;
    private final ResultSet raw;

    /** Rows of a statement, or of metadata or an array, which have none. */
    RoutedResultSet(Link link, RoutedStatement statement, ResultSet raw) {
        this.link = link;
        this.statement = statement;
        this.raw = raw;
    }

    @Override
    public ResultSet delegate() {
        return raw;
    }

    @Override
    public <V> V handed(V value) {
        return RoutedArray.handed(value, link, statement);
    }

    @Override
    public Statement getStatement() throws SQLException {
        raw.getStatement(); // which throws if the result set is closed
        return statement;
    }

    @Override
    public void close() throws SQLException {
        raw.close();
        if (link != null) {
            link.session().released(link);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return raw.isClosed();
    }

    @Override
    public void insertRow() throws SQLException {
        change(raw::insertRow);
    }

    @Override
    public void updateRow() throws SQLException {
        change(raw::updateRow);
    }

    @Override
    public void deleteRow() throws SQLException {
        change(raw::deleteRow);
    }

    private void change(Closing.Step step) throws SQLException {
        Session session = link.session();
        session.checkOpen();
        session.lock().lock();
        try {
            session.execution().changeRow(link, step);
        } finally {
            session.lock().unlock();
        }
    }

    @Override
    public void refreshRow() throws SQLException {
        raw.refreshRow();
    }

    @Override
    public void updateArray(int index, Array value) throws SQLException {
        raw.updateArray(index, RoutedArray.rawArray(value));
    }

    @Override
    public void updateArray(String label, Array value) throws SQLException {
        raw.updateArray(label, RoutedArray.rawArray(value));
    }

    @Override
    public void updateObject(int index, Object value) throws SQLException {
        raw.updateObject(index, RoutedArray.raw(value));
    }

    @Override
    public void updateObject(int index, Object value, int scale) throws SQLException {
        raw.updateObject(index, RoutedArray.raw(value), scale);
    }

    @Override
    public void updateObject(int index, Object value, SQLType type) throws SQLException {
        raw.updateObject(index, RoutedArray.raw(value), type);
    }

    @Override
    public void updateObject(int index, Object value, SQLType type, int scale) throws SQLException {
        raw.updateObject(index, RoutedArray.raw(value), type, scale);
    }

    @Override
    public void updateObject(String label, Object value) throws SQLException {
        raw.updateObject(label, RoutedArray.raw(value));
    }

    @Override
    public void updateObject(String label, Object value, int scale) throws SQLException {
        raw.updateObject(label, RoutedArray.raw(value), scale);
    }

    @Override
    public void updateObject(String label, Object value, SQLType type) throws SQLException {
        raw.updateObject(label, RoutedArray.raw(value), type);
    }

    @Override
    public void updateObject(String label, Object value, SQLType type, int scale) throws SQLException {
        raw.updateObject(label, RoutedArray.raw(value), type, scale);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, raw, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return Wrapping.wraps(this, raw, type);
    }

    @Override
    public String toString() {
        return raw.toString();
    }
}
