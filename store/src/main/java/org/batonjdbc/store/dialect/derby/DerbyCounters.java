package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;

/**
 * Sequences and identity columns: what they hand out next, and how they are set beyond what another store has handed out.
 * Derby sets no sequence: it is dropped and made anew, which is possible where no trigger of the users' refers to it.
 */
final class DerbyCounters {
    private static final String SEQUENCES = "SELECT S.SCHEMANAME, Q.SEQUENCENAME, Q.INCREMENT, Q.SEQUENCEDATATYPE,"
            + " Q.MINIMUMVALUE, Q.MAXIMUMVALUE, Q.CYCLEOPTION FROM SYS.SYSSEQUENCES Q"
            + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = Q.SCHEMAID ORDER BY S.SCHEMANAME, Q.SEQUENCENAME";

    private DerbyCounters() {}

    /** A sequence; {@code next} is null when it has handed out its last. */
    private record Sequence(TableName name, long increment, String type, String bounds, Long next) {
        String create(long start) {
            return "CREATE SEQUENCE " + DerbyNames.quote(name) + " AS " + type + " START WITH " + start
                    + " INCREMENT BY " + increment + bounds;
        }
    }

    /** What makes them on another store, to begin where they stand. */
    static List<String> definitions(Connection connection) throws SQLException {
        List<String> definitions = new ArrayList<>();
        for (Sequence sequence : sequences(connection)) {
            definitions.add(sequence.create(sequence.next() == null ? 1 : sequence.next()));
        }
        return definitions;
    }

    static List<Counter> read(Connection connection, List<Table> tables) throws SQLException {
        List<Counter> counters = new ArrayList<>();
        for (Sequence sequence : sequences(connection)) {
            if (sequence.next() != null) {
                counters.add(new Counter(sequence.name(), null, sequence.next(), sequence.increment()));
            }
        }
        for (Table table : tables) {
            for (Column column : table.columns()) {
                if (column.identity() != Identity.NONE) {
                    counters.add(identity(connection, table.name(), column.name()));
                }
            }
        }
        return counters;
    }

    static void advance(Connection connection, List<Counter> counters) throws SQLException {
        List<Sequence> here = sequences(connection);
        for (Counter counter : counters) {
            if (counter.column() != null) {
                restart(connection, counter);
                continue;
            }
            Sequence sequence = here.stream()
                    .filter(each -> each.name().equals(counter.owner()))
                    .findFirst()
                    .orElseThrow(() -> SqlState.REFUSED.error("there is no sequence " + counter.owner()
                            + " whose next value could be set to " + counter.next()
                            + "; create it as it is on the other store, and try again"));
            if (sequence.next() != null && isBehind(sequence.next(), counter)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DROP SEQUENCE " + DerbyNames.quote(sequence.name()) + " RESTRICT");
                    statement.execute(sequence.create(counter.next()));
                }
            }
        }
    }

    private static void restart(Connection connection, Counter counter) throws SQLException {
        if (isBehind(peek(connection, "IDENTITY", counter.owner()), counter)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ALTER TABLE " + DerbyNames.quote(counter.owner()) + " ALTER COLUMN "
                        + DerbyNames.quote(counter.column()) + " RESTART WITH " + counter.next());
            }
        }
    }

    private static boolean isBehind(long next, Counter counter) {
        return counter.increment() > 0 ? next < counter.next() : next > counter.next();
    }

    private static List<Sequence> sequences(Connection connection) throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                TableName name = new TableName(rows.getString(1), rows.getString(2));
                if (DerbyNames.isUsers(name.schema())) {
                    sequences.add(new Sequence(
                            name,
                            rows.getLong(3),
                            rows.getString(4).replace(" NOT NULL", ""),
                            " MINVALUE " + rows.getLong(5) + " MAXVALUE " + rows.getLong(6)
                                    + (rows.getString(7).equals("Y") ? " CYCLE" : " NO CYCLE"),
                            peek(connection, "SEQUENCE", name)));
                }
            }
        }
        return sequences;
    }

    /** Null at its end. */
    private static Long peek(Connection connection, String kind, TableName name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("VALUES SYSCS_UTIL.SYSCS_PEEK_AT_" + kind + "(?, ?)")) {
            statement.setString(1, name.schema());
            statement.setString(2, name.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long next = row.getLong(1);
                return row.wasNull() ? null : next;
            }
        }
    }

    /** The next value, beyond the largest (or smallest, for one that runs down) in the rows. */
    private static Counter identity(Connection connection, TableName table, String column) throws SQLException {
        long increment;
        try (PreparedStatement statement = connection.prepareStatement("SELECT C.AUTOINCREMENTINC FROM SYS.SYSCOLUMNS C"
                + " JOIN SYS.SYSTABLES T ON T.TABLEID = C.REFERENCEID JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
                + " WHERE S.SCHEMANAME = ? AND T.TABLENAME = ? AND C.COLUMNNAME = ?")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            statement.setString(3, column);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                increment = row.getLong(1);
            }
        }
        Long next = peek(connection, "IDENTITY", table);
        boolean up = increment > 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + (up ? "MAX(" : "MIN(") + DerbyNames.quote(column)
                        + ") FROM " + DerbyNames.quote(table))) {
            row.next();
            long last = row.getLong(1);
            if (row.wasNull()) {
                return new Counter(table, column, next == null ? 1 : next, increment);
            }
            long beyond = Math.addExact(last, increment);
            return new Counter(
                    table,
                    column,
                    next == null ? beyond : up ? Math.max(beyond, next) : Math.min(beyond, next),
                    increment);
        }
    }
}
