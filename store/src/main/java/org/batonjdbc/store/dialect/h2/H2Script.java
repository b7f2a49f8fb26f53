package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** H2's own export of a schema, as statements. Only an administrator may ask for it. */
final class H2Script {
    private H2Script() {}

    /** Everything but passwords and settings. */
    static List<H2Statement> read(Connection connection) throws SQLException {
        return run(connection, "SCRIPT NODATA NOPASSWORDS NOSETTINGS");
    }

    /** Everything, with the salted hashes of the users' passwords: never to be shown. */
    static List<H2Statement> readAll(Connection connection) throws SQLException {
        return run(connection, "SCRIPT NODATA");
    }

    private static List<H2Statement> run(Connection connection, String script) throws SQLException {
        List<H2Statement> statements = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(script)) {
            while (rows.next()) {
                H2Statement read = new H2Statement(rows.getString(1).strip().replaceFirst(";$", ""));
                if (!read.tokens().isEmpty()) {
                    statements.add(read);
                }
            }
        }
        return statements;
    }
}
