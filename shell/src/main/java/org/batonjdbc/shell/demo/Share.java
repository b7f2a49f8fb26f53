package org.batonjdbc.shell.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The rows that belong to one writer alone: which there are, and its ledger of them. */
final class Share {
    private final Ledger ledger = new Ledger();
    private final List<Long> customers = new ArrayList<>();
    private final List<Long> orders = new ArrayList<>();
    private final Map<Long, Integer> lines = new HashMap<>();
    private final int step;
    private long nextCustomer;

    /** Every {@code writers}th row of the fresh shop, beginning at {@code number}, which counts from 0. */
    Share(Shop shop, int number, int writers) {
        step = writers;
        long id = 1L + number;
        for (; id <= shop.customers(); id += step) {
            addCustomer(id);
            ledger.committed(Map.of(RowKey.customer(id), 0));
        }
        nextCustomer = id;
        for (long order = 1L + number; order <= shop.orders(); order += step) {
            addOrder(order, Shop.LINES_AT_FIRST);
            ledger.committed(Map.of(RowKey.order(order), 0));
            for (int line = 1; line <= Shop.LINES_AT_FIRST; line++) {
                ledger.committed(Map.of(RowKey.line(order, line), 0));
            }
        }
    }

    Ledger ledger() {
        return ledger;
    }

    /** An id that no other writer will use. */
    long newCustomer() {
        long id = nextCustomer;
        nextCustomer += step;
        return id;
    }

    void addCustomer(long id) {
        customers.add(id);
    }

    void addOrder(long id, int numberOfLines) {
        orders.add(id);
        lines.put(id, numberOfLines);
    }

    void removeOrder(long id) {
        int at = orders.lastIndexOf(id);
        orders.set(at, orders.get(orders.size() - 1));
        orders.remove(orders.size() - 1);
        lines.remove(id);
    }

    boolean hasOrders() {
        return !orders.isEmpty();
    }

    boolean hasCustomers() {
        return !customers.isEmpty();
    }

    long someCustomer(Random random) {
        return customers.get(random.nextInt(customers.size()));
    }

    long someOrder(Random random) {
        return orders.get(random.nextInt(orders.size()));
    }

    /** How many lines an order has; they are numbered from 1. */
    int lines(long order) {
        return lines.get(order);
    }
}
