package org.batonjdbc.store.dialect.postgresql;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.ValueKind;

/**
 * Values on their way to and from the server, always as text: each type's own output and input functions are what a dump
 * relies on, too. What text means depends on settings of the session; {@link #SETTINGS} make it exact.
 */
final class PostgresValues {
    /** Under which the text of a value is the same on each server and in each session. */
    static final Map<String, String> SETTINGS = Map.of(
            "TimeZone", "UTC",
            "DateStyle", "ISO, MDY",
            "IntervalStyle", "postgres",
            "extra_float_digits", "3",
            "bytea_output", "hex",
            "xmloption", "content",
            "lc_monetary", "C");

    private static final String MONEY = "money";
    private static final HexFormat HEX = HexFormat.of();

    private PostgresValues() {}

    /** An expression of the text of a column's value. */
    static String text(Column column, String reference) {
        if (column.kind() == ValueKind.BINARY) {
            return "pg_catalog.encode(" + reference + ", 'hex')";
        }
        if (column.typeName().equals(MONEY)) {
            // Its own text is rounded to, and written in, whatever currency the session has.
            return "CAST(CAST(" + reference + " AS pg_catalog.numeric) AS pg_catalog.text)";
        }
        return "CAST(" + reference + " AS pg_catalog.text)";
    }

    /** A parameter with such a text. */
    static String parameter(Column column) {
        if (column.kind() == ValueKind.BINARY) {
            return "pg_catalog.decode(?, 'hex')";
        }
        if (column.typeName().equals(MONEY)) {
            return "CAST(CAST(? AS pg_catalog.numeric) AS pg_catalog.money)";
        }
        return "CAST(? AS " + column.typeName() + ")";
    }

    static Object read(ResultSet rows, int index, Column column) throws SQLException {
        String text = rows.getString(index);
        return text == null ? null : carrier(text, column.kind());
    }

    private static Object carrier(String text, ValueKind kind) {
        return switch (kind) {
            case BOOLEAN -> text.startsWith("t");
            case INTEGER -> Long.valueOf(text);
            case DECIMAL -> decimal(text);
            case REAL -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BINARY -> HEX.parseHex(text);
            case UUID -> UUID.fromString(text);
            case TEXT,
                    JSON,
                    DATE,
                    TIME,
                    TIME_WITH_ZONE,
                    TIMESTAMP,
                    TIMESTAMP_WITH_ZONE,
                    ARRAY,
                    JAVA_OBJECT,
                    CLOB,
                    BLOB -> text;
        };
    }

    private static Object decimal(String text) {
        return Character.isLetter(text.charAt(text.length() - 1))
                ? (Object) Double.valueOf(text)
                : new BigDecimal(text);
    }

    static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.OTHER);
        } else {
            // Of no type that the driver names: the server takes the one that the text is cast to.
            statement.setObject(index, text(value), Types.OTHER);
        }
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return HEX.formatHex(bytes);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
