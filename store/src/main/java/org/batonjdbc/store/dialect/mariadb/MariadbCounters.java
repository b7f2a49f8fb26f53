package org.batonjdbc.store.dialect.mariadb;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;

/** Sequences and AUTO_INCREMENT columns: what they hand out next, and how they are set beyond another store's. */
final class MariadbCounters {
    private static final String NUMBERED = "SELECT TABLE_NAME, AUTO_INCREMENT FROM information_schema.TABLES WHERE"
            + " TABLE_SCHEMA = DATABASE() AND AUTO_INCREMENT IS NOT NULL";
    private static final String SEQUENCES = "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE"
            + " TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'SEQUENCE'";

    private MariadbCounters() {}

    static List<Counter> read(Connection connection, List<Table> tables) throws SQLException {
        List<Counter> counters = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            Map<String, Long> numbered = numbered(statement);
            for (Table table : tables) {
                Optional<Column> column = table.columns().stream()
                        .filter(each -> each.identity() == Identity.BY_DEFAULT)
                        .findFirst();
                if (column.isPresent()) {
                    long next = Math.max(
                            numbered.getOrDefault(table.name().name(), 1L), beyond(statement, table, column.get()));
                    counters.add(new Counter(table.name(), column.get().name(), next, 1));
                }
            }
            for (TableName sequence : sequences(statement)) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT next_not_cached_value, increment FROM " + MariadbNames.quote(sequence))) {
                    row.next();
                    // 0 stands for the server's own step.
                    long increment = row.getLong(2) == 0 ? 1 : row.getLong(2);
                    counters.add(new Counter(sequence, null, row.getLong(1), increment));
                }
            }
        }
        return counters;
    }

    private static Map<String, Long> numbered(Statement statement) throws SQLException {
        Map<String, Long> numbered = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(NUMBERED)) {
            while (rows.next()) {
                numbered.put(rows.getString(1), clamped(rows.getBigDecimal(2).toBigInteger()));
            }
        }
        return numbered;
    }

    private static long beyond(Statement statement, Table table, Column column) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT CAST(MAX(" + MariadbNames.quote(column.name())
                + ") AS DECIMAL(30)) FROM " + MariadbNames.quote(table.name()))) {
            row.next();
            return row.getBigDecimal(1) == null
                    ? 1
                    : Math.max(1, clamped(row.getBigDecimal(1).toBigInteger().add(BigInteger.ONE)));
        }
    }

    private static long clamped(BigInteger number) {
        return number.bitLength() < Long.SIZE ? number.longValue() : Long.MAX_VALUE;
    }

    private static List<TableName> sequences(Statement statement) throws SQLException {
        List<TableName> sequences = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                sequences.add(new TableName(rows.getString(1), rows.getString(2)));
            }
        }
        return sequences;
    }

    static void advance(Connection connection, List<Counter> counters) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<String, Long> numbered = numbered(statement);
            List<TableName> sequences = sequences(statement);
            for (Counter counter : counters) {
                String name = MariadbNames.quote(counter.owner());
                if (counter.column() != null) {
                    if (numbered.getOrDefault(counter.owner().name(), 1L) < counter.next()) {
                        statement.execute("ALTER TABLE " + name + " AUTO_INCREMENT = " + counter.next());
                    }
                } else if (sequences.contains(counter.owner())) {
                    advance(statement, name, counter);
                } else {
                    throw SqlState.REFUSED.error("there is no sequence " + counter.owner()
                            + " whose next value could be set to " + counter.next()
                            + "; create it as it is on the other store, and try again");
                }
            }
        }
    }

    private static void advance(Statement statement, String sequence, Counter counter) throws SQLException {
        long next;
        boolean cycles;
        boolean within;
        try (ResultSet row = statement.executeQuery("SELECT next_not_cached_value, cycle_option, " + counter.next()
                + " BETWEEN minimum_value AND maximum_value FROM " + sequence)) {
            row.next();
            next = row.getLong(1);
            cycles = row.getBoolean(2);
            within = row.getBoolean(3);
        }
        boolean behind = counter.increment() > 0 ? next < counter.next() : next > counter.next();
        if (cycles && within && next != counter.next()) {
            statement.execute("ALTER SEQUENCE " + sequence + " RESTART " + counter.next());
        } else if (behind && within) {
            statement.execute("SELECT SETVAL(" + sequence + ", " + counter.next() + ", 0)");
        } else if (behind) {
            // The other one has come to its end.
            statement.execute("SELECT SETVAL(" + sequence + ", " + (counter.next() - counter.increment()) + ", 1)");
        }
    }
}
