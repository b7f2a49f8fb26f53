package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * Runs statements of an exported schema. H2 2.x takes what 1.x wrote only while it runs a script in its QUIRKS_MODE, so
 * each statement becomes a script of its own, in a file system that H2 keeps in memory: nothing is written to disk,
 * and it works for a server as well.
 */
final class H2Build {
    private H2Build() {}

    static void run(Connection connection, List<String> statements) throws SQLException {
        if (H2Names.isFirstGeneration(connection)) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return;
        }
        String file = "memFS:baton-" + UUID.randomUUID();
        // FILE_WRITE knows the disk only; CSVWRITE, of one value without delimiters, knows H2's own file systems.
        try (PreparedStatement write = connection.prepareStatement(
                        "CALL CSVWRITE(?, ?, 'charset=UTF-8 fieldDelimiter= escape= writeColumnHeader=false')");
                PreparedStatement run =
                        connection.prepareStatement("RUNSCRIPT FROM '" + file + "' CHARSET 'UTF-8' QUIRKS_MODE")) {
            write.setString(1, file);
            try {
                for (String sql : statements) {
                    write(write, FirstGeneration.modern(sql) + ";");
                    run.execute();
                }
            } finally {
                // Users are created by the hashes of their passwords, which need not stay in memory.
                write(write, "");
            }
        }
    }

    private static void write(PreparedStatement write, String content) throws SQLException {
        write.setString(2, "SELECT '" + content.replace("'", "''") + "'");
        write.execute();
    }
}
