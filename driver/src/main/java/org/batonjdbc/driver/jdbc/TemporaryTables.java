package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.batonjdbc.store.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary tables that a session has created, to be created again at another store with the rows that they hold
 * when the session moves there. Used by the thread of the connection.
 */
final class TemporaryTables {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryTables.class);
    private static final int BATCH = 500;

    /** What creates each, by its name as {@link #key} reads it. */
    private final Map<String, Created> tables = new LinkedHashMap<>(0);

    private record Created(String name, Action<Connection> action) {}

    boolean has(String name) {
        return name != null && tables.containsKey(key(name));
    }

    /** A quoted name is its own, unless it is what the unquoted one means: a real table must not be taken for it. */
    private static String key(String name) {
        String plain = name.replace("\"", "").replace("`", "");
        String folded = plain.toUpperCase(Locale.ROOT);
        return plain.equals(name) || plain.equals(folded) ? folded : name;
    }

    /** Notes that a statement has created or dropped one; false if it has done neither. */
    boolean ran(Command statement, Action<Connection> action) {
        String target = statement.meaning().target();
        if (target == null) {
            return false;
        }
        switch (statement.meaning().verb()) {
            case "CREATE TABLE" -> tables.put(key(target), new Created(target, action));
            case "DROP TABLE" -> tables.remove(key(target));
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Creates those that still exist, and copies their rows.
     *
     * @throws SQLException 55000 if rows are there and the other store does not take them
     */
    void carry(Connection from, Connection to) throws SQLException {
        for (Created table : tables.values()) {
            try (Statement select = from.createStatement();
                    ResultSet rows = rows(select, table.name())) {
                if (rows != null) {
                    table.action().on(to);
                    copy(table.name(), rows, to);
                }
            }
        }
    }

    /** The table's rows; null if it has vanished, at the end of a transaction for instance. */
    private static ResultSet rows(Statement select, String table) {
        try {
            return select.executeQuery("SELECT * FROM " + table);
        } catch (SQLException e) {
            LOG.debug("temporary table {} is not carried over: {}", table, e.toString());
            return null;
        }
    }

    private static void copy(String table, ResultSet rows, Connection to) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        int columns = meta.getColumnCount();
        String values = String.join(", ", Collections.nCopies(columns, "?"));
        try (PreparedStatement insert = to.prepareStatement("INSERT INTO " + table + " VALUES(" + values + ")")) {
            int waiting = 0;
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    insert.setObject(i, value(rows, i, meta.getColumnType(i)));
                }
                insert.addBatch();
                if (++waiting == BATCH) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw SqlState.REFUSED.error(
                    "the connection cannot move to the store that is active now, because the rows of its temporary"
                            + " table " + table + " cannot be carried over: " + e.getMessage()
                            + "; close the connection",
                    e);
        }
    }

    /** A value of the JDK's own types, since an engine's mean nothing to another release. */
    private static Object value(ResultSet rows, int index, int type) throws SQLException {
        Object value = switch (type) {
            case Types.DATE -> rows.getObject(index, LocalDate.class);
            case Types.TIME -> rows.getObject(index, LocalTime.class);
            case Types.TIMESTAMP -> rows.getObject(index, LocalDateTime.class);
            case Types.TIME_WITH_TIMEZONE -> rows.getObject(index, OffsetTime.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(index, OffsetDateTime.class);
            case Types.CLOB, Types.NCLOB -> rows.getString(index);
            case Types.BLOB -> rows.getBytes(index);
            default -> rows.getObject(index);
        };
        return value == null || value.getClass().getName().startsWith("java.") ? value : rows.getString(index);
    }
}
