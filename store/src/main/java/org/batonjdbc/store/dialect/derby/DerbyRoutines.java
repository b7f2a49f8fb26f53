package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.batonjdbc.store.catalog.TableName;

/** What Derby calls aliases: functions, procedures, types and aggregates, all of them Java, and synonyms. */
final class DerbyRoutines {
    private static final String ALIASES = "SELECT S.SCHEMANAME, A.ALIAS, A.JAVACLASSNAME, A.ALIASINFO, A.ALIASTYPE"
            + " FROM SYS.SYSALIASES A JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = A.SCHEMAID"
            + " ORDER BY S.SCHEMANAME, A.ALIAS";

    private DerbyRoutines() {}

    static List<String> types(Connection connection) throws SQLException {
        return definitions(connection, "A");
    }

    static List<String> routines(Connection connection) throws SQLException {
        List<String> routines = definitions(connection, "F");
        routines.addAll(definitions(connection, "P"));
        routines.addAll(definitions(connection, "G"));
        return routines;
    }

    /** Without those for tables that are left out. */
    static List<String> synonyms(Connection connection, Set<TableName> left) throws SQLException {
        List<String> synonyms = definitions(connection, "S");
        synonyms.removeIf(synonym -> DerbySchema.names(synonym.substring(synonym.indexOf(" FOR ")), left));
        return synonyms;
    }

    private static List<String> definitions(Connection connection, String type) throws SQLException {
        List<String> definitions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALIASES)) {
            while (rows.next()) {
                if (rows.getString(5).equals(type) && DerbyNames.isUsers(rows.getString(1))) {
                    definitions.add(definition(rows, new TableName(rows.getString(1), rows.getString(2))));
                }
            }
        }
        return definitions;
    }

    /** What Derby says of a routine begins with the name of its method. */
    private static String definition(ResultSet row, TableName name) throws SQLException {
        String quoted = DerbyNames.quote(name);
        String javaClass = row.getString(3);
        String info = row.getString(4);
        return switch (row.getString(5)) {
            case "S" -> "CREATE SYNONYM " + quoted + " FOR " + info;
            case "A" -> "CREATE TYPE " + quoted + " EXTERNAL NAME " + DerbyNames.literal(javaClass) + " LANGUAGE JAVA";
            case "G" ->
                "CREATE DERBY AGGREGATE " + quoted + " " + info + " EXTERNAL NAME " + DerbyNames.literal(javaClass);
            default -> {
                int open = info.indexOf('(');
                yield "CREATE " + (row.getString(5).equals("F") ? "FUNCTION " : "PROCEDURE ") + quoted
                        + info.substring(open) + " EXTERNAL NAME "
                        + DerbyNames.literal(javaClass + "." + info.substring(0, open));
            }
        };
    }
}
