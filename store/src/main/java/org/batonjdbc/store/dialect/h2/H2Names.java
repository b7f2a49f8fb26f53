package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.batonjdbc.store.catalog.TableName;

/** How H2's identifiers are quoted, which schemas are not the user's, and which of two catalogs a store has. */
final class H2Names {
    /** Where Baton's own tables are. */
    static final String BATON = "BATON";

    private H2Names() {}

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String quote(TableName name) {
        return quote(name.schema()) + "." + quote(name.name());
    }

    /** Whether a schema holds users' objects; H2 spells its own in lower case where DATABASE_TO_LOWER is set. */
    static boolean isUsers(String schema) {
        return Stream.of("INFORMATION_SCHEMA", "PG_CATALOG", BATON).noneMatch(schema::equalsIgnoreCase);
    }

    /**
     * Whether the store describes itself by the standard's INFORMATION_SCHEMA, as H2 does from 2.0 on; with
     * OLD_INFORMATION_SCHEMA=TRUE, newer releases have the old one too.
     */
    static boolean hasStandardCatalog(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE UPPER(TABLE_SCHEMA) ="
                                + " 'INFORMATION_SCHEMA' AND UPPER(TABLE_NAME) = 'INDEX_COLUMNS'");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    /** Whether the engine is of the generation before 2.0. */
    static boolean isFirstGeneration(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() < 2;
    }
}
