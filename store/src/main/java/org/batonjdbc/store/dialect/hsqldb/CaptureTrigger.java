package org.batonjdbc.store.dialect.hsqldb;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.hsqldb.HsqlException;
import org.hsqldb.trigger.Trigger;
import org.hsqldb.types.BinaryData;
import org.hsqldb.types.TimeData;
import org.hsqldb.types.TimestampData;

/**
 * The trigger that HSQLDB calls for each changed row, in the thread that changes it. It is defined once in the loader of
 * each engine, next to the engine's own classes, and is reached by reflection through {@link #SINKS}; what it hands over
 * is made of JDK types only. A trigger that nobody listens to refuses the change, as it would be lost.
 */
public final class CaptureTrigger implements Trigger {
    /**
     * Who listens, by the trigger's name. A row comes as (old, new), one of them null for an insert or a delete. Bytes
     * come as {@code byte[]}, times of day and timestamps as {@code long[]} of seconds, nanoseconds and zone seconds. An
     * IllegalStateException refuses the statement with SQLState 55000.
     */
    public static final Map<String, BiConsumer<Object[], Object[]>> SINKS = new ConcurrentHashMap<>();

    /** How the names of all triggers of this class begin. */
    static final String PREFIX = "BATON_CAPTURE_";

    private static final String REFUSED = "55000";

    @Override
    public void fire(int type, String name, String table, Object[] oldRow, Object[] newRow) {
        BiConsumer<Object[], Object[]> sink = SINKS.get(name);
        if (sink == null) {
            throw refused(
                    "table " + table + " is in the middle of a Baton upgrade that is not running in this process, so"
                            + " this change would be lost: open the store through jdbc:baton: and go on, or run"
                            + " UPGRADE CANCEL there, or give the upgrade up with DROP TRIGGER \"" + name + "\"",
                    null);
        }
        try {
            sink.accept(plain(oldRow), plain(newRow));
        } catch (IllegalStateException e) {
            throw refused(e.getMessage(), e);
        }
    }

    private static HsqlException refused(String message, Throwable cause) {
        return new HsqlException(cause, message, REFUSED, 0);
    }

    private static Object[] plain(Object[] row) {
        if (row == null) {
            return null;
        }
        Object[] plain = new Object[row.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain(row[i]);
        }
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof BinaryData bytes) {
            return bytes.isBits() ? value : bytes.getBytes();
        }
        if (value instanceof TimestampData time) {
            return new long[] {time.getSeconds(), time.getNanos(), time.getZone()};
        }
        if (value instanceof TimeData time) {
            return new long[] {time.getSeconds(), time.getNanos(), time.getZone()};
        }
        return value;
    }
}
