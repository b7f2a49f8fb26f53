package org.batonjdbc.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two fresh H2 stores in memory, 1.4.200 and 2.5.252, under names that no other test has. */
public record TestPair(String url) implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** A pair of which nothing is open yet. */
    public static TestPair fresh() {
        return with("");
    }

    /** A pair with options, as they stand behind the question mark. */
    public static TestPair with(String options) {
        String name = "jdbc:h2:mem:driver_test_" + NUMBERS.incrementAndGet();
        String engines = System.getProperty("baton.engines");
        String all = (engines == null ? "" : "engines=" + engines + "&") + options;
        return new TestPair(
                "jdbc:baton:failover:(h2:1.4.200@" + name + "),(h2:2.5.252@" + name + ";MODE=LEGACY)?" + all);
    }

    /** A new connection. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    /** The rows of a query, the values of each joined by spaces. */
    public static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(result.getString(i));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }

    /** Lets both databases go, also after a switchover. */
    @Override
    public void close() throws SQLException {
        if (!BatonDriver.close(url)) {
            throw new SQLException("the test has left connections open");
        }
    }
}
