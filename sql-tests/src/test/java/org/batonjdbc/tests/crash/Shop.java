package org.batonjdbc.tests.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.batonjdbc.tests.crash.Oracle.Holding;

/**
 * The tables that the clerks work on. Each row has one clerk, because H2 itself loses committed rows in a pattern of three
 * writers to one row; rows hang together by foreign keys that cascade, and have large objects and identity values.
 */
final class Shop {
    static final String CUSTOMER = "customer";
    static final String ORDER = "order";
    static final String LINE = "line";
    static final String STOCK = "stock";

    /** Rows of stock that each clerk has; enough of them that a copy takes many chunks. */
    static final int STOCK_ROWS = 150;

    private Shop() {}

    static void open(Connection connection, int clerks) throws SQLException {
        run(
                connection,
                "CREATE TABLE clerk(id INT PRIMARY KEY, tx INT NOT NULL)",
                "CREATE TABLE customer(id INT PRIMARY KEY, clerk INT NOT NULL, name VARCHAR(40) NOT NULL UNIQUE,"
                        + " revision INT NOT NULL)",
                "CREATE TABLE orders(id IDENTITY PRIMARY KEY, clerk INT NOT NULL, customer INT NOT NULL,"
                        + " amount DECIMAL(10, 2) NOT NULL, note CLOB, picture BLOB,"
                        + " FOREIGN KEY(customer) REFERENCES customer(id) ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE line(order_id BIGINT NOT NULL, no INT NOT NULL, sku VARCHAR(20) NOT NULL,"
                        + " PRIMARY KEY(order_id, no),"
                        + " FOREIGN KEY(order_id) REFERENCES orders(id) ON DELETE CASCADE)",
                "CREATE TABLE stock(id INT PRIMARY KEY, clerk INT NOT NULL, quantity INT NOT NULL)",
                "CREATE INDEX order_of ON orders(clerk, customer)");
        for (int clerk = 0; clerk < clerks; clerk++) {
            run(connection, "INSERT INTO clerk VALUES (" + clerk + ", 0)");
        }
        run(connection, "CHECKPOINT SYNC");
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** What each clerk has, as the ledger writes it. */
    static List<Holding> holdings(Connection connection, int clerks) throws SQLException {
        List<Holding> holdings = new ArrayList<>();
        for (int clerk = 0; clerk < clerks; clerk++) {
            holdings.add(new Holding(
                    transaction(connection, clerk),
                    Goods.read(connection, clerk).rows()));
        }
        return holdings;
    }

    private static int transaction(Connection connection, int clerk) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT tx FROM clerk WHERE id = ?")) {
            query.setInt(1, clerk);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Rows of the tables that belong to nobody, because what they hang on is gone. */
    static Set<String> orphans(Connection connection) throws SQLException {
        Set<String> orphans = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT 'order ' || id FROM orders WHERE customer NOT IN (SELECT id"
                                + " FROM customer) UNION ALL SELECT 'line ' || order_id || ' ' || no FROM line WHERE order_id"
                                + " NOT IN (SELECT id FROM orders)")) {
            while (rows.next()) {
                orphans.add(rows.getString(1));
            }
        }
        return orphans;
    }

    /** Table and key of a row in the ledger. */
    static String key(String row) {
        String[] words = row.split(" ", 4);
        return words[0] + " " + words[1] + (words[0].equals(LINE) ? " " + words[2] : "");
    }

    /** A large object's content, short enough for a ledger. */
    static String digest(String text) {
        return text == null ? "null" : text.length() + ":" + Integer.toHexString(text.hashCode());
    }

    static String digest(byte[] data) {
        return data == null ? "null" : data.length + ":" + Integer.toHexString(Arrays.hashCode(data));
    }
}
