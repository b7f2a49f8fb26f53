package org.batonjdbc.shell.demo;

/** Names a row of the shop; {@code line} is 0 for a customer or an order itself. */
record RowKey(Table table, long id, int line) {
    /** The shop's tables. */
    enum Table {
        CUSTOMERS,
        ORDERS,
        ORDER_LINES
    }

    static RowKey customer(long id) {
        return new RowKey(Table.CUSTOMERS, id, 0);
    }

    static RowKey order(long id) {
        return new RowKey(Table.ORDERS, id, 0);
    }

    static RowKey line(long order, int line) {
        return new RowKey(Table.ORDER_LINES, order, line);
    }
}
