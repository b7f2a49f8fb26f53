package org.batonjdbc.store.dialect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;

/**
 * Sequences, and what identity and serial columns draw from, which are sequences as well: what they hand out next, and how
 * they are set beyond what another store has handed out.
 */
final class PostgresCounters {
    private static final String SEQUENCES =
            "SELECT n.nspname, c.relname, s.seqincrement, s.seqmin, s.seqmax, s.seqcycle,"
                    + " t.relname, tn.nspname, a.attname"
                    + " FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                    + " AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                    + " AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')"
                    + " LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid"
                    + " LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace"
                    + " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
                    + " WHERE c.relpersistence <> 't' AND " + PostgresNames.isUsers("n") + " AND "
                    + PostgresNames.isNoExtensions("pg_class", "c.oid") + " ORDER BY 1, 2";

    private PostgresCounters() {}

    /** A sequence, and the column that it belongs to, if to any. */
    private record Sequence(
            TableName name,
            long increment,
            long minimum,
            long maximum,
            boolean cycles,
            TableName table,
            String column) {
        boolean isWithin(long value) {
            return minimum <= value && value <= maximum;
        }
    }

    static List<Counter> read(Connection connection, List<Table> tables) throws SQLException {
        Set<TableName> wanted = new HashSet<>();
        tables.forEach(table -> wanted.add(table.name()));
        List<Counter> counters = new ArrayList<>();
        for (Sequence sequence : all(connection)) {
            if (sequence.table() == null || wanted.contains(sequence.table())) {
                counters.add(new Counter(
                        sequence.name(),
                        null,
                        beyondRows(connection, sequence, next(connection, sequence)),
                        sequence.increment()));
            }
        }
        return counters;
    }

    static void advance(Connection connection, List<Counter> counters) throws SQLException {
        Map<TableName, Sequence> here = new HashMap<>();
        all(connection).forEach(sequence -> here.put(sequence.name(), sequence));
        for (Counter counter : counters) {
            Sequence sequence = here.get(counter.owner());
            if (sequence == null) {
                throw SqlState.REFUSED.error("there is no sequence " + counter.owner()
                        + " whose next value could be set to " + counter.next()
                        + "; create it as it is on the other store, and try again");
            }
            long next = next(connection, sequence);
            boolean behind = counter.increment() > 0 ? next < counter.next() : next > counter.next();
            if (behind || (sequence.cycles() && next != counter.next())) {
                set(connection, sequence, counter.next());
            }
        }
    }

    private static List<Sequence> all(Connection connection) throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                sequences.add(new Sequence(
                        new TableName(rows.getString(1), rows.getString(2)),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getBoolean(6),
                        rows.getString(7) == null ? null : new TableName(rows.getString(8), rows.getString(7)),
                        rows.getString(9)));
            }
        }
        return sequences;
    }

    /** What it hands out next; one step beyond its end if it has handed out its last. */
    private static long next(Connection connection, Sequence sequence) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT last_value, is_called FROM " + PostgresNames.quote(sequence.name()))) {
            row.next();
            long last = row.getLong(1);
            return row.getBoolean(2) ? saturated(last, sequence.increment()) : last;
        }
    }

    /** The same, but beyond the largest (or smallest, for one that runs down) value of its column. */
    private static long beyondRows(Connection connection, Sequence sequence, long next) throws SQLException {
        if (sequence.table() == null || sequence.cycles()) {
            return next;
        }
        boolean up = sequence.increment() > 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CAST(" + (up ? "MAX(" : "MIN(")
                        + PostgresNames.quote(sequence.column()) + ") AS pg_catalog.int8) FROM "
                        + PostgresNames.quote(sequence.table()))) {
            row.next();
            long last = row.getLong(1);
            if (row.wasNull() || !sequence.isWithin(last)) {
                return next;
            }
            long beyond = saturated(last, sequence.increment());
            return up ? Math.max(beyond, next) : Math.min(beyond, next);
        }
    }

    private static long saturated(long last, long increment) {
        try {
            return Math.addExact(last, increment);
        } catch (ArithmeticException e) {
            return last;
        }
    }

    /** A sequence that is at its end is set there: it hands out nothing more, or begins again. */
    private static void set(Connection connection, Sequence sequence, long next) throws SQLException {
        boolean within = sequence.isWithin(next);
        long value = within ? next : sequence.increment() > 0 ? sequence.maximum() : sequence.minimum();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.setval(CAST(? AS pg_catalog.regclass), ?, ?)")) {
            statement.setString(1, PostgresNames.quote(sequence.name()));
            statement.setLong(2, value);
            statement.setBoolean(3, !within);
            statement.execute();
        }
    }
}
