package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * Runs statements of an exported schema. H2 2.x takes what 1.x wrote only while it runs a script in its QUIRKS_MODE, so
 * each statement becomes a script, in a file of the engine's own memory: nothing is written to disk, and it works for a
 * server as well.
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
        try (PreparedStatement write = connection.prepareStatement("CALL FILE_WRITE(STRINGTOUTF8(?), ?)");
                PreparedStatement run =
                        connection.prepareStatement("RUNSCRIPT FROM '" + file + "' CHARSET 'UTF-8' QUIRKS_MODE")) {
            write.setString(2, file);
            try {
                for (String sql : statements) {
                    write.setString(1, sql + ";");
                    write.execute();
                    run.execute();
                }
            } finally {
                // Users are created by the hashes of their passwords, which need not stay in memory.
                write.setString(1, "");
                write.execute();
            }
        }
    }
}
