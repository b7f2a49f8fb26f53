package org.batonjdbc.tests.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.batonjdbc.tests.fixture.Rows;

/**
 * A process whose stores are servers': two writers count upwards, each number a row, and say which are committed, while an
 * operator takes the upgrade from wherever it stands to the next phase. It ends at a moment of its own choice, in the middle
 * of everything; without such a moment it brings the upgrade to SWITCHED, with both stores the same.
 */
final class ServerVictim {
    static final int WRITERS = 2;
    static final String ACKNOWLEDGED = "acknowledged ";

    private ServerVictim() {}

    /** Arguments: directory (for its output), failover URL, milliseconds to live from when the stores are open, or 0. */
    public static void main(String[] arguments) throws Exception {
        String url = arguments[1];
        long life = Long.parseLong(arguments[2]);
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            Connection connection = connect(url);
            Thread writer = new Thread(() -> write(connection, number));
            writer.setDaemon(true);
            writer.start();
        }
        try (Connection connection = connect(url)) {
            text(connection, "UPGRADE STATUS"); // the stores are open, and the next thing that happens is an upgrade's
            if (life > 0) {
                endAfter(life);
            }
            operate(connection, life > 0);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void endAfter(long millis) {
        Thread end = new Thread(() -> {
            try {
                Thread.sleep(millis); // a random moment to die at, drawn by the parent
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        });
        end.setDaemon(true);
        end.start();
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    private static void write(Connection connection, int number) {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (true) {
                statement.execute("UPDATE counter SET n = n + 1 WHERE id = " + number);
                try (ResultSet row = statement.executeQuery("SELECT n FROM counter WHERE id = " + number)) {
                    row.next();
                    int n = row.getInt(1);
                    statement.execute("INSERT INTO counted VALUES (" + number + ", " + n + ")");
                    connection.commit();
                    System.out.println(ACKNOWLEDGED + number + " " + n);
                }
            }
        } catch (SQLException e) {
            System.out.println("writer " + number + ": " + e);
            e.printStackTrace(System.out);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void operate(Connection connection, boolean forEver) throws SQLException {
        int moves = 0;
        while (true) {
            String phase = text(connection, "UPGRADE STATUS");
            System.out.println("phase " + phase);
            switch (phase) {
                case "IDLE" -> run(connection, "UPGRADE START");
                case "COPYING" -> run(connection, "UPGRADE WAIT FOR REPLICATING WITH (timeout = '60s')");
                case "REPLICATING" -> {
                    run(connection, "UPGRADE SWITCH WITH (verify = 'skip')");
                    moves++;
                }
                case "SWITCHED" -> {
                    if (!forEver && moves > 0) {
                        List<List<Object>> tables = Rows.of(connection, "UPGRADE VERIFY");
                        System.out.println("verified " + tables);
                        return;
                    }
                    run(connection, "UPGRADE REVERSE");
                    moves++;
                }
                default -> throw new SQLException("phase " + phase + ": " + Rows.of(connection, "UPGRADE STATUS"));
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        return String.valueOf(Rows.of(connection, sql).get(0).get(0));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
