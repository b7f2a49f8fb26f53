package org.batonjdbc.store.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;

/**
 * Whether two images hold the same row, by value: numbers whatever their scale, CHAR without its padding, times in the
 * coarser of the two columns' precisions, large objects by their content, which is streamed. Keys without regard to case,
 * where their type has none: after an update of nothing but the case, H2 gives the new text when it scans the table, and the
 * old one when it comes through the index, as a lookup does. Stateless.
 */
final class RowComparison {
    private static final String IGNORES_CASE = "VARCHAR_IGNORECASE";

    private final Table table;
    private final List<Column> ours;
    private final List<Column> theirs;

    /** Compares rows of a table with rows of the table that stands for it, whose columns are in the same order. */
    RowComparison(Table table, Table target) {
        this.table = table;
        this.ours = table.columns();
        this.theirs = target.columns();
    }

    boolean isSame(Object[] ourRow, Object[] theirRow) throws SQLException {
        for (int i = 0; i < ourRow.length; i++) {
            if (!isSame(ourRow[i], theirRow[i], ours.get(i), theirs.get(i)) && !isSameKey(i, ourRow[i], theirRow[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isSameKey(int column, Object a, Object b) {
        return table.isKey(column)
                && IGNORES_CASE.equals(ours.get(column).typeName())
                && IGNORES_CASE.equals(theirs.get(column).typeName())
                && a instanceof String x
                && b instanceof String y
                && x.equalsIgnoreCase(y);
    }

    private static boolean isSame(Object a, Object b, Column ours, Column theirs) throws SQLException {
        if (a == null || b == null) {
            return a == b;
        }
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y) == 0 || atScale(x, ours, theirs).compareTo(atScale(y, ours, theirs)) == 0;
        }
        if (a instanceof Clob x && b instanceof Clob y) {
            return sameText(x, y);
        }
        if (a instanceof Blob x && b instanceof Blob y) {
            return sameBytes(x, y);
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.equals(x, y) || (isPadded(ours, theirs) && Arrays.equals(stripped(x), stripped(y)));
        }
        if (a instanceof String x && b instanceof String y) {
            return x.equals(y) || (isPadded(ours, theirs) && x.stripTrailing().equals(y.stripTrailing()));
        }
        if (a instanceof Object[] x && b instanceof Object[] y) {
            return sameElements(x, y, ours, theirs);
        }
        if (a instanceof Temporal x && b instanceof Temporal y) {
            return sameTime(x, y, Math.min(ours.scale(), theirs.scale()));
        }
        return a.equals(b);
    }

    /** A column with a scale on one side only rounds there. */
    private static BigDecimal atScale(BigDecimal number, Column ours, Column theirs) {
        return ours.scale() == theirs.scale()
                ? number
                : number.setScale(Math.min(ours.scale(), theirs.scale()), RoundingMode.HALF_UP);
    }

    private static boolean sameElements(Object[] a, Object[] b, Column ours, Column theirs) throws SQLException {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!isSame(a[i], b[i], ours, theirs)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPadded(Column ours, Column theirs) {
        return isFixed(ours) || isFixed(theirs);
    }

    private static boolean isFixed(Column column) {
        String type = column.typeName().toUpperCase(Locale.ROOT);
        boolean varies = type.contains("VARYING") || type.contains("LARGE");
        return !varies && (type.startsWith("CHAR") || type.startsWith("BINARY"));
    }

    private static byte[] stripped(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private static boolean sameTime(Temporal a, Temporal b, int scale) {
        if (a instanceof OffsetDateTime x && b instanceof OffsetDateTime y) {
            return x.getOffset().equals(y.getOffset()) && sameTime(x.toLocalDateTime(), y.toLocalDateTime(), scale);
        }
        if (a instanceof OffsetTime x && b instanceof OffsetTime y) {
            return x.getOffset().equals(y.getOffset()) && sameTime(x.toLocalTime(), y.toLocalTime(), scale);
        }
        boolean hasTime = a instanceof LocalDateTime || a instanceof LocalTime;
        if (a.equals(b) || !hasTime || scale >= 9 || !a.getClass().equals(b.getClass())) {
            return a.equals(b);
        }
        // One side has rounded to its own precision, half up or down: less than one unit of it apart is the same.
        Duration unit = Duration.ofNanos((long) Math.pow(10, 9 - scale));
        return Duration.between(a, b).abs().compareTo(unit) < 0;
    }

    private static boolean sameText(Clob a, Clob b) throws SQLException {
        if (a.length() != b.length()) {
            return false;
        }
        try (Reader x = a.getCharacterStream();
                Reader y = b.getCharacterStream()) {
            char[] ofX = new char[8192];
            char[] ofY = new char[8192];
            while (true) {
                int n = fill(x, ofX);
                if (n != fill(y, ofY) || Arrays.compare(ofX, 0, n, ofY, 0, n) != 0) {
                    return false;
                }
                if (n < ofX.length) {
                    return true;
                }
            }
        } catch (IOException e) {
            throw new SQLException("a large object could not be read to compare it", e);
        }
    }

    private static int fill(Reader reader, char[] buffer) throws IOException {
        int filled = 0;
        int n = 0;
        while (n >= 0 && filled < buffer.length) {
            n = reader.read(buffer, filled, buffer.length - filled);
            filled += Math.max(n, 0);
        }
        return filled;
    }

    private static boolean sameBytes(Blob a, Blob b) throws SQLException {
        if (a.length() != b.length()) {
            return false;
        }
        try (InputStream x = a.getBinaryStream();
                InputStream y = b.getBinaryStream()) {
            while (true) {
                byte[] ofX = x.readNBytes(8192);
                if (!Arrays.equals(ofX, y.readNBytes(8192))) {
                    return false;
                }
                if (ofX.length < 8192) {
                    return true;
                }
            }
        } catch (IOException e) {
            throw new SQLException("a large object could not be read to compare it", e);
        }
    }
}
