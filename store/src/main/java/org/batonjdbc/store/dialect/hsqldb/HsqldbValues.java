package org.batonjdbc.store.dialect.hsqldb;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.ValueKind;

/** Reads values of HSQLDB into the carriers of their kinds, and binds carriers to parameters. */
final class HsqldbValues {
    private HsqldbValues() {}

    static Object read(ResultSet rows, int index, Column column) throws SQLException {
        return switch (column.kind()) {
            case BOOLEAN -> {
                boolean value = rows.getBoolean(index);
                yield rows.wasNull() ? null : value;
            }
            case INTEGER -> {
                long value = rows.getLong(index);
                yield rows.wasNull() ? null : value;
            }
            case DECIMAL -> rows.getBigDecimal(index);
            case REAL, DOUBLE -> {
                double value = rows.getDouble(index);
                yield rows.wasNull() ? null : value;
            }
            case TEXT, JSON -> rows.getString(index);
            case BINARY -> rows.getBytes(index);
            case UUID -> object(rows, index, UUID.class);
            case DATE -> object(rows, index, LocalDate.class);
            case TIME -> object(rows, index, LocalTime.class);
            case TIME_WITH_ZONE -> object(rows, index, OffsetTime.class);
            case TIMESTAMP -> object(rows, index, LocalDateTime.class);
            case TIMESTAMP_WITH_ZONE -> object(rows, index, OffsetDateTime.class);
            case ARRAY -> array(rows.getArray(index), column);
            case CLOB -> rows.getClob(index);
            case BLOB -> rows.getBlob(index);
            case JAVA_OBJECT ->
                throw SqlState.REFUSED.error("column " + column.name() + " is of type " + column.typeName()
                        + ", whose values mean something only to the application: exclude its table from the upgrade");
        };
    }

    /** HSQLDB 2.5 fails to turn NULL into most types. */
    private static <T> T object(ResultSet rows, int index, Class<T> type) throws SQLException {
        return rows.getObject(index) == null ? null : rows.getObject(index, type);
    }

    private static Object[] array(Array array, Column column) throws SQLException {
        if (array == null) {
            return null;
        }
        Object[] elements = (Object[]) array.getArray();
        Object[] carriers = new Object[elements.length];
        for (int i = 0; i < carriers.length; i++) {
            carriers[i] = element(elements[i], column);
        }
        return carriers;
    }

    /** Elements come as the engine likes them, whatever is asked for. */
    private static Object element(Object value, Column column) throws SQLException {
        if (value instanceof Number number && column.elementKind() == ValueKind.INTEGER) {
            return number.longValue();
        } else if (value instanceof Date date) {
            return date.toLocalDate();
        } else if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        } else if (value instanceof Time) {
            throw SqlState.REFUSED.error("column " + column.name() + " is of type " + column.typeName()
                    + ", whose elements HSQLDB hands over without their fractions of a second: exclude its table");
        }
        return value;
    }

    static void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
            return;
        }
        switch (column.kind()) {
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case INTEGER -> statement.setLong(index, (Long) value);
            case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
            case REAL, DOUBLE -> statement.setDouble(index, ((Number) value).doubleValue());
            case TEXT, JSON -> statement.setString(index, (String) value);
            case BINARY -> statement.setBytes(index, (byte[]) value);
            case UUID, DATE, TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE, ARRAY, JAVA_OBJECT ->
                statement.setObject(index, value);
            case CLOB -> statement.setCharacterStream(index, ((Clob) value).getCharacterStream());
            case BLOB -> statement.setBinaryStream(index, ((Blob) value).getBinaryStream());
        }
    }
}
