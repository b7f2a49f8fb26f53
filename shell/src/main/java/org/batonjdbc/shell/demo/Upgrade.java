package org.batonjdbc.shell.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Drives the upgrade with the statements that an operator would type, and says what they answered. */
final class Upgrade {
    private final Connection connection;
    private final Progress progress;

    Upgrade(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** From CHECK to the moment at which the upgraded store is in step. */
    void prepare() throws SQLException {
        check();
        run("UPGRADE START");
        run("UPGRADE WAIT FOR REPLICATING WITH (timeout = '300s')");
    }

    /**
     * Compares the stores and moves the writers over; returns how long Baton held them, in milliseconds.
     *
     * @param begins called just before the switchover
     */
    double switchOver(Runnable begins) throws SQLException {
        boolean verified = verify();
        String sql = verified ? "UPGRADE SWITCH" : "UPGRADE SWITCH WITH (verify = 'skip')";
        progress.say("> " + sql);
        begins.run();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getDouble("pause_ms");
        }
    }

    private void check() throws SQLException {
        Map<String, Integer> found = new TreeMap<>();
        List<String> notable = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("UPGRADE CHECK")) {
            while (row.next()) {
                String severity = row.getString("severity");
                found.merge(severity, 1, Integer::sum);
                if (!severity.equals("OK")) {
                    notable.add(severity + " " + row.getString("object") + ": " + row.getString("message"));
                }
            }
        }
        String summary = found.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        progress.say("> UPGRADE CHECK  " + (summary.isEmpty() ? "nothing found" : summary));
        notable.forEach(progress::say);
    }

    /** Compares the stores; false if this driver cannot do so yet. Differences are left for SWITCH to refuse. */
    private boolean verify() throws SQLException {
        List<String> different = new ArrayList<>();
        long rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("UPGRADE VERIFY")) {
            while (row.next()) {
                rows += row.getLong("active_rows");
                if (!row.getString("status").equals("SAME")) {
                    different.add(
                            row.getString("table_name") + " differs in " + row.getLong("differing_rows") + " rows");
                }
            }
        } catch (SQLException e) {
            progress.say("> UPGRADE VERIFY  refused: " + e.getMessage());
            return false;
        }
        progress.say(String.format(
                Locale.ROOT,
                "> UPGRADE VERIFY  %,d rows, %s",
                rows,
                different.isEmpty() ? "all the same" : String.join(", ", different)));
        return true;
    }

    private void run(String sql) throws SQLException {
        progress.say("> " + sql);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
