package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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

    /** Removes them by queries whose WITH gives each name anew, after which H2 does tidy up; that commits nothing. */
    static void remove(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NAMES)) {
            while (rows.next()) {
                names.add(H2Names.quote(rows.getString(1)));
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String name : names) {
                statement
                        .executeQuery("WITH " + name + "(A) AS (SELECT 1) SELECT A FROM " + name)
                        .close();
            }
        }
    }
}
