package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.catalog.TableName;

/** The users' own triggers: how they are made, and their end on a store that follows. */
final class DerbyTriggers {
    private static final String TRIGGERS = "SELECT R.TRIGGERNAME, RS.SCHEMANAME, S.SCHEMANAME, T.TABLENAME,"
            + " R.TRIGGERDEFINITION, R.EVENT, R.FIRINGTIME, R.TYPE, R.REFERENCINGOLD, R.OLDREFERENCINGNAME,"
            + " R.REFERENCINGNEW, R.NEWREFERENCINGNAME, R.WHENCLAUSETEXT, R.REFERENCEDCOLUMNS"
            + " FROM SYS.SYSTRIGGERS R JOIN SYS.SYSSCHEMAS RS ON RS.SCHEMAID = R.SCHEMAID"
            + " JOIN SYS.SYSTABLES T ON T.TABLEID = R.TABLEID JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
            + " ORDER BY R.CREATIONTIMESTAMP";
    private static final String COLUMNS = "SELECT S.SCHEMANAME, T.TABLENAME, C.COLUMNNUMBER, C.COLUMNNAME"
            + " FROM SYS.SYSCOLUMNS C JOIN SYS.SYSTABLES T ON T.TABLEID = C.REFERENCEID"
            + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID";

    private DerbyTriggers() {}

    /** In the order in which they were made, which is that in which they fire. */
    static List<String> definitions(Connection connection, Set<TableName> left) throws SQLException {
        Map<TableName, Map<Integer, String>> columns = new HashMap<>();
        List<String> definitions = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    columns.computeIfAbsent(
                                    new TableName(rows.getString(1), rows.getString(2)), name -> new HashMap<>())
                            .put(rows.getInt(3), rows.getString(4));
                }
            }
            try (ResultSet rows = statement.executeQuery(TRIGGERS)) {
                while (rows.next()) {
                    TableName table = new TableName(rows.getString(3), rows.getString(4));
                    if (DerbyNames.isUsers(rows.getString(2)) && !left.contains(table)) {
                        definitions.add(
                                DerbySchema.inSchema(rows.getString(2), definition(rows, table, columns.get(table))));
                    }
                }
            }
        }
        return definitions;
    }

    private static String definition(ResultSet row, TableName table, Map<Integer, String> columns) throws SQLException {
        String condition = row.getString(13);
        return "CREATE TRIGGER " + DerbyNames.quote(new TableName(row.getString(2), row.getString(1)))
                + (row.getString(7).equals("A") ? " AFTER " : " NO CASCADE BEFORE ")
                + event(row.getString(6), row.getString(14), columns) + " ON " + DerbyNames.quote(table)
                + referencing(row) + (row.getString(8).equals("R") ? " FOR EACH ROW " : " FOR EACH STATEMENT ")
                + (condition == null ? "" : "WHEN (" + condition + ") ") + row.getString(5);
    }

    /** The columns come as their numbers, in parentheses. */
    private static String event(String event, String numbers, Map<Integer, String> columns) {
        return switch (event) {
            case "I" -> "INSERT";
            case "D" -> "DELETE";
            default ->
                numbers == null || !numbers.startsWith("(")
                        ? "UPDATE"
                        : "UPDATE OF "
                                + IndexPart.of(numbers).stream()
                                        .map(part -> DerbyNames.quote(columns.get(part.number())))
                                        .collect(Collectors.joining(", "));
        };
    }

    private static String referencing(ResultSet row) throws SQLException {
        String of = row.getString(8).equals("R") ? " AS " : "_TABLE AS ";
        String old = row.getBoolean(9) ? " OLD" + of + row.getString(10) : "";
        String now = row.getBoolean(11) ? " NEW" + of + row.getString(12) : "";
        return old.isEmpty() && now.isEmpty() ? "" : " REFERENCING" + old + now;
    }

    static void drop(Connection connection, Set<TableName> tables) throws SQLException {
        List<TableName> names = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(TRIGGERS)) {
                while (rows.next()) {
                    if (DerbyNames.isUsers(rows.getString(2))
                            && tables.contains(new TableName(rows.getString(3), rows.getString(4)))) {
                        names.add(new TableName(rows.getString(2), rows.getString(1)));
                    }
                }
            }
            for (TableName name : names) {
                statement.execute("DROP TRIGGER " + DerbyNames.quote(name));
            }
        }
    }
}
