package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.RowLayout;
import org.batonjdbc.store.dialect.RowSink;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.dialect.TriggerSinks;

/**
 * Puts {@link CaptureTrigger}s on the tables of an embedded store. Each table gets two: one before each statement, so
 * that rows of a statement that fails can be told from those of the statement before it, and one after each row.
 */
final class H2RowTriggers implements RowTriggers {
    /** The class of the triggers, by its name alone: loading it here would need an H2 on the application's class path. */
    static final String TRIGGER = "org.batonjdbc.store.dialect.h2.CaptureTrigger";

    /** How the names of those end that see rows. */
    private static final String ROW = "_ROW";

    @Override
    public void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink)
            throws SQLException {
        Map<String, BiConsumer<Object[], Object[]>> sinks = sinks(engine);
        Map<TableName, RowLayout> layouts = RowLayout.of(connection, tables);
        LegacyTimes times = LegacyTimes.of(connection);
        String attachment = CaptureTrigger.PREFIX
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "_";
        int number = 0;
        try {
            for (Table table : tables) {
                BiConsumer<Object[], Object[]> listener = listener(table, layouts.get(table.name()), times, sink);
                String name = attachment + number++;
                sinks.put(name, listener);
                create(connection, table, name, " BEFORE INSERT, UPDATE, DELETE ON ", "");
                name = attachment + number++ + ROW;
                sinks.put(name, listener);
                create(connection, table, name, " AFTER INSERT, UPDATE, DELETE ON ", " FOR EACH ROW");
            }
            // Not before: at no moment may a write pass that nobody sees.
            drop(connection, engine, name -> !name.startsWith(attachment));
        } catch (SQLException e) {
            sinks.keySet().removeIf(name -> name.startsWith(attachment));
            try {
                detach(connection, engine);
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static void create(Connection connection, Table table, String name, String when, String level)
            throws SQLException {
        TableName trigger = new TableName(table.name().schema(), name);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER " + H2Names.quote(trigger) + when + H2Names.quote(table.name()) + level
                    + " CALL " + H2Names.quote(TRIGGER));
        }
    }

    @Override
    public void detach(Connection connection, ClassLoader engine) throws SQLException {
        drop(connection, engine, name -> true);
    }

    /** Those before each statement stay: they cost the worker next to nothing, and their sink lets nobody else through. */
    @Override
    public void fence(Connection connection, ClassLoader engine) throws SQLException {
        drop(connection, engine, name -> name.endsWith(ROW));
    }

    private static void drop(Connection connection, ClassLoader engine, Predicate<String> which) throws SQLException {
        List<TableName> triggers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT TRIGGER_SCHEMA, TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS WHERE JAVA_CLASS = ?")) {
            statement.setString(1, TRIGGER);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (which.test(rows.getString(2))) {
                        triggers.add(new TableName(rows.getString(1), rows.getString(2)));
                    }
                }
            }
        }
        Map<String, BiConsumer<Object[], Object[]>> sinks = sinks(engine);
        try (Statement statement = connection.createStatement()) {
            for (TableName trigger : triggers) {
                statement.execute("DROP TRIGGER IF EXISTS " + H2Names.quote(trigger));
                sinks.remove(trigger.name());
            }
        }
    }

    /** An engine on a class path that does not have Baton on it finds the class by the thread's context loader. */
    private static Map<String, BiConsumer<Object[], Object[]>> sinks(ClassLoader engine) {
        return TriggerSinks.of(engine, TRIGGER).orElseGet(() -> CaptureTrigger.SINKS);
    }

    private static BiConsumer<Object[], Object[]> listener(
            Table table, RowLayout layout, LegacyTimes times, RowSink sink) {
        int[] scales = table.columns().stream().mapToInt(Column::scale).toArray();
        return (oldRow, newRow) -> {
            if (oldRow == null && newRow == null) {
                sink.statementBegins();
            } else {
                sink.changed(
                        table,
                        modern(layout.stored(oldRow), scales, times),
                        modern(layout.stored(newRow), scales, times));
            }
        };
    }

    private static Object[] modern(Object[] row, int[] scales, LegacyTimes times) {
        for (int i = 0; row != null && i < row.length; i++) {
            row[i] = times.modern(row[i], scales[i]);
        }
        return row;
    }

    @Override
    public boolean marksStatements() {
        return true;
    }

    @Override
    public Object[] image(Table table, Object[] row) {
        Object[] image = new Object[row.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = RowImages.carrier(table.columns().get(i), row[i]);
            if (image[i] == null && row[i] != null) {
                return null;
            }
        }
        return image;
    }

    @Override
    public Object[] keyImage(Table table, Object[] row) {
        Object[] image = new Object[row.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = RowImages.carrier(table.columns().get(i), row[i]);
            if (image[i] == null && table.isKey(i)) {
                return null;
            }
        }
        return image;
    }
}
