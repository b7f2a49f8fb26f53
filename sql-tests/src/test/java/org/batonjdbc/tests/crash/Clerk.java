package org.batonjdbc.tests.crash;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One application thread: transactions of several statements on rows of its own, each written into the ledger before its
 * commit and after it. Knows what its rows must be, and says so when a statement finds them otherwise.
 */
final class Clerk implements Callable<Void> {
    private static final int CUSTOMERS = 40;
    private static final int MOST_STATEMENTS = 5;
    private static final int MOST_ORDERS = 40;
    private static final int LARGE = 20_000;
    private static final long THOUGHT_MILLIS = 8;
    private static final String RETRY = "40001";
    private static final String HELD = "55P03";

    /** H2 1.4.200 refuses a change of key that cascades while another session's does: they share a flag. */
    private static final ReentrantLock CASCADING = new ReentrantLock();

    private final Connection connection;
    private final int number;
    private final int clerks;
    private final Ledger ledger;
    private final AtomicIntegerArray committed;
    private final CountDownLatch stop;
    private final Random random;
    private Goods goods;

    /**
     * A clerk who goes on where the store is.
     *
     * @param committed the last transaction of each clerk that was acknowledged
     */
    Clerk(
            Connection connection,
            int number,
            Ledger ledger,
            AtomicIntegerArray committed,
            CountDownLatch stop,
            long seed)
            throws SQLException {
        this.connection = connection;
        this.number = number;
        this.clerks = committed.length();
        this.ledger = ledger;
        this.committed = committed;
        this.stop = stop;
        this.random = new Random(seed + number);
        this.goods = Goods.read(connection, number);
    }

    /** Works until it is told to stop; any error that an application must not see ends it. */
    @Override
    public Void call() throws Exception {
        connection.setAutoCommit(false);
        while (!stop.await(random.nextInt((int) THOUGHT_MILLIS + 1), TimeUnit.MILLISECONDS)) {
            try {
                transaction();
            } catch (SQLException e) {
                if (!RETRY.equals(e.getSQLState()) && !HELD.equals(e.getSQLState())) {
                    throw e;
                }
                // It says that it is rolled back, or has not begun.
                connection.rollback();
            }
        }
        return null;
    }

    private void transaction() throws SQLException {
        int next = committed.get(number) + 1;
        // The first write, so that no cascade is held at the gate, and with it whoever waits for the lock.
        expect(1, run("UPDATE clerk SET tx = ? WHERE id = ?", next, number));
        Goods after = goods.copy();
        if (after.stock.isEmpty()) {
            stockUp(after);
        }
        for (int left = 1 + random.nextInt(MOST_STATEMENTS); left > 0; left--) {
            statement(after);
            ledger.touched(number, next, after.changesSince(goods));
        }
        if (random.nextInt(12) == 0) {
            connection.rollback();
            return;
        }
        ledger.attempted(number, next, after.changesSince(goods));
        connection.commit();
        ledger.committed(number, next, System.currentTimeMillis());
        committed.set(number, next);
        goods = after;
    }

    private void stockUp(Goods after) throws SQLException {
        for (int i = 0; i < Shop.STOCK_ROWS; i++) {
            int id = i * clerks + number;
            run("INSERT INTO stock VALUES (?, ?, 0)", id, number);
            after.stock.put(id, 0);
        }
    }

    private void statement(Goods after) throws SQLException {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> customer(after);
            case 3 -> moveCustomer(after);
            case 4 -> deleteCustomer(after);
            case 5, 6, 7 -> order(after);
            case 8 -> changeOrder(after);
            case 9 -> deleteOrder(after);
            case 10 -> swapNames(after);
            default -> sell(after);
        }
    }

    private int someCustomer() {
        return random.nextInt(CUSTOMERS) * clerks + number;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void customer(Goods after) throws SQLException {
        int id = someCustomer();
        Goods.Customer known = after.customers.get(id);
        if (known == null) {
            String name = "c" + id + "-" + random.nextInt(1_000_000_000);
            run("INSERT INTO customer VALUES (?, ?, ?, 0)", id, number, name);
            after.customers.put(id, new Goods.Customer(name, 0));
        } else {
            expect(1, run("UPDATE customer SET revision = revision + 1 WHERE id = ?", id));
            after.customers.put(id, new Goods.Customer(known.name(), known.revision() + 1));
        }
    }

    /** A change of key, which cascades to the orders. */
    private void moveCustomer(Goods after) throws SQLException {
        int from = someCustomer();
        int to = someCustomer();
        if (after.customers.containsKey(from) && !after.customers.containsKey(to)) {
            expect(1, cascade("UPDATE customer SET id = ? WHERE id = ?", to, from));
            after.customers.put(to, after.customers.remove(from));
            after.orders.replaceAll((id, order) -> order.customer() == from ? order.of(to) : order);
        }
    }

    /** Cascades to the orders and their lines. */
    private void deleteCustomer(Goods after) throws SQLException {
        int id = someCustomer();
        if (after.customers.remove(id) != null) {
            expect(1, cascade("DELETE FROM customer WHERE id = ?", id));
            after.orders.values().removeIf(order -> order.customer() == id);
        }
    }

    private void order(Goods after) throws SQLException {
        if (after.customers.isEmpty() || after.orders.size() >= MOST_ORDERS) {
            deleteOrder(after);
            return;
        }
        int customer = oneOf(List.copyOf(after.customers.keySet()));
        int amount = random.nextInt(10_000);
        String note = note();
        byte[] picture = random.nextInt(3) == 0 ? picture() : null;
        long id;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO orders(clerk, customer, amount, note, picture) VALUES (?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            bind(insert, number, customer, amount, note, picture);
            expect(1, insert.executeUpdate());
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
                id = key.getLong(1);
            }
        }
        Map<Integer, String> lines = new TreeMap<>();
        for (int no = random.nextInt(4); no > 0; no--) {
            String sku = "sku" + random.nextInt(1000);
            run("INSERT INTO line VALUES (?, ?, ?)", id, no, sku);
            lines.put(no, sku);
        }
        after.orders.put(id, new Goods.Order(customer, amount, Shop.digest(note), Shop.digest(picture), lines));
    }

    private void changeOrder(Goods after) throws SQLException {
        if (!after.orders.isEmpty()) {
            long id = oneOf(List.copyOf(after.orders.keySet()));
            Goods.Order order = after.orders.get(id);
            String note = note();
            expect(1, run("UPDATE orders SET note = ?, amount = amount + 1 WHERE id = ?", note, id));
            after.orders.put(
                    id,
                    new Goods.Order(
                            order.customer(), order.amount() + 1, Shop.digest(note), order.picture(), order.lines()));
        }
    }

    private void deleteOrder(Goods after) throws SQLException {
        if (!after.orders.isEmpty()) {
            long id = oneOf(List.copyOf(after.orders.keySet()));
            expect(1, cascade("DELETE FROM orders WHERE id = ?", id));
            after.orders.remove(id);
        }
    }

    /** Unique values that change hands. */
    private void swapNames(Goods after) throws SQLException {
        int one = someCustomer();
        int two = someCustomer();
        if (one != two && after.customers.containsKey(one) && after.customers.containsKey(two)) {
            Goods.Customer first = after.customers.get(one);
            Goods.Customer second = after.customers.get(two);
            run("UPDATE customer SET name = ? WHERE id = ?", "swap" + number, one);
            run("UPDATE customer SET name = ? WHERE id = ?", first.name(), two);
            run("UPDATE customer SET name = ? WHERE id = ?", second.name(), one);
            after.customers.put(one, new Goods.Customer(second.name(), first.revision()));
            after.customers.put(two, new Goods.Customer(first.name(), second.revision()));
        }
    }

    private void sell(Goods after) throws SQLException {
        int first = random.nextInt(Shop.STOCK_ROWS);
        int last = Math.min(Shop.STOCK_ROWS - 1, first + random.nextInt(10));
        run(
                "UPDATE stock SET quantity = quantity + 1 WHERE clerk = ? AND id BETWEEN ? AND ?",
                number,
                first * clerks,
                last * clerks + number);
        after.stock.replaceAll(
                (id, quantity) -> id >= first * clerks && id <= last * clerks + number ? quantity + 1 : quantity);
    }

    private String note() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> ("note " + random.nextInt() + " ").repeat(1 + random.nextInt(LARGE / 20));
            default -> "note " + random.nextInt();
        };
    }

    private byte[] picture() {
        return ("picture " + random.nextInt() + " ")
                .repeat(1 + random.nextInt(LARGE / 20))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private int cascade(String sql, Object... values) throws SQLException {
        CASCADING.lock();
        try {
            return run(sql, values);
        } finally {
            CASCADING.unlock();
        }
    }

    private int run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private void expect(int wanted, int found) throws SQLException {
        if (wanted != found) {
            throw new SQLException("clerk " + number + " has changed " + found + " rows instead of " + wanted
                    + " in transaction " + (committed.get(number) + 1));
        }
    }
}
