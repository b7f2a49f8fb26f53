package org.batonjdbc.store.dialect.h2;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.ValueKind;

/** Reads values of H2 into the carriers of their kinds, and binds carriers to parameters. */
final class H2Values {
    private H2Values() {}

    static Object read(ResultSet rows, int index, Column column) throws SQLException {
        if (column.kind() == ValueKind.ARRAY) {
            if (column.elementKind() == null) {
                throw SqlState.REFUSED.error("column " + column.name() + " is of type " + column.typeName()
                        + ", whose values H2 takes from no parameter: exclude its table, or split the column up");
            }
            return array(rows, index, column.elementKind());
        }
        return scalar(rows, index, column.kind());
    }

    private static Object scalar(ResultSet rows, int index, ValueKind kind) throws SQLException {
        return switch (kind) {
            case BOOLEAN -> {
                boolean value = rows.getBoolean(index);
                yield rows.wasNull() ? null : value;
            }
            case INTEGER -> {
                long value = rows.getLong(index);
                yield rows.wasNull() ? null : value;
            }
            case DECIMAL -> decimal(rows, index);
            case REAL -> {
                float value = rows.getFloat(index);
                yield rows.wasNull() ? null : value;
            }
            case DOUBLE -> {
                double value = rows.getDouble(index);
                yield rows.wasNull() ? null : value;
            }
            case TEXT -> rows.getString(index);
            case BINARY, JSON, JAVA_OBJECT -> rows.getBytes(index);
            case UUID -> rows.getObject(index, UUID.class);
            case DATE -> rows.getObject(index, LocalDate.class);
            case TIME -> rows.getObject(index, LocalTime.class);
            case TIME_WITH_ZONE -> rows.getObject(index, OffsetTime.class);
            case TIMESTAMP -> rows.getObject(index, LocalDateTime.class);
            case TIMESTAMP_WITH_ZONE -> rows.getObject(index, OffsetDateTime.class);
            case CLOB -> rows.getClob(index);
            case BLOB -> rows.getBlob(index);
            case ARRAY -> array(rows, index, ValueKind.TEXT);
        };
    }

    /** DECFLOAT has NaN and the infinities, which BigDecimal lacks: they travel as Double. */
    private static Object decimal(ResultSet rows, int index) throws SQLException {
        try {
            return rows.getBigDecimal(index);
        } catch (SQLException e) {
            double value = rows.getDouble(index);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return value;
            }
            throw e;
        }
    }

    private static Object[] array(ResultSet rows, int index, ValueKind elementKind) throws SQLException {
        Array array = rows.getArray(index);
        if (array == null) {
            return null;
        }
        Object[] plain = (Object[]) array.getArray();
        List<Object> values = new ArrayList<>();
        if (plain.length == 0) {
            // H2 makes no result set of none.
            return plain;
        }
        try (ResultSet elements = array.getResultSet()) {
            boolean nested = isNested(plain);
            while (elements.next()) {
                values.add(nested ? array(elements, 2, elementKind) : scalar(elements, 2, elementKind));
            }
        }
        return values.toArray();
    }

    private static boolean isNested(Object[] plain) {
        for (Object element : plain) {
            if (element != null) {
                return element instanceof Object[] || element instanceof Array;
            }
        }
        return false;
    }

    static void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
            return;
        }
        switch (column.kind()) {
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case INTEGER -> statement.setLong(index, (Long) value);
            case DECIMAL -> bindDecimal(statement, index, value);
            case REAL -> statement.setFloat(index, (Float) value);
            case DOUBLE -> statement.setDouble(index, (Double) value);
            case TEXT -> statement.setString(index, (String) value);
            case BINARY, JSON, JAVA_OBJECT -> statement.setBytes(index, (byte[]) value);
            case UUID, DATE, TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE, ARRAY ->
                statement.setObject(index, value);
            case CLOB -> {
                Reader characters = ((Clob) value).getCharacterStream();
                statement.setCharacterStream(index, characters);
            }
            case BLOB -> {
                InputStream bytes = ((Blob) value).getBinaryStream();
                statement.setBinaryStream(index, bytes);
            }
        }
    }

    private static void bindDecimal(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof BigDecimal decimal) {
            statement.setBigDecimal(index, decimal);
        } else {
            statement.setDouble(index, (Double) value);
        }
    }
}
