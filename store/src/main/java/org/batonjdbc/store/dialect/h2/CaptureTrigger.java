package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.h2.api.Trigger;

/**
 * The trigger that H2 calls for each changed row, and before each statement. It is defined once in the loader of each
 * engine, next to the engine's own classes, so it names nothing but JDK types and {@link Trigger}; Baton reaches it by
 * reflection through {@link #SINKS}. A trigger that nobody listens to refuses the change: it was left behind by a
 * process that ended during an upgrade, and a row that changes now would be missing on the upgraded store.
 */
public final class CaptureTrigger implements Trigger {
    /**
     * Who listens, by the trigger's name. A row comes as (old, new), one of them null for an insert or a delete, a
     * statement that begins as (null, null). An IllegalStateException refuses the statement with SQLState 55000.
     */
    public static final Map<String, BiConsumer<Object[], Object[]>> SINKS = new ConcurrentHashMap<>();

    /** How the names of all triggers of this class begin. */
    static final String PREFIX = "BATON_CAPTURE_";

    private static final String REFUSED = "55000";

    private String schema;
    private String name;
    private String table;

    @Override
    public void init(
            Connection connection, String schemaName, String triggerName, String tableName, boolean before, int type) {
        schema = schemaName;
        name = triggerName;
        table = tableName;
    }

    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        BiConsumer<Object[], Object[]> sink = SINKS.get(name);
        if (sink == null) {
            throw new SQLException(name.startsWith(PREFIX) ? leftBehind() : altered(), REFUSED);
        }
        try {
            sink.accept(oldRow, newRow);
        } catch (IllegalStateException e) {
            throw new SQLException(e.getMessage(), REFUSED, e);
        }
    }

    private String leftBehind() {
        return "table " + schema + "." + table + " is in the middle of a Baton upgrade that is not running in this"
                + " process, so this change would be lost: open the store through jdbc:baton: and go on, or run"
                + " UPGRADE CANCEL there, or give the upgrade up with DROP TRIGGER \"" + schema + "\".\"" + name + "\"";
    }

    /** ALTER TABLE makes a new table, and new triggers whose names begin with that table's passing name. */
    private String altered() {
        return "a table of schema " + schema + " was altered in the middle of a Baton upgrade, so this change might be"
                + " lost: run UPGRADE CANCEL, and start the upgrade again";
    }

    @Override
    public void close() {
        SINKS.remove(name);
    }

    @Override
    public void remove() {
        SINKS.remove(name);
    }
}
