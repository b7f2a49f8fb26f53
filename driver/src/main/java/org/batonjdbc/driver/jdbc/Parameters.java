package org.batonjdbc.driver.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import org.batonjdbc.store.SqlState;

/**
 * The parameters that a prepared statement was given, to be given again to its successor at another store: those of the
 * row that is being set, and those of the rows that were added to its batch. Numbers are kept unboxed, and rows one behind
 * the other in three arrays that are used again for the next batch, so that recording costs a few array writes.
 */
final class Parameters {
    private static final byte NONE = 0;
    private static final byte BOOLEAN = 1;
    private static final byte BYTE = 2;
    private static final byte SHORT = 3;
    private static final byte INT = 4;
    private static final byte LONG = 5;
    private static final byte FLOAT = 6;
    private static final byte DOUBLE = 7;
    private static final byte NULL = 8;
    private static final byte STRING = 9;
    private static final byte OBJECT = 10;
    private static final byte DECIMAL = 11;
    private static final byte BYTES = 12;
    private static final byte DATE = 13;
    private static final byte TIME = 14;
    private static final byte TIMESTAMP = 15;
    private static final byte ACTION = 16;
    private static final byte TIED = 17;

    /** Arrays of batches that took more values than this are not kept for the next one. */
    private static final int KEPT_VALUES = 100_000;

    /** Parameters of one row; grows when a larger index is set. */
    private int width;
    /** Rows in the batch; the row that is being set comes behind them. */
    private int rows;

    private byte[] kinds = {};
    private long[] numbers = {};
    private Object[] objects = {};

    void setBoolean(int index, boolean value) {
        put(index, BOOLEAN, value ? 1 : 0);
    }

    void setByte(int index, byte value) {
        put(index, BYTE, value);
    }

    void setShort(int index, short value) {
        put(index, SHORT, value);
    }

    void setInt(int index, int value) {
        put(index, INT, value);
    }

    void setLong(int index, long value) {
        put(index, LONG, value);
    }

    void setFloat(int index, float value) {
        put(index, FLOAT, Float.floatToRawIntBits(value));
    }

    void setDouble(int index, double value) {
        put(index, DOUBLE, Double.doubleToRawLongBits(value));
    }

    void setNull(int index, int type) {
        put(index, NULL, type);
    }

    void setString(int index, String value) {
        put(index, STRING, value);
    }

    void setBigDecimal(int index, BigDecimal value) {
        put(index, DECIMAL, value);
    }

    /** Copies the bytes, for applications fill one array again and again. */
    void setBytes(int index, byte[] value) {
        put(index, BYTES, value == null ? null : value.clone());
    }

    @SuppressWarnings("JavaUtilDate")
    void setDate(int index, Date value) {
        put(index, DATE, value == null ? null : value.clone());
    }

    @SuppressWarnings("JavaUtilDate")
    void setTime(int index, Time value) {
        put(index, TIME, value == null ? null : value.clone());
    }

    @SuppressWarnings("JavaUtilDate")
    void setTimestamp(int index, Timestamp value) {
        put(index, TIMESTAMP, value == null ? null : value.clone());
    }

    void setObject(int index, Object value) {
        put(index, OBJECT, copy(value));
    }

    /** A parameter that was set in any other way. */
    void setBy(int index, Action<PreparedStatement> action) {
        put(index, ACTION, action);
    }

    /** A parameter that cannot be set at another store: a stream, or an object of the old connection. */
    void setTied(int index) {
        put(index, TIED, null);
    }

    /** The value, or a copy of it if applications are likely to change it later. */
    @SuppressWarnings("JavaUtilDate") // what applications give
    static Object copy(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        return value instanceof java.util.Date date ? date.clone() : value;
    }

    private void put(int index, byte kind, long number) {
        int place = place(index);
        kinds[place] = kind;
        numbers[place] = number;
    }

    private void put(int index, byte kind, Object object) {
        int place = place(index);
        kinds[place] = kind;
        objects[place] = object;
    }

    private int place(int index) {
        if (index > width) {
            widen(index);
        }
        int place = rows * width + index - 1;
        if (place >= kinds.length) {
            resize(Math.max(place + 1, Math.max(width, kinds.length * 2)));
        }
        return place;
    }

    /** Makes room for more parameters in each row. */
    private void widen(int wider) {
        int old = width;
        width = wider;
        byte[] oldKinds = kinds;
        long[] oldNumbers = numbers;
        Object[] oldObjects = objects;
        int size = Math.max(8, (rows + 1) * wider);
        kinds = new byte[size];
        numbers = new long[size];
        objects = new Object[size];
        for (int row = 0; row <= rows && old > 0; row++) {
            int length = Math.min(old, oldKinds.length - row * old);
            if (length > 0) {
                System.arraycopy(oldKinds, row * old, kinds, row * wider, length);
                System.arraycopy(oldNumbers, row * old, numbers, row * wider, length);
                System.arraycopy(oldObjects, row * old, objects, row * wider, length);
            }
        }
    }

    private void resize(int size) {
        kinds = Arrays.copyOf(kinds, size);
        numbers = Arrays.copyOf(numbers, size);
        objects = Arrays.copyOf(objects, size);
    }

    /** The row that is being set joins the batch; its values are those of the next row too until they are set anew. */
    void addBatch() {
        if (width > 0) {
            int from = rows * width;
            int needed = from + 2 * width;
            if (needed > kinds.length) {
                resize(Math.max(needed, kinds.length * 2));
            }
            System.arraycopy(kinds, from, kinds, from + width, width);
            System.arraycopy(numbers, from, numbers, from + width, width);
            System.arraycopy(objects, from, objects, from + width, width);
        }
        rows++;
    }

    /** The batch was executed or dropped; the row that is being set stays. */
    void endBatch() {
        if (rows > 0 && width > 0) {
            int from = rows * width;
            if (kinds.length > KEPT_VALUES) {
                kinds = Arrays.copyOfRange(kinds, from, from + width);
                numbers = Arrays.copyOfRange(numbers, from, from + width);
                objects = Arrays.copyOfRange(objects, from, from + width);
            } else {
                System.arraycopy(kinds, from, kinds, 0, width);
                System.arraycopy(numbers, from, numbers, 0, width);
                System.arraycopy(objects, from, objects, 0, width);
                Arrays.fill(objects, width, from + width, null);
            }
        }
        rows = 0;
    }

    /** The row that is being set has no values any more. */
    void clear() {
        int from = rows * width;
        Arrays.fill(kinds, Math.min(from, kinds.length), kinds.length, NONE);
        Arrays.fill(objects, Math.min(from, objects.length), objects.length, null);
    }

    /**
     * Gives everything to another statement, the rows of the batch first.
     *
     * @throws SQLException 40001 if a value can be given only once
     */
    void replay(PreparedStatement to) throws SQLException {
        for (int row = 0; row < rows; row++) {
            replay(to, row);
            to.addBatch();
        }
        replay(to, rows);
    }

    /**
     * Looks whether what is set, besides the batch, can be given again.
     *
     * @throws SQLException 40001 if not
     */
    void checkRepeatable() throws SQLException {
        for (int place = rows * width; place < Math.min((rows + 1) * width, kinds.length); place++) {
            if (kinds[place] == TIED) {
                throw setAgain("parameter " + (place - rows * width + 1));
            }
        }
    }

    private void replay(PreparedStatement to, int row) throws SQLException {
        for (int i = 0; i < width && row * width + i < kinds.length; i++) {
            replay(to, i + 1, row * width + i);
        }
    }

    @SuppressWarnings("unchecked") // only actions are put with that kind
    private void replay(PreparedStatement to, int index, int place) throws SQLException {
        long number = numbers[place];
        Object object = objects[place];
        switch (kinds[place]) {
            case NONE -> {
                // never set
            }
            case BOOLEAN -> to.setBoolean(index, number != 0);
            case BYTE -> to.setByte(index, (byte) number);
            case SHORT -> to.setShort(index, (short) number);
            case INT -> to.setInt(index, (int) number);
            case LONG -> to.setLong(index, number);
            case FLOAT -> to.setFloat(index, Float.intBitsToFloat((int) number));
            case DOUBLE -> to.setDouble(index, Double.longBitsToDouble(number));
            case NULL -> to.setNull(index, (int) number);
            case STRING -> to.setString(index, (String) object);
            case OBJECT -> to.setObject(index, object);
            case DECIMAL -> to.setBigDecimal(index, (BigDecimal) object);
            case BYTES -> to.setBytes(index, (byte[]) object);
            case DATE -> to.setDate(index, (Date) object);
            case TIME -> to.setTime(index, (Time) object);
            case TIMESTAMP -> to.setTimestamp(index, (Timestamp) object);
            case ACTION -> ((Action<PreparedStatement>) object).on(to);
            case TIED -> throw setAgain("parameter " + index);
            default -> throw new IllegalStateException("parameter " + index + " is of kind " + kinds[place]);
        }
    }

    /** What is set now, for later; without the batch. */
    Parameters copy() {
        Parameters copy = new Parameters();
        int from = Math.min(rows * width, kinds.length);
        int to = Math.min(from + width, kinds.length);
        copy.width = to - from;
        copy.kinds = Arrays.copyOfRange(kinds, from, to);
        copy.numbers = Arrays.copyOfRange(numbers, from, to);
        copy.objects = Arrays.copyOfRange(objects, from, to);
        return copy;
    }

    /** A value that was set before a switchover cannot be set again by Baton. */
    static SQLException setAgain(String what) {
        return SqlState.RETRY.error(what + " was set as a stream or as an object of a connection to the store that was"
                + " active before the switchover, which cannot be read twice; set it again and repeat the transaction");
    }
}
