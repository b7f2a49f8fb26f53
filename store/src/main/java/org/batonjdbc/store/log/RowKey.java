package org.batonjdbc.store.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.batonjdbc.store.catalog.Table;

/**
 * The values of a row's key, equal to another key if both name the same row: numbers by value and not by scale, bytes
 * by content. Immutable, as long as nobody writes to the arrays inside.
 */
public final class RowKey {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    private final Object[] values;
    private final int hash;

    private RowKey(Object[] values) {
        this.values = values;
        int h = 1;
        for (Object value : values) {
            h = 31 * h + hash(value);
        }
        this.hash = h;
    }

    /** The key of a row, from an image with a value for each column of the table. */
    public static RowKey of(Table table, Object[] image) {
        List<Integer> key = table.key();
        Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = image[key.get(i)];
        }
        return new RowKey(values);
    }

    /** A key of these values, in the order of the table's key. */
    public static RowKey ofValues(Object... values) {
        return new RowKey(values.clone());
    }

    /** A key that {@link #toBytes} has made; null for null. */
    public static RowKey fromBytes(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new RowKey((Object[]) ValueCodec.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException("a stored key cannot be read", e);
        }
    }

    /** The key as bytes that any release of any engine can store; null for null. */
    public static byte[] toBytes(RowKey key) {
        if (key == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            ValueCodec.write(out, key.values);
        } catch (IOException e) {
            throw new UncheckedIOException("a key cannot be stored: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** The value at this position of the key. */
    public Object value(int position) {
        return values[position];
    }

    /**
     * A hash that is the same for all texts which an engine may take for one key: in other letter case, with other accents, or
     * with other spaces behind.
     */
    int spellinglessHash() {
        int h = 1;
        for (Object value : values) {
            h = 31 * h + (value instanceof String text ? spellingless(text).hashCode() : hash(value));
        }
        return h;
    }

    private static String spellingless(String text) {
        String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
        return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).stripTrailing();
    }

    /** How many columns the key has. */
    public int size() {
        return values.length;
    }

    /** Whether two values of one column are the same as far as storing them is concerned. */
    public static boolean sameValue(Object a, Object b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.equals(x, y);
        }
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y) == 0;
        }
        if (a instanceof Object[] x && b instanceof Object[] y) {
            return Arrays.deepEquals(x, y);
        }
        return a.equals(b);
    }

    private static int hash(Object value) {
        if (value instanceof byte[] bytes) {
            return Arrays.hashCode(bytes);
        }
        if (value instanceof BigDecimal number) {
            // Equal values of different scale must meet: 1.5 and 1.50.
            return Double.hashCode(number.doubleValue());
        }
        if (value instanceof Object[] array) {
            return Arrays.deepHashCode(array);
        }
        return value == null ? 0 : value.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof RowKey that) || hash != that.hash || values.length != that.values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (!sameValue(values[i], that.values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The values for a message, such as {@code (42, abc)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ");
            text.append(values[i] instanceof byte[] bytes ? Arrays.toString(bytes) : values[i]);
        }
        return text.append(')').toString();
    }
}
