package org.batonjdbc.tests.failure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A program whose stores are files, of which one may be as large as it likes, because H2 splits it into small files. Prints
 * what an application and an operator see.
 */
final class FullDisk {
    private static final String ROW = "'" + "x".repeat(1000) + "'";

    private final Connection connection;
    private final Statement statement;

    private FullDisk(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
    }

    /** Arguments: the directory, which store's disk is full, and what to do. */
    public static void main(String[] arguments) throws Exception {
        String directory = arguments[0];
        boolean activeIsFull = arguments[1].equals("active");
        String url =
                "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:" + (activeIsFull ? "" : "split:20:") + "file:" + directory
                        + "/old" + (activeIsFull ? ";WRITE_DELAY=0" : "") + "),(h2:2.5.252@jdbc:h2:"
                        + (activeIsFull ? "split:20:" : "") + "file:" + directory
                        + "/new;MODE=LEGACY)?engines=" + System.getProperty("baton.engines");
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            FullDisk program = new FullDisk(connection);
            switch (arguments[2]) {
                case "fill-upgraded" -> program.fillUpgraded();
                case "fill-active" -> program.fillActive();
                default -> program.goOn();
            }
        }
        System.exit(0);
    }

    private void fillUpgraded() throws SQLException {
        statement.execute("CREATE TABLE item(id INT PRIMARY KEY, text VARCHAR(1000))");
        statement.execute("INSERT INTO item SELECT X, " + ROW + " FROM SYSTEM_RANGE(1, 12000)");
        statement.execute("UPGRADE START");
        // A store that nobody writes to may fail unnoticed.
        int id = 12_000;
        while (!phase().equals("FAILED") && id < 30_000) {
            id++;
            statement.execute("INSERT INTO item VALUES (" + id + ", " + ROW + ")");
        }
        status();
        System.out.println("acknowledged " + id);
        statement.execute("UPGRADE CANCEL");
        status();
        statement.execute("UPDATE item SET text = 'short' WHERE id > 12000");
        rows();
    }

    /** Writes until the engine itself refuses, and says how many rows were acknowledged. */
    private void fillActive() throws SQLException {
        statement.execute("CREATE TABLE item(id INT PRIMARY KEY, text VARCHAR(1000))");
        statement.execute("UPGRADE START");
        statement.execute("UPGRADE WAIT FOR REPLICATING");
        int acknowledged = 0;
        try {
            for (int id = 1; id <= 200_000; id++) {
                statement.execute("INSERT INTO item VALUES (" + id + ", " + ROW + ")");
                acknowledged = id;
            }
            System.out.println("never full");
        } catch (SQLException e) {
            System.out.println("refused by " + e.getClass().getName());
        }
        System.out.println("acknowledged " + acknowledged);
        try (Statement operator = connection.createStatement()) {
            operator.execute("UPGRADE WAIT FOR FAILED WITH (timeout = '60s')");
        }
        status();
    }

    /** There is room again. */
    private void goOn() throws SQLException {
        status();
        rows();
        String phase = phase();
        if (phase.equals("IDLE")) {
            statement.execute("UPGRADE START");
        }
        statement.execute("UPGRADE WAIT FOR REPLICATING WITH (timeout = '120s')");
        statement.execute("INSERT INTO item VALUES (1000000, 'room')");
        try (ResultSet verify = statement.executeQuery("UPGRADE VERIFY")) {
            verify.next();
            System.out.println("verified " + verify.getString("status"));
        }
        statement.execute("UPGRADE SWITCH");
        status();
        statement.execute("UPGRADE COMPLETE");
    }

    private String phase() throws SQLException {
        try (ResultSet status = statement.executeQuery("UPGRADE STATUS")) {
            status.next();
            return status.getString("phase");
        }
    }

    private void status() throws SQLException {
        try (Statement operator = connection.createStatement();
                ResultSet status = operator.executeQuery("UPGRADE STATUS")) {
            status.next();
            System.out.println("phase " + status.getString("phase") + ", error " + status.getString("error"));
        }
    }

    private void rows() throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM item")) {
            row.next();
            System.out.println("rows " + row.getLong(1));
        }
    }
}
