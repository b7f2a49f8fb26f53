package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The views that 1.4.200 makes of WITH within an INSERT, and forgets in the session. Their numbers are
 * free all the same, so a table that is created later gets one of them, and loses its entry in the catalog when the
 * view goes with the session: the store cannot be opened any more.
 */
final class RemainingViews {
    private static final String NAMES =
            "SELECT SUBSTRING(KEY, 7) FROM INFORMATION_SCHEMA.SESSION_STATE WHERE KEY LIKE 'TABLE %'"
                    + " AND SQL LIKE 'CREATE FORCE VIEW %'";

    private RemainingViews() {}

    /**
     * Removes those that a statement names by queries whose WITH gives each name anew, after which H2 does tidy up; that
     * commits nothing. The queries read nothing from the views, for a table of such a name may hide them.
     */
    static void remove(Connection connection, String sql) throws SQLException {
        String text = sql.toUpperCase(Locale.ROOT);
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NAMES)) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (text.contains(name.replace("\"", "\"\"").toUpperCase(Locale.ROOT))) {
                    names.add(H2Names.quote(name));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String name : names) {
                statement
                        .executeQuery("WITH " + name + "(A) AS (SELECT 1) SELECT 1")
                        .close();
            }
        }
    }
}
