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
import java.util.List;
import java.util.Optional;
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
            + " EVENT_OBJECT_TABLE, JAVA_CLASS, ACTION_TIMING = 'BEFORE' AND ACTION_ORIENTATION = 'ROW' AS EARLY"
            + " FROM INFORMATION_SCHEMA.TRIGGERS";
    private static final String OLD = "SELECT TRIGGER_SCHEMA, TRIGGER_NAME, TABLE_SCHEMA, TABLE_NAME, JAVA_CLASS,"
            + " BEFORE AND SQL LIKE '% BEFORE %' AND SQL LIKE '% FOR EACH ROW%' AS EARLY"
            + " FROM INFORMATION_SCHEMA.TRIGGERS";
    private static final Pattern RUNS_STATEMENTS =
            Pattern.compile("java[/.]sql[/.]\\w*Statement|prepareStatement|createStatement|prepareCall|execute");

    private H2UserTriggers() {}

    static List<UserTrigger> read(Connection connection, boolean standard) throws SQLException {
        List<UserTrigger> triggers = new ArrayList<>();
        ClassLoader engine = connection.getClass().getClassLoader();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(standard ? STANDARD : OLD)) {
            while (rows.next()) {
                String javaClass = rows.getString(5);
                if (!CaptureTrigger.class.getName().equals(javaClass)) {
                    TableName table = new TableName(rows.getString(3), rows.getString(4));
                    String name = rows.getString(1) + "." + rows.getString(2);
                    triggers.add(trigger(name, table, rows.getBoolean(6), javaClass, engine));
                }
            }
        }
        return triggers;
    }

    private static UserTrigger trigger(
            String name, TableName table, boolean early, String javaClass, ClassLoader engine) {
        Optional<String> code = javaClass == null ? Optional.empty() : bytes(javaClass, engine);
        Effect effect = !early
                ? Effect.OTHER_ROWS
                : code.map(text -> RUNS_STATEMENTS.matcher(text).find() ? Effect.OTHER_ROWS : Effect.OWN_ROW)
                        .orElse(Effect.UNKNOWN);
        return new UserTrigger(name, table, effect, javaClass);
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
