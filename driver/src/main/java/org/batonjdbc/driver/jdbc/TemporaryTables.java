package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.batonjdbc.driver.sql.Meaning;
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

    /** What has made each, by its name as {@link #key} reads it. */
    private final Map<String, Created> tables = new LinkedHashMap<>(0);

    /** A table's name as written, and what has created it, altered it, and given it indexes, in this order. */
    private record Created(String name, List<Step> steps) {}

    /** One statement, with the name of the index that it makes, if it makes one. */
    private record Step(String index, Action<Connection> action) {}

    /** Whether a statement is about one of them, or about an index of one, by the names in it. */
    boolean has(Meaning meaning) {
        String name = table(meaning);
        return name != null && (tables.containsKey(key(name)) || (isIndex(meaning) && ofIndex(name) != null));
    }

    /** The table that a statement about the schema names; of one that drops an index, only that is known. */
    static String table(Meaning meaning) {
        return meaning.on() == null ? meaning.target() : meaning.on();
    }

    private static boolean isIndex(Meaning meaning) {
        return meaning.verb().endsWith(" INDEX") && meaning.on() == null;
    }

    private Created ofIndex(String name) {
        for (Created table : tables.values()) {
            if (table.steps().stream().anyMatch(step -> key(name).equals(step.index()))) {
                return table;
            }
        }
        return null;
    }

    /** A quoted name is its own, unless it is what the unquoted one means: a real table must not be taken for it. */
    private static String key(String name) {
        String plain = name.replace("\"", "").replace("`", "");
        String folded = plain.toUpperCase(Locale.ROOT);
        return plain.equals(name) || plain.equals(folded) ? folded : name;
    }

    /** A name as written, without what qualifies it and without quotes. */
    static String simple(String name) {
        String plain = name.strip();
        String part = plain;
        int at = 0;
        while (at < plain.length()) {
            char c = plain.charAt(at);
            if (c == '"' || c == '`' || c == '[') {
                char closing = c == '[' ? ']' : c;
                int end = closing(plain, at + 1, closing);
                part = plain.substring(at + 1, end).replace("" + closing + closing, "" + closing);
                at = end + 1;
            } else if (c == '.' || Character.isWhitespace(c)) {
                at++;
            } else {
                int dot = plain.indexOf('.', at);
                int end = dot < 0 ? plain.length() : dot;
                part = plain.substring(at, end).strip();
                at = end;
            }
        }
        return part;
    }

    /** Where a quoted name ends: a quote that stands twice is a part of it. */
    private static int closing(String name, int from, char quote) {
        int at = from;
        while (at < name.length() && (name.charAt(at) != quote || name.startsWith("" + quote + quote, at))) {
            at += name.charAt(at) == quote ? 2 : 1;
        }
        return Math.min(at, name.length());
    }

    /** Notes what a statement about one of them has done. */
    void ran(Meaning statement, Action<Connection> action) {
        String target = statement.target();
        if (target == null) {
            return;
        }
        switch (statement.verb()) {
            case "CREATE TABLE", "DECLARE TABLE", "SELECT INTO" -> {
                Created table = new Created(target, new ArrayList<>());
                table.steps().add(new Step(null, action));
                tables.put(key(target), table);
            }
            case "DROP TABLE" -> tables.remove(key(target));
            case "DROP INDEX" -> {
                Created table = ofIndex(target);
                if (table != null) {
                    table.steps().removeIf(step -> key(target).equals(step.index()));
                }
            }
            case "CREATE INDEX" -> {
                Created table = statement.on() == null ? null : tables.get(key(statement.on()));
                if (table != null) {
                    table.steps().add(new Step(key(target), action));
                }
            }
            default -> {
                Created table = tables.get(key(target));
                if (table != null) {
                    table.steps().add(new Step(null, action));
                }
            }
        }
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
                    for (Step step : table.steps()) {
                        step.action().on(to);
                    }
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
        int columns = rows.getMetaData().getColumnCount();
        String values = String.join(", ", Collections.nCopies(columns, "?"));
        try (Statement delete = to.createStatement();
                PreparedStatement insert = to.prepareStatement("INSERT INTO " + table + " VALUES(" + values + ")")) {
            // One that was created by a query has rows already, which are not those of now.
            delete.executeUpdate("DELETE FROM " + table);
            int waiting = 0;
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    insert.setObject(i, CarriedValues.value(rows, i));
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
}
