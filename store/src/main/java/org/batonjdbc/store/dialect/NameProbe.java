package org.batonjdbc.store.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * Finds out, by asking the engine itself, whether a word without quotes is a name there.
 *
 * @param identifier what names without quotes look like
 * @param query a query of one row with the text {@code baton} in a column that is called {@code %1$s}
 */
public record NameProbe(Pattern identifier, String query) {
    /** For engines that know the standard's table value constructor. */
    public static final NameProbe STANDARD =
            new NameProbe(Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"), "SELECT %1$s FROM (VALUES ('baton')) AS T (%1$s)");

    /** Whether the word is refused as a name, or means something else. */
    public boolean isReserved(Connection connection, String word) throws SQLException {
        if (!identifier.matcher(word).matches()) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.formatted(word))) {
            return !rows.next() || !"baton".equals(rows.getString(1));
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("42")) {
                return true;
            }
            throw e;
        }
    }
}
