package org.batonjdbc.shell.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/**
 * What the store holds against what the writers were told is committed.
 *
 * @param rows how many rows the store has
 * @param lost rows whose commit was acknowledged and that are not there
 * @param resurrected rows that are there although their deletion was acknowledged, or nothing was
 * @param stale rows of another version than was acknowledged, or whose values do not belong to their version
 */
record Comparison(long rows, long lost, long resurrected, long stale) {
    /** Reads all of the store through a connection of the application's own kind. */
    static Comparison of(Connection connection, Iterable<Ledger> ledgers) throws SQLException {
        Count count = new Count(Ledger.together(ledgers));
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT id, version, email FROM customers")) {
                while (row.next()) {
                    long id = row.getLong(1);
                    int version = row.getInt(2);
                    boolean whole = Shop.email(id, version).equals(row.getString(3));
                    count.found(RowKey.customer(id), version, whole);
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT id, version, total, note FROM orders")) {
                while (row.next()) {
                    long id = row.getLong(1);
                    int version = row.getInt(2);
                    boolean whole = same(Shop.total(id, version), row.getBigDecimal(3))
                            && Objects.equals(Shop.note(id, version), row.getString(4));
                    count.found(RowKey.order(id), version, whole);
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT order_id, line, version, price FROM order_lines")) {
                while (row.next()) {
                    long order = row.getLong(1);
                    int line = row.getInt(2);
                    int version = row.getInt(3);
                    boolean whole = same(Shop.price(order, line, version), row.getBigDecimal(4));
                    count.found(RowKey.line(order, line), version, whole);
                }
            }
        }
        return count.result();
    }

    private static boolean same(BigDecimal expected, BigDecimal found) {
        return found != null && expected.compareTo(found) == 0;
    }

    /** All rows that are not as they must be. */
    long wrong() {
        return lost + resurrected + stale;
    }

    /** Strikes off what is found from what was acknowledged. */
    private static final class Count {
        private final Map<RowKey, Integer> acknowledged;
        private long rows;
        private long resurrected;
        private long stale;

        Count(Map<RowKey, Integer> acknowledged) {
            this.acknowledged = acknowledged;
        }

        void found(RowKey key, int version, boolean whole) {
            rows++;
            Integer expected = acknowledged.remove(key);
            if (expected == null || expected == Ledger.DELETED) {
                resurrected++;
            } else if (expected != version || !whole) {
                stale++;
            }
        }

        Comparison result() {
            long lost = acknowledged.values().stream()
                    .filter(version -> version != Ledger.DELETED)
                    .count();
            return new Comparison(rows, lost, resurrected, stale);
        }
    }
}
