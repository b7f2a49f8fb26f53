package org.batonjdbc.shell.output;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value on its way from a result set to a format. Only these pass: null, String, Boolean, Number, byte[] and lists of
 * them; no class of an engine does, so that what is printed looks the same whichever loader the engine came from.
 */
public final class Cell {
    /** BigDecimals with more zeros than this are written with an exponent. */
    private static final int MANY_DIGITS = 100;

    private Cell() {}

    /** Reads one value of the current row; dates and times come as the engine writes them. */
    public static Object read(ResultSet row, int index, Column column) throws SQLException {
        return switch (column.type()) {
            case Types.BOOLEAN,
                    Types.BIT,
                    Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL -> {
                Object value = row.getObject(index);
                yield value instanceof Number || value instanceof Boolean ? value : row.getString(index);
            }
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> row.getBytes(index);
            case Types.BLOB -> bytes(row.getBlob(index));
            case Types.ARRAY -> list(row.getArray(index));
            default -> row.getString(index);
        };
    }

    private static byte[] bytes(Blob blob) throws SQLException {
        return blob == null ? null : blob.getBytes(1, (int) Math.min(blob.length(), Integer.MAX_VALUE));
    }

    private static List<Object> list(Array array) throws SQLException {
        return array == null ? null : list((Object[]) array.getArray());
    }

    private static List<Object> list(Object[] elements) {
        return Arrays.asList(Arrays.stream(elements).map(Cell::element).toArray());
    }

    private static Object element(Object element) {
        if (element instanceof Object[] nested) {
            return list(nested);
        }
        return element == null || element instanceof Number || element instanceof Boolean || element instanceof byte[]
                ? element
                : element.toString();
    }

    /** The text of a value that is not null; binary values are written in hexadecimal. */
    static String text(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) <= MANY_DIGITS ? decimal.toPlainString() : decimal.toString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> element == null ? "null" : text(element))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }

    /**
     * The text of a value on one line: line ends, tabs and other control characters are written as escapes, so that data
     * can neither break a table nor command the terminal.
     */
    static String line(Object value) {
        String text = text(value);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        line.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        return line.toString();
    }
}
