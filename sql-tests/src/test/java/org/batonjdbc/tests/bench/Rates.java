package org.batonjdbc.tests.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.batonjdbc.tests.fixture.Stores;

/**
 * Rows in a second from H2 1.4.200 to 2.5.252 in memory: copied, beside SCRIPT and RUNSCRIPT; compared by VERIFY; and applied
 * after a PAUSE, one transaction of one row after the other.
 */
public final class Rates {
    private Rates() {}

    /**
     * Prints a line for each number of rows.
     *
     * @param arguments numbers of rows; 100,000 and 1,000,000 if there are none
     */
    public static void main(String[] arguments) throws Exception {
        String[] sizes = arguments.length == 0 ? new String[] {"100000", "1000000"} : arguments;
        for (String size : sizes) {
            measure(Integer.parseInt(size));
        }
    }

    private static void measure(int rows) throws Exception {
        try (Stores stores = new Stores("h2:1.4.200", "h2:2.5.252", null, "")) {
            stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT, text VARCHAR(50))");
            stores.execute("INSERT INTO item SELECT X, X, 'the text of ' || X FROM SYSTEM_RANGE(1, " + rows + ")");
            double script = seconds(() -> script(stores));
            double copy = seconds(() -> {
                stores.replicate();
                return null;
            });
            double verify = seconds(() -> {
                stores.verifySame();
                return null;
            });
            stores.execute("UPGRADE PAUSE");
            int changes = Math.min(rows, 100_000);
            try (Connection connection = stores.connect();
                    PreparedStatement update = connection.prepareStatement("UPDATE item SET n = n + 1 WHERE id = ?")) {
                for (int id = 1; id <= changes; id++) {
                    update.setInt(1, id);
                    update.executeUpdate();
                }
            }
            double apply = seconds(() -> {
                stores.execute("UPGRADE RESUME");
                stores.awaitApplied();
                return null;
            });
            System.out.println(String.format(
                    Locale.ROOT,
                    "%,d rows: SCRIPT + RUNSCRIPT %.1f s, copy %.1f s (%.2f times the rate), VERIFY %.1f s (%,.0f rows/s),"
                            + " %,d changes applied in %.1f s (%,.0f/s)",
                    rows,
                    script,
                    copy,
                    script / copy,
                    verify,
                    rows / verify,
                    changes,
                    apply,
                    changes / apply));
        }
    }

    private static Void script(Stores stores) throws Exception {
        Path file = Files.createTempFile("baton-bench", ".sql");
        try (Connection old = stores.pastBatonToFirst();
                Statement from = old.createStatement();
                Stores other = new Stores("h2:2.5.252", "h2:2.5.252", null, "");
                Connection young = other.connect();
                Statement to = young.createStatement()) {
            from.execute("SCRIPT TO '" + file + "'");
            to.execute("RUNSCRIPT FROM '" + file + "' FROM_1X");
            return null;
        } finally {
            Files.delete(file);
        }
    }

    private static double seconds(Callable<Void> work) throws Exception {
        long begin = System.nanoTime();
        try {
            work.call();
        } catch (SQLException e) {
            throw new SQLException("while measuring: " + e.getMessage(), e);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
