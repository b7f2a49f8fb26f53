package org.batonjdbc.tests.twin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;

/**
 * A temporary table that any connection may create for itself, always in the same way.
 *
 * @param creation the statement that creates it
 * @param namesake whether a real table of another schema has the same name
 */
record Temporary(Table table, String creation, boolean namesake) {
    private static final String NO_TABLE = "42S02";

    String name() {
        return table.name();
    }

    String indexing() {
        return "CREATE UNIQUE INDEX " + index() + " ON " + name() + "(" + Table.names(table.key()) + ")";
    }

    String unindexing() {
        return "DROP INDEX " + index();
    }

    /** A column more than it was created with. */
    String widening() {
        return "ALTER TABLE " + name() + " ADD COLUMN one_more INT DEFAULT 7";
    }

    private String index() {
        return "index_of_" + name().replaceAll("\\W", "");
    }

    /** Moves it, if it is there, from a connection that is not used any more to one of another raw engine. */
    void move(Connection from, Connection to) throws SQLException {
        try (Statement select = from.createStatement();
                ResultSet rows = select.executeQuery("SELECT * FROM " + name());
                Statement create = to.createStatement()) {
            create.execute(creation);
            int columns = rows.getMetaData().getColumnCount();
            if (columns > table.columns().size()) {
                create.execute(widening());
            }
            // One that was created by a query has rows already, which are not those of now.
            create.execute("DELETE FROM " + name());
            String insert =
                    "INSERT INTO " + name() + " VALUES (" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
            try (PreparedStatement statement = to.prepareStatement(insert)) {
                for (List<Object> row : Values.read(rows)) {
                    for (int i = 0; i < columns; i++) {
                        statement.setObject(i + 1, row.get(i));
                    }
                    statement.executeUpdate();
                }
            }
            if (!Outcome.of(() -> dropIndex(from)).isError()) {
                create.execute(indexing());
            }
        } catch (SQLException e) {
            if (!NO_TABLE.equals(e.getSQLState()) && !"42S04".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private String dropIndex(Connection connection) throws SQLException {
        try (Statement drop = connection.createStatement()) {
            drop.execute(unindexing());
            return "dropped";
        }
    }
}
