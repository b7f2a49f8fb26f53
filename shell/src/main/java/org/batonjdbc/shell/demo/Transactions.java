package org.batonjdbc.shell.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;

/**
 * The transactions of the shop, on the rows of one share. Each adds what it did to the changes it is given, and leaves
 * it to the writer to commit.
 */
final class Transactions {
    private static final int MOST_LINES = 4;

    private final Share share;
    private final Random random;

    Transactions(Share share, Random random) {
        this.share = share;
        this.random = random;
    }

    /** Does one of them, chosen at random; what the share should know afterwards is done by what it returns. */
    Runnable run(Connection connection, Map<RowKey, Integer> changes) throws SQLException {
        int dice = random.nextInt(100);
        if (dice < 35 || !share.hasOrders() || !share.hasCustomers()) {
            return share.hasCustomers() ? placeOrder(connection, changes) : newCustomer(connection, changes);
        } else if (dice < 65) {
            return changeOrder(connection, changes);
        } else if (dice < 80) {
            return changeLine(connection, changes);
        } else if (dice < 92) {
            return cancelOrder(connection, changes);
        }
        return dice < 96 ? newCustomer(connection, changes) : changeCustomer(connection, changes);
    }

    private Runnable placeOrder(Connection connection, Map<RowKey, Integer> changes) throws SQLException {
        long order;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO orders (customer_id, placed, total, note, version) VALUES (?, ?, ?, ?, -1)",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setLong(1, share.someCustomer(random));
            insert.setObject(2, Shop.time(random.nextInt(1_000_000)));
            insert.setBigDecimal(3, Shop.total(0, 0));
            insert.setString(4, null);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                order = keys.getLong(1);
            }
        }
        int lines = 1 + random.nextInt(MOST_LINES);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO order_lines (order_id, line, price, version) VALUES (?, ?, ?, 0)")) {
            for (int line = 1; line <= lines; line++) {
                insert.setLong(1, order);
                insert.setInt(2, line);
                insert.setBigDecimal(3, Shop.price(order, line, 0));
                insert.addBatch();
                changes.put(RowKey.line(order, line), 0);
            }
            insert.executeBatch();
        }
        writeOrder(connection, order, 0, changes); // its values follow from its id, which is known only now
        return () -> share.addOrder(order, lines);
    }

    private Runnable changeOrder(Connection connection, Map<RowKey, Integer> changes) throws SQLException {
        long order = share.someOrder(random);
        writeOrder(connection, order, share.ledger().version(RowKey.order(order)) + 1, changes);
        return () -> {};
    }

    private static void writeOrder(Connection connection, long order, int version, Map<RowKey, Integer> changes)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE orders SET total = ?, note = ?, version = ? WHERE id = ?")) {
            update.setBigDecimal(1, Shop.total(order, version));
            update.setString(2, Shop.note(order, version));
            update.setInt(3, version);
            update.setLong(4, order);
            update.executeUpdate(); // a row that is gone is for the comparison to find
        }
        changes.put(RowKey.order(order), version);
    }

    private Runnable changeLine(Connection connection, Map<RowKey, Integer> changes) throws SQLException {
        long order = share.someOrder(random);
        int line = 1 + random.nextInt(share.lines(order));
        RowKey key = RowKey.line(order, line);
        int version = share.ledger().version(key) + 1;
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE order_lines SET price = ?, version = version + 1 WHERE order_id = ? AND line = ?")) {
            update.setBigDecimal(1, Shop.price(order, line, version));
            update.setLong(2, order);
            update.setInt(3, line);
            update.executeUpdate();
        }
        changes.put(key, version);
        return () -> {};
    }

    /** The lines go with their order, by the foreign key's cascade. */
    private Runnable cancelOrder(Connection connection, Map<RowKey, Integer> changes) throws SQLException {
        long order = share.someOrder(random);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM orders WHERE id = ?")) {
            delete.setLong(1, order);
            delete.executeUpdate();
        }
        changes.put(RowKey.order(order), Ledger.DELETED);
        for (int line = 1; line <= share.lines(order); line++) {
            changes.put(RowKey.line(order, line), Ledger.DELETED);
        }
        return () -> share.removeOrder(order);
    }

    private Runnable newCustomer(Connection connection, Map<RowKey, Integer> changes) throws SQLException {
        long id = share.newCustomer();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO customers (id, email, since, version) VALUES (?, ?, ?, 0)")) {
            insert.setLong(1, id);
            insert.setString(2, Shop.email(id, 0));
            insert.setObject(3, Shop.time(id));
            insert.executeUpdate();
        }
        changes.put(RowKey.customer(id), 0);
        return () -> share.addCustomer(id);
    }

    private Runnable changeCustomer(Connection connection, Map<RowKey, Integer> changes) throws SQLException {
        long id = share.someCustomer(random);
        int version = share.ledger().version(RowKey.customer(id)) + 1;
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE customers SET email = ?, version = ? WHERE id = ?")) {
            update.setString(1, Shop.email(id, version));
            update.setInt(2, version);
            update.setLong(3, id);
            update.executeUpdate();
        }
        changes.put(RowKey.customer(id), version);
        return () -> {};
    }
}
