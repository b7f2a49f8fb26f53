package org.batonjdbc.tests.shell;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** The main class of an application with its store in its own heap: it writes until its standard input ends. */
final class RunningApplication {
    private RunningApplication() {}

    /** Takes the URL, says {@code ready}, and tells at its end which engine serves it. */
    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T (ID INT PRIMARY KEY, V INT)");
            statement.execute("INSERT INTO T SELECT X, 0 FROM SYSTEM_RANGE(1, 2000)");
            System.out.println("ready");
            while (System.in.available() == 0) {
                statement.execute("UPDATE T SET V = V + 1 WHERE ID = 7");
            }
            System.out.println(connection.getMetaData().getDatabaseProductVersion());
        }
        System.exit(0);
    }
}
