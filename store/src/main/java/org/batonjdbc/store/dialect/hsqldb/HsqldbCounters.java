package org.batonjdbc.store.dialect.hsqldb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;
import org.batonjdbc.store.dialect.ScriptToken;

/**
 * Sequences and identity columns: what they hand out next, and how they are set beyond what another store has handed
 * out. The next value of an identity column stands nowhere but in the engine's own script.
 */
final class HsqldbCounters {
    private static final String SEQUENCES =
            "SELECT SEQUENCE_SCHEMA, SEQUENCE_NAME, NEXT_VALUE, INCREMENT" + " FROM INFORMATION_SCHEMA.SEQUENCES";
    private static final String IDENTITIES = "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, IDENTITY_START,"
            + " IDENTITY_INCREMENT FROM INFORMATION_SCHEMA.COLUMNS WHERE IS_IDENTITY = 'YES'";

    private HsqldbCounters() {}

    static List<Counter> read(Connection connection, List<Table> tables) throws SQLException {
        Set<TableName> wanted = tables.stream().map(Table::name).collect(Collectors.toSet());
        List<Counter> counters = new ArrayList<>();
        for (Counter counter : all(connection)) {
            if (counter.column() == null) {
                counters.add(counter);
            } else if (wanted.contains(counter.owner())) {
                counters.add(beyondRows(connection, counter));
            }
        }
        return counters;
    }

    static void advance(Connection connection, List<Counter> counters) throws SQLException {
        List<Counter> here = all(connection);
        try (Statement statement = connection.createStatement()) {
            for (Counter counter : counters) {
                Counter found = here.stream()
                        .filter(each -> each.owner().equals(counter.owner())
                                && String.valueOf(each.column()).equals(String.valueOf(counter.column())))
                        .findFirst()
                        .orElseThrow(() -> SqlState.REFUSED.error("there is no "
                                + (counter.column() == null
                                        ? "sequence "
                                        : "identity column " + counter.column() + " of ")
                                + counter.owner() + " whose next value could be set to " + counter.next()
                                + "; create it as it is on the other store, and try again"));
                boolean behind =
                        counter.increment() > 0 ? found.next() < counter.next() : found.next() > counter.next();
                if (behind) {
                    statement.execute((counter.column() == null
                                    ? "ALTER SEQUENCE " + HsqldbNames.quote(counter.owner())
                                    : "ALTER TABLE " + HsqldbNames.quote(counter.owner()) + " ALTER COLUMN "
                                            + HsqldbNames.quote(counter.column()))
                            + " RESTART WITH " + counter.next());
                }
            }
        }
    }

    private static List<Counter> all(Connection connection) throws SQLException {
        List<Counter> counters = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(SEQUENCES)) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString(1), rows.getString(2));
                    if (HsqldbNames.isUsers(name.schema())) {
                        counters.add(new Counter(name, null, rows.getLong(3), rows.getLong(4)));
                    }
                }
            }
            Map<TableName, Long> restarts = new HashMap<>();
            try (ResultSet rows = statement.executeQuery(IDENTITIES)) {
                while (rows.next()) {
                    TableName table = new TableName(rows.getString(1), rows.getString(2));
                    if (HsqldbNames.isUsers(table.schema())) {
                        counters.add(new Counter(table, rows.getString(3), rows.getLong(4), rows.getLong(5)));
                        restarts.put(table, rows.getLong(4));
                    }
                }
            }
            if (!restarts.isEmpty()) {
                readRestarts(statement, restarts);
                counters.replaceAll(counter -> counter.column() == null
                        ? counter
                        : new Counter(
                                counter.owner(), counter.column(), restarts.get(counter.owner()), counter.increment()));
            }
        }
        return counters;
    }

    /** Reads ALTER TABLE S.T ALTER COLUMN C RESTART WITH N; a table has one identity column at most. */
    private static void readRestarts(Statement statement, Map<TableName, Long> restarts) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SCRIPT")) {
            while (rows.next()) {
                String text = rows.getString(1);
                if (text.startsWith("ALTER TABLE ") && text.contains(" RESTART WITH ")) {
                    List<ScriptToken> tokens = ScriptToken.of(text);
                    TableName table =
                            new TableName(tokens.get(2).text(), tokens.get(4).text());
                    String next = text.substring(text.lastIndexOf(' ') + 1);
                    restarts.computeIfPresent(table, (name, start) -> Long.valueOf(next));
                }
            }
        }
    }

    /** The next value, beyond the largest (or smallest, for one that runs down) in the rows. */
    private static Counter beyondRows(Connection connection, Counter counter) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + (counter.increment() > 0 ? "MAX(" : "MIN(")
                        + HsqldbNames.quote(counter.column()) + ") FROM " + HsqldbNames.quote(counter.owner()))) {
            rows.next();
            long last = rows.getLong(1);
            if (rows.wasNull()) {
                return counter;
            }
            long beyond = Math.addExact(last, counter.increment());
            long next = counter.increment() > 0 ? Math.max(beyond, counter.next()) : Math.min(beyond, counter.next());
            return new Counter(counter.owner(), counter.column(), next, counter.increment());
        }
    }
}
