package org.batonjdbc.tests.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What belongs to one clerk: in memory, changed as its statements change the store. */
final class Goods {
    final Map<Integer, Customer> customers = new TreeMap<>();
    final Map<Long, Order> orders = new TreeMap<>();
    final Map<Integer, Integer> stock = new TreeMap<>();

    record Customer(String name, int revision) {}

    record Order(int customer, int amount, String note, String picture, Map<Integer, String> lines) {
        Order of(int other) {
            return new Order(other, amount, note, picture, lines);
        }
    }

    /** Reads them from a store. */
    static Goods read(Connection connection, int clerk) throws SQLException {
        Goods goods = new Goods();
        read(
                connection,
                "SELECT id, name, revision FROM customer WHERE clerk = ?",
                clerk,
                row -> goods.customers.put(row.getInt(1), new Customer(row.getString(2), row.getInt(3))));
        read(
                connection,
                "SELECT id, customer, amount, note, picture FROM orders WHERE clerk = ?",
                clerk,
                row -> goods.orders.put(
                        row.getLong(1),
                        new Order(
                                row.getInt(2),
                                row.getBigDecimal(3).intValueExact(),
                                Shop.digest(row.getString(4)),
                                Shop.digest(row.getBytes(5)),
                                new TreeMap<>())));
        read(
                connection,
                "SELECT order_id, no, sku FROM line JOIN orders ON orders.id = line.order_id WHERE clerk = ?",
                clerk,
                row -> goods.orders.get(row.getLong(1)).lines().put(row.getInt(2), row.getString(3)));
        read(
                connection,
                "SELECT id, quantity FROM stock WHERE clerk = ?",
                clerk,
                row -> goods.stock.put(row.getInt(1), row.getInt(2)));
        return goods;
    }

    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    private static void read(Connection connection, String sql, int clerk, Taker taker) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setInt(1, clerk);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }

    /** The same goods, which can be changed without changing these. */
    Goods copy() {
        Goods copy = new Goods();
        copy.customers.putAll(customers);
        orders.forEach((id, order) -> copy.orders.put(
                id,
                new Order(
                        order.customer(),
                        order.amount(),
                        order.note(),
                        order.picture(),
                        new TreeMap<>(order.lines()))));
        copy.stock.putAll(stock);
        return copy;
    }

    /** Every row as one line of text. */
    Set<String> rows() {
        Set<String> rows = new TreeSet<>();
        customers.forEach((id, customer) ->
                rows.add(Shop.CUSTOMER + " " + id + " " + customer.name() + " " + customer.revision()));
        orders.forEach((id, order) -> {
            rows.add(Shop.ORDER + " " + id + " " + order.customer() + " " + order.amount() + " " + order.note() + " "
                    + order.picture());
            order.lines().forEach((no, sku) -> rows.add(Shop.LINE + " " + id + " " + no + " " + sku));
        });
        stock.forEach((id, quantity) -> rows.add(Shop.STOCK + " " + id + " " + quantity));
        return rows;
    }

    /** What a transaction takes away and puts that makes these goods out of the earlier ones. */
    List<String> changesSince(Goods before) {
        Set<String> gone = before.rows();
        Set<String> come = rows();
        List<String> changes = new ArrayList<>();
        gone.stream().filter(row -> !come.contains(row)).forEach(row -> changes.add("-" + row));
        come.stream().filter(row -> !gone.contains(row)).forEach(row -> changes.add("+" + row));
        return changes;
    }
}
