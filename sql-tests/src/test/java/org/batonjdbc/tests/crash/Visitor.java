package org.batonjdbc.tests.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** Another process, which opens a URL, asks one question, and says what it was told: an answer, or an error with its state. */
final class Visitor {
    private static final long PATIENCE_SECONDS = 60;

    private Visitor() {}

    /** Arguments: URL, password, query. */
    public static void main(String[] arguments) {
        try (Connection connection = DriverManager.getConnection(arguments[0], "sa", arguments[1]);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(arguments[2])) {
            row.next();
            System.out.println(row.getString(1));
        } catch (SQLException e) {
            System.out.println(e.getSQLState() + " " + e.getMessage());
        }
    }

    /** What such a process says, log and all. */
    static String ask(String url, String password, String query) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dhsqldb.reconfig_logging=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Visitor.class.getName(),
                        url,
                        password,
                        query)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the other process does not end; it said: " + said);
            }
            return said.strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
