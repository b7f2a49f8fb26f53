package org.batonjdbc.tests.twin;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads rows as values of the JDK's own types, which every release of an engine can be given and asked for. */
final class Values {
    private Values() {}

    /** What is left of the rows, as values that can be written to another store. */
    static List<List<Object>> read(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<List<Object>> all = new ArrayList<>();
        while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.add(value(rows, i, columns.getColumnType(i)));
            }
            all.add(row);
        }
        return all;
    }

    private static Object value(ResultSet rows, int index, int type) throws SQLException {
        return switch (type) {
            case Types.DATE -> rows.getObject(index, LocalDate.class);
            case Types.TIME -> rows.getObject(index, LocalTime.class);
            case Types.TIMESTAMP -> rows.getObject(index, LocalDateTime.class);
            case Types.TIME_WITH_TIMEZONE -> rows.getObject(index, OffsetTime.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(index, OffsetDateTime.class);
            default -> jdk(rows.getObject(index), rows, index);
        };
    }

    private static Object jdk(Object value, ResultSet rows, int index) throws SQLException {
        if (value instanceof Blob) {
            return rows.getBytes(index);
        }
        if (value instanceof Array array) {
            return elements((Object[]) array.getArray());
        }
        if (value instanceof Object[] array) {
            return elements(array);
        }
        boolean known = value == null
                || value instanceof byte[]
                || (value.getClass().getName().startsWith("java.") && !(value instanceof Clob));
        return known ? value : rows.getString(index);
    }

    private static List<Object> elements(Object[] array) throws SQLException {
        List<Object> elements = new ArrayList<>();
        for (Object element : array) {
            elements.add(element instanceof Array nested ? elements((Object[]) nested.getArray()) : element);
        }
        return elements;
    }

    /** Rows as text in which equal values look equal, whatever release they come from. */
    static List<String> canonical(List<List<Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Values::canonical).toList().toString())
                .toList();
    }

    private static String canonical(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value).stripTrailing();
    }
}
