package org.batonjdbc.driver.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import javax.sql.rowset.CachedRowSet;
import org.batonjdbc.store.SqlState;

/**
 * The result set of an UPGRADE statement: read-only, scrollable, in the heap. It adds to the JDK's row set what that does
 * not have: being closed, typed {@code getObject}, and belonging to a statement.
 */
final class AnswerRows implements ResultSetForwards {
    private final RoutedStatement statement;
    private final CachedRowSet rows;
    private boolean closed;

    AnswerRows(RoutedStatement statement, CachedRowSet rows) {
        this.statement = statement;
        this.rows = rows;
    }

    @Override
    public ResultSet delegate() throws SQLException {
        if (closed) {
            throw SqlState.REFUSED.error("the result set is closed");
        }
        return rows;
    }

    @Override
    public <V> V handed(V value) {
        return value;
    }

    @Override
    public Statement getStatement() {
        return statement;
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            rows.close();
            if (statement.isCloseOnCompletion()) {
                statement.close();
            }
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** The row set makes up an empty warning where there is none. */
    @Override
    public SQLWarning getWarnings() {
        return null;
    }

    @Override
    public int getHoldability() {
        return HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public <T> T getObject(int index, Class<T> type) throws SQLException {
        Object value =
                type == String.class ? delegate().getString(index) : delegate().getObject(index);
        if (value instanceof java.sql.Timestamp timestamp && type == java.time.LocalDateTime.class) {
            return type.cast(timestamp.toLocalDateTime());
        }
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        throw SqlState.BAD_OPTION.error("column " + index + " of an UPGRADE statement is a "
                + value.getClass().getName() + ", not a " + type.getName());
    }

    @Override
    public <T> T getObject(String label, Class<T> type) throws SQLException {
        return getObject(findColumn(label), type);
    }

    @Override
    public Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
        return delegate().getObject(index);
    }

    @Override
    public Object getObject(String label, Map<String, Class<?>> map) throws SQLException {
        return delegate().getObject(label);
    }

    private static SQLException readOnly() {
        return SqlState.REFUSED.error("what an UPGRADE statement returns is read-only");
    }

    @Override
    public void insertRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void deleteRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void refreshRow() {}

    @Override
    public void updateArray(int index, Array value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateArray(String label, Array value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, Object value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, Object value, int scale) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, Object value, SQLType type) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, Object value, SQLType type, int scale) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, Object value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, Object value, int scale) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, Object value, SQLType type) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, Object value, SQLType type, int scale) throws SQLException {
        throw readOnly();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, null, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return Wrapping.wraps(this, null, type);
    }
}
