package org.batonjdbc.driver.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;

/** Values that a session takes along to another store: of the JDK's own types, since an engine's mean nothing to another release. */
final class CarriedValues {
    private CarriedValues() {}

    /** A value of the row, to be set by {@code setObject}; as text where the engine has a type of its own for it. */
    static Object value(ResultSet row, int index) throws SQLException {
        Object value = switch (row.getMetaData().getColumnType(index)) {
            case Types.DATE -> row.getObject(index, LocalDate.class);
            case Types.TIME -> row.getObject(index, LocalTime.class);
            case Types.TIMESTAMP -> row.getObject(index, LocalDateTime.class);
            case Types.TIME_WITH_TIMEZONE -> row.getObject(index, OffsetTime.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> row.getObject(index, OffsetDateTime.class);
            case Types.CLOB, Types.NCLOB -> row.getString(index);
            case Types.BLOB -> row.getBytes(index);
            case Types.ARRAY -> elements(row.getArray(index));
            default -> row.getObject(index);
        };
        return value == null
                        || value instanceof Object[]
                        || value instanceof byte[]
                        || value.getClass().getName().startsWith("java.")
                ? value
                : row.getString(index);
    }

    private static Object elements(Array array) throws SQLException {
        return array == null ? null : array.getArray();
    }
}
