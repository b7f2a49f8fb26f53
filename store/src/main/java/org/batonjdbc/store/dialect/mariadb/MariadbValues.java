package org.batonjdbc.store.dialect.mariadb;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.ValueKind;

/**
 * Values on their way to and from the server: numbers as numbers, dates and times as the server's own text. The text of a
 * TIMESTAMP is that of UTC, so it is read and written in sessions of that zone only.
 */
final class MariadbValues {
    private static final Pattern CHARACTERS = Pattern.compile(".* CHARACTER SET (\\w+) COLLATE (\\w+)");

    private MariadbValues() {}

    /** The type's name without what stands behind it. */
    static String base(Column column) {
        return column.typeName().split("[ (]", 2)[0];
    }

    /** An expression of a value as {@link #read} takes it. */
    static String value(Column column, String reference) {
        return switch (base(column)) {
            case "float" -> "CAST(" + reference + " AS DOUBLE)";
            case "bit", "year" -> "CAST(" + reference + " AS UNSIGNED)";
            case "date", "time", "datetime", "timestamp", "uuid", "inet4", "inet6" -> "CAST(" + reference + " AS CHAR)";
            default -> reference;
        };
    }

    /** A parameter with such a value. */
    static String parameter(Column column) {
        return base(column).equals("bit") ? "CAST(? AS UNSIGNED)" : "?";
    }

    static Object read(ResultSet rows, int index, Column column) throws SQLException {
        Object value = switch (column.kind()) {
            case INTEGER -> (Object) rows.getLong(index);
            case DECIMAL -> rows.getBigDecimal(index);
            case DOUBLE -> rows.getDouble(index);
            case BINARY -> rows.getBytes(index);
            case TEXT -> rows.getString(index);
            case BOOLEAN,
                    REAL,
                    UUID,
                    JSON,
                    DATE,
                    TIME,
                    TIME_WITH_ZONE,
                    TIMESTAMP,
                    TIMESTAMP_WITH_ZONE,
                    ARRAY,
                    JAVA_OBJECT,
                    CLOB,
                    BLOB -> throw new IllegalStateException("no column of MariaDB is a " + column.kind());
        };
        return rows.wasNull() ? null : value;
    }

    static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof BigDecimal number) {
            statement.setBigDecimal(index, number);
        } else if (value instanceof Double number) {
            statement.setDouble(index, number);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setString(index, value.toString());
        }
    }

    /** An expression of the bytes by which a key's value is noted: equal ones are the same value, and no others. */
    static String noted(Column column, String reference) {
        return switch (base(column)) {
            case "bit", "year" -> reference + " + 0";
            case "timestamp" -> "UNIX_TIMESTAMP(" + reference + ")";
            default -> "CAST(" + reference + " AS BINARY)";
        };
    }

    /** The value again, of the column's own type, so that an index on the column serves; in a session whose zone is UTC. */
    static String fromNote(Column column, String note) {
        String scale = column.scale() > 0 ? "(" + column.scale() + ")" : "";
        return switch (base(column)) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" ->
                "CAST(" + note + " AS " + (column.typeName().contains("unsigned") ? "UNSIGNED)" : "SIGNED)");
            case "bit", "year" -> "CAST(" + note + " AS UNSIGNED)";
            case "decimal" -> "CAST(" + note + " AS DECIMAL(" + column.length() + ", " + column.scale() + "))";
            case "date" -> "CAST(" + note + " AS DATE)";
            case "time" -> "CAST(" + note + " AS TIME" + scale + ")";
            case "datetime" -> "CAST(" + note + " AS DATETIME" + scale + ")";
            case "timestamp" ->
                "CAST(FROM_UNIXTIME(CAST(" + note + " AS DECIMAL(20, " + column.scale() + "))) AS DATETIME" + scale
                        + ")";
            case "uuid", "inet4", "inet6" -> "CAST(CONVERT(" + note + " USING ascii) AS " + base(column) + ")";
            default -> characters(column, note);
        };
    }

    private static String characters(Column column, String note) {
        Matcher matcher = CHARACTERS.matcher(column.typeName());
        return matcher.matches()
                ? "CONVERT(" + note + " USING " + matcher.group(1) + ") COLLATE " + matcher.group(2)
                : note;
    }

    /** Whether the column compares values as equal that are noted differently. */
    static boolean blurs(Column column) {
        return column.kind() == ValueKind.TEXT
                && CHARACTERS.matcher(column.typeName()).matches();
    }
}
