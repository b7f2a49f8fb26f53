package org.batonjdbc.store.dialect.derby;

import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.ValueKind;

/**
 * Reads values of Derby into the carriers of their kinds, and binds carriers to parameters. Dates and times travel as
 * Derby's own text: its drivers make legacy objects of them, which cannot tell the hour that daylight saving skips.
 */
final class DerbyValues {
    static final String XML = "XML";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnn");

    private DerbyValues() {}

    /** An expression of a column's value that the driver hands over exactly, by a name of its own. */
    static String selected(Column column, String quoted) {
        if (column.typeName().equals(XML)) {
            return "XMLSERIALIZE(" + quoted + " AS CLOB) AS \"baton's text\"";
        }
        return isTime(column.kind()) ? "CHAR(" + quoted + ") AS \"baton's text\"" : quoted;
    }

    private static boolean isTime(ValueKind kind) {
        return kind == ValueKind.DATE || kind == ValueKind.TIME || kind == ValueKind.TIMESTAMP;
    }

    static String parameter(Column column) {
        return column.typeName().equals(XML) ? "XMLPARSE(DOCUMENT CAST(? AS CLOB) PRESERVE WHITESPACE)" : "?";
    }

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
            case REAL -> {
                float value = rows.getFloat(index);
                yield rows.wasNull() ? null : value;
            }
            case DOUBLE -> {
                double value = rows.getDouble(index);
                yield rows.wasNull() ? null : value;
            }
            case TEXT -> rows.getString(index);
            case BINARY -> rows.getBytes(index);
            case DATE -> {
                String text = rows.getString(index);
                yield text == null ? null : LocalDate.parse(text.strip());
            }
            case TIME -> {
                String text = rows.getString(index);
                yield text == null ? null : LocalTime.parse(text.strip().replace('.', ':'));
            }
            case TIMESTAMP -> {
                String text = rows.getString(index);
                yield text == null ? null : LocalDateTime.parse(text.strip().replace(' ', 'T'));
            }
            case CLOB -> rows.getClob(index);
            case BLOB -> rows.getBlob(index);
            case UUID, JSON, TIME_WITH_ZONE, TIMESTAMP_WITH_ZONE, ARRAY, JAVA_OBJECT ->
                throw SqlState.REFUSED.error("column " + column.name() + " is of type " + column.typeName()
                        + ", whose values mean something only to the application: exclude its table from the upgrade");
        };
    }

    static void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        if (value == null) {
            statement.setNull(index, nullType(column));
            return;
        }
        switch (column.kind()) {
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case INTEGER -> statement.setLong(index, (Long) value);
            case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
            case REAL -> statement.setFloat(index, ((Number) value).floatValue());
            case DOUBLE -> statement.setDouble(index, ((Number) value).doubleValue());
            case TEXT, DATE -> statement.setString(index, value.toString());
            case TIME -> statement.setString(index, TIME.format((LocalTime) value));
            case TIMESTAMP -> statement.setString(index, TIMESTAMP.format((LocalDateTime) value));
            case BINARY -> statement.setBytes(index, (byte[]) value);
            case CLOB -> statement.setCharacterStream(index, ((Clob) value).getCharacterStream());
            case BLOB -> statement.setBinaryStream(index, ((Blob) value).getBinaryStream());
            case UUID, JSON, TIME_WITH_ZONE, TIMESTAMP_WITH_ZONE, ARRAY, JAVA_OBJECT ->
                throw SqlState.REFUSED.error("column " + column.name() + " is of a type that Derby does not have");
        }
    }

    /** Derby refuses a NULL of a type that does not fit. */
    private static int nullType(Column column) {
        return switch (column.kind()) {
            case BOOLEAN -> Types.BOOLEAN;
            case INTEGER -> Types.BIGINT;
            case DECIMAL -> Types.DECIMAL;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case TEXT -> Types.VARCHAR;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case BINARY -> Types.VARBINARY;
            case CLOB -> Types.CLOB;
            case BLOB -> Types.BLOB;
            case UUID, JSON, TIME_WITH_ZONE, TIMESTAMP_WITH_ZONE, ARRAY, JAVA_OBJECT -> Types.JAVA_OBJECT;
        };
    }
}
