package org.batonjdbc.tests.limits;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

/**
 * A program that changes very many rows in single transactions while replicating, and watches the upgraded store: what a
 * reader sees there is always the state after one of these transactions. Ends with an exception if not.
 */
final class LargeTransaction {
    private static final int ROWS_A_SECOND = 300;

    private final int rows;
    private final String text;
    private final String upgraded;
    private final String url;
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private volatile boolean ended;
    private volatile SQLException failure;

    private LargeTransaction(String directory, int rows, int width) {
        this.rows = rows;
        this.text = "x".repeat(width);
        this.upgraded = "jdbc:h2:file:" + directory + "/new;MODE=LEGACY";
        this.url = "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:file:" + directory + "/old),(" + upgraded + ")?engines="
                + System.getProperty("baton.engines") + "&maxLogBytes=1GB";
    }

    public static void main(String[] arguments) throws Exception {
        new LargeTransaction(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])).run();
    }

    private void run() throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE big(id INT PRIMARY KEY, name VARCHAR(20) UNIQUE, n INT, text VARCHAR(5000))");
            statement.execute("UPGRADE START");
            statement.execute("UPGRADE WAIT FOR REPLICATING");
            Thread reader = new Thread(this::watch, "reader");
            reader.start();
            Set<String> states = new TreeSet<>();
            states.add(state(statement));
            try {
                connection.setAutoCommit(false);
                insert(connection);
                commit(connection, statement, "insert", states);
                statement.execute("UPDATE big SET id = id + 1, n = n + 1");
                commit(connection, statement, "shift of keys", states);
                statement.execute(
                        "UPDATE big SET n = n + 1, name = 'n' || CASE MOD(id, 2) WHEN 0 THEN id + 1 ELSE id - 1 END"
                                + " WHERE id BETWEEN 2 AND " + (rows / 2 * 2 - 1));
                commit(connection, statement, "swap of unique values", states);
                statement.execute("DELETE FROM big WHERE MOD(id, 3) = 0");
                commit(connection, statement, "delete", states);
            } finally {
                ended = true;
                reader.join();
            }
            if (failure != null) {
                throw failure;
            }
            if (!states.containsAll(seen)) {
                throw new IllegalStateException("a reader of the upgraded store saw " + seen + " but only these were"
                        + " committed: " + states);
            }
            verify(statement);
            statement.execute("UPGRADE SWITCH");
            print("switched", System.nanoTime());
            statement.execute("UPGRADE COMPLETE");
        }
    }

    private void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO big VALUES (?, ?, 0, ?)")) {
            for (int id = 1; id <= rows; id++) {
                insert.setInt(1, id);
                insert.setString(2, "n" + (id + 1));
                insert.setString(3, text);
                insert.addBatch();
                if (id % 1000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void commit(Connection connection, Statement statement, String what, Set<String> states) throws Exception {
        long begin = System.nanoTime();
        connection.commit();
        states.add(state(statement));
        connection.commit();
        print(what + " committed", begin);
        begin = System.nanoTime();
        long deadline = begin + TimeUnit.SECONDS.toNanos(60 + rows / ROWS_A_SECOND);
        while (pending(statement) > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not applied in time");
            }
            Thread.sleep(20); // between two looks; the deadline decides
        }
        print(what + " applied", begin);
    }

    private static long pending(Statement statement) throws SQLException {
        try (ResultSet status = statement.executeQuery("UPGRADE STATUS")) {
            status.next();
            if (status.getString("error") != null) {
                throw new IllegalStateException(status.getString("error"));
            }
            return status.getLong("changes_pending");
        }
    }

    private static String state(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT COUNT(*), MIN(id), MAX(id), SUM(CAST(n AS BIGINT)) FROM big")) {
            row.next();
            return row.getLong(1) + " rows " + row.getLong(2) + ".." + row.getLong(3) + " sum " + row.getLong(4);
        }
    }

    private void watch() {
        try (Connection connection = DriverManager.getConnection(upgraded, "sa", "");
                Statement statement = connection.createStatement()) {
            while (!ended) {
                seen.add(state(statement));
                Thread.sleep(100);
            }
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void verify(Statement statement) throws SQLException {
        long begin = System.nanoTime();
        try (ResultSet tables = statement.executeQuery("UPGRADE VERIFY")) {
            tables.next();
            if (!tables.getString("status").equals("SAME")) {
                throw new IllegalStateException(tables.getLong("differing_rows") + " rows differ");
            }
            print("verified " + tables.getLong("active_rows") + " rows", begin);
        }
    }

    private static void print(String what, long begin) {
        System.out.printf("%s %.1f s%n", what, (System.nanoTime() - begin) / 1e9);
    }
}
