package org.batonjdbc.store.dialect.hsqldb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.UserTrigger;
import org.batonjdbc.store.catalog.UserTrigger.Effect;

/** The users' own triggers: what they are, and their end on a store that is being built. */
final class HsqldbUserTriggers {
    private static final String TRIGGERS = "SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_OBJECT_SCHEMA,"
            + " EVENT_OBJECT_TABLE, ACTION_STATEMENT, ACTION_TIMING FROM INFORMATION_SCHEMA.TRIGGERS";
    private static final Pattern WRITES = Pattern.compile("\\b(INSERT|UPDATE|DELETE|MERGE|CALL|TRUNCATE)\\b");

    private HsqldbUserTriggers() {}

    static List<UserTrigger> read(Connection connection) throws SQLException {
        List<UserTrigger> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TRIGGERS)) {
            while (rows.next()) {
                if (!rows.getString("TRIGGER_NAME").startsWith(CaptureTrigger.PREFIX)) {
                    String body = rows.getString("ACTION_STATEMENT");
                    triggers.add(new UserTrigger(
                            new TableName(rows.getString(1), rows.getString(2)).toString(),
                            new TableName(rows.getString(3), rows.getString(4)),
                            effect(body, rows.getString("ACTION_TIMING")),
                            body == null ? "a Java class" : body));
                }
            }
        }
        return triggers;
    }

    private static Effect effect(String body, String timing) {
        if (body == null || body.isBlank()) {
            return Effect.UNKNOWN;
        }
        boolean writes = WRITES.matcher(body.toUpperCase(Locale.ROOT)).find();
        return writes || !"BEFORE".equals(timing) ? Effect.OTHER_ROWS : Effect.OWN_ROW;
    }

    static void drop(Connection connection, Set<TableName> tables) throws SQLException {
        List<TableName> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TRIGGERS)) {
            while (rows.next()) {
                boolean ours = rows.getString("TRIGGER_NAME").startsWith(CaptureTrigger.PREFIX);
                if (!ours && tables.contains(new TableName(rows.getString(3), rows.getString(4)))) {
                    names.add(new TableName(rows.getString(1), rows.getString(2)));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (TableName name : names) {
                statement.execute("DROP TRIGGER " + HsqldbNames.quote(name));
            }
        }
    }
}
