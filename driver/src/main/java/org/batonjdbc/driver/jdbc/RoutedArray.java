package org.batonjdbc.driver.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** An array whose result sets are Baton's; otherwise the engine's own. */
record RoutedArray(Link link, Array raw) implements Array {
    /** The engine's array, if this is one of Baton's; else the value itself. */
    static Object raw(Object value) {
        return value instanceof RoutedArray array ? array.raw : value;
    }

    static Array rawArray(Array array) {
        return array instanceof RoutedArray routed ? routed.raw : array;
    }

    /** What the application gets for a value that an engine hands out. */
    @SuppressWarnings("unchecked") // an Array stays one, and so does a ResultSet
    static <V> V handed(V value, Link link, RoutedStatement statement) {
        if (value instanceof Array array && !(value instanceof RoutedArray)) {
            return (V) new RoutedArray(link, array);
        }
        if (value instanceof ResultSet rows && !(value instanceof RoutedResultSet)) {
            return (V) new RoutedResultSet(link, statement, rows);
        }
        return value;
    }

    private ResultSet rows(ResultSet rows) throws SQLException {
        link.remember(rows);
        return new RoutedResultSet(link, null, rows);
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        return raw.getBaseTypeName();
    }

    @Override
    public int getBaseType() throws SQLException {
        return raw.getBaseType();
    }

    @Override
    public Object getArray() throws SQLException {
        return raw.getArray();
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) throws SQLException {
        return raw.getArray(map);
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return raw.getArray(index, count);
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return raw.getArray(index, count, map);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return rows(raw.getResultSet());
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return rows(raw.getResultSet(map));
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return rows(raw.getResultSet(index, count));
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return rows(raw.getResultSet(index, count, map));
    }

    @Override
    public void free() throws SQLException {
        raw.free();
    }

    @Override
    public String toString() {
        return raw.toString();
    }
}
