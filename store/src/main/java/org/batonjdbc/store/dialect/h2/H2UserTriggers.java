package org.batonjdbc.store.dialect.h2;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.UserTrigger;
import org.batonjdbc.store.catalog.UserTrigger.Effect;

/**
 * The users' own triggers, and what they may do. A trigger that edits only the row for which it fires names nothing in
 * its code that could run a statement.
 */
final class H2UserTriggers {
    private static final String STANDARD = "SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_OBJECT_SCHEMA,"
            + " EVENT_OBJECT_TABLE, JAVA_CLASS, ACTION_TIMING = 'BEFORE' AND ACTION_ORIENTATION = 'ROW' AS EARLY, NULL AS SQL"
            + " FROM INFORMATION_SCHEMA.TRIGGERS";
    private static final String OLD = "SELECT TRIGGER_SCHEMA, TRIGGER_NAME, TABLE_SCHEMA, TABLE_NAME, JAVA_CLASS,"
            + " BEFORE AND SQL LIKE '% BEFORE %' AND SQL LIKE '% FOR EACH ROW%' AS EARLY, SQL"
            + " FROM INFORMATION_SCHEMA.TRIGGERS";
    private static final Pattern RUNS_STATEMENTS =
            Pattern.compile("java[/.]sql[/.]\\w*Statement|prepareStatement|createStatement|prepareCall|execute");

    private H2UserTriggers() {}

    static List<UserTrigger> read(Connection connection, boolean standard) throws SQLException {
        List<UserTrigger> triggers = new ArrayList<>();
        ClassLoader engine = connection.getClass().getClassLoader();
        Map<TableName, String> definitions = null;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(standard ? STANDARD : OLD)) {
            while (rows.next()) {
                String javaClass = rows.getString("JAVA_CLASS");
                if (H2RowTriggers.TRIGGER.equals(javaClass)) {
                    continue;
                }
                TableName name = new TableName(rows.getString(1), rows.getString(2));
                String sql = rows.getString("SQL");
                if (javaClass == null && sql == null) {
                    definitions = definitions == null ? definitions(connection) : definitions;
                    sql = definitions.get(name);
                }
                Optional<String> code = javaClass == null ? Optional.ofNullable(sql) : bytes(javaClass, engine);
                triggers.add(new UserTrigger(
                        name.toString(),
                        new TableName(rows.getString(3), rows.getString(4)),
                        rows.getBoolean("EARLY") ? effect(code) : Effect.OTHER_ROWS,
                        javaClass == null ? sql : javaClass));
            }
        }
        return triggers;
    }

    static void drop(Connection connection, Set<TableName> tables) throws SQLException {
        List<TableName> names = new ArrayList<>();
        boolean standard = !H2Names.isFirstGeneration(connection);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(standard ? STANDARD : OLD)) {
            while (rows.next()) {
                boolean ours = H2RowTriggers.TRIGGER.equals(rows.getString("JAVA_CLASS"));
                if (!ours && tables.contains(new TableName(rows.getString(3), rows.getString(4)))) {
                    names.add(new TableName(rows.getString(1), rows.getString(2)));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (TableName name : names) {
                statement.execute("DROP TRIGGER " + H2Names.quote(name));
            }
        }
    }

    private static Effect effect(Optional<String> code) {
        return code.map(text -> RUNS_STATEMENTS.matcher(text).find() ? Effect.OTHER_ROWS : Effect.OWN_ROW)
                .orElse(Effect.UNKNOWN);
    }

    /** The statements that made triggers, which the standard catalog does not show; none for a user without the right. */
    private static Map<TableName, String> definitions(Connection connection) throws SQLException {
        Map<TableName, String> definitions = new HashMap<>();
        if (H2Facts.missingPrivilege(connection).isPresent()) {
            return definitions;
        }
        for (H2Statement statement : H2Script.read(connection)) {
            if (statement.creates("TRIGGER")) {
                statement.names().stream().findFirst().ifPresent(name -> definitions.put(name, statement.text()));
            }
        }
        return definitions;
    }

    /** A class file as text: the names of all that it refers to stand in it as they are. */
    private static Optional<String> bytes(String javaClass, ClassLoader engine) {
        String path = javaClass.replace('.', '/') + ".class";
        for (ClassLoader loader : new ClassLoader[] {
            engine, Thread.currentThread().getContextClassLoader(), H2UserTriggers.class.getClassLoader()
        }) {
            if (loader == null) {
                continue;
            }
            try (InputStream in = loader.getResourceAsStream(path)) {
                if (in != null) {
                    return Optional.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the class of trigger " + javaClass, e);
            }
        }
        return Optional.empty();
    }
}
