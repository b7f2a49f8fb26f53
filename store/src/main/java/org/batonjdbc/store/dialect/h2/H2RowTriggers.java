package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.RowSink;
import org.batonjdbc.store.dialect.RowTriggers;

/**
 * Puts {@link CaptureTrigger}s on the tables of an embedded store. Each table gets two: one before each statement, so
 * that rows of a statement that fails can be told from those of the statement before it, and one after each row.
 */
final class H2RowTriggers implements RowTriggers {
    /** The class of the triggers, by its name alone: loading it here would need an H2 on the application's class path. */
    static final String TRIGGER = "org.batonjdbc.store.dialect.h2.CaptureTrigger";

    @Override
    public void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink)
            throws SQLException {
        detach(connection, engine);
        Map<String, BiConsumer<Object[], Object[]>> sinks = sinks(engine);
        Map<TableName, int[]> places = places(connection, tables);
        LegacyTimes times = LegacyTimes.of(connection);
        String attachment = CaptureTrigger.PREFIX
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "_";
        int number = 0;
        try {
            for (Table table : tables) {
                BiConsumer<Object[], Object[]> listener = listener(table, places.get(table.name()), times, sink);
                String name = attachment + number++;
                sinks.put(name, listener);
                create(connection, table, name, " BEFORE INSERT, UPDATE, DELETE ON ", "");
                name = attachment + number++;
                sinks.put(name, listener);
                create(connection, table, name, " AFTER INSERT, UPDATE, DELETE ON ", " FOR EACH ROW");
            }
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
        List<TableName> triggers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT TRIGGER_SCHEMA, TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS WHERE JAVA_CLASS = ?")) {
            statement.setString(1, TRIGGER);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    triggers.add(new TableName(rows.getString(1), rows.getString(2)));
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

    /** The listeners of the trigger class that this engine sees, which is another one than ours if it is isolated. */
    @SuppressWarnings("unchecked")
    private static Map<String, BiConsumer<Object[], Object[]>> sinks(ClassLoader engine) {
        try {
            Class<?> trigger = Class.forName(TRIGGER, true, engine);
            return (Map<String, BiConsumer<Object[], Object[]>>)
                    trigger.getField("SINKS").get(null);
        } catch (ClassNotFoundException e) {
            // An engine on a class path that does not have Baton on it finds the class by the thread's context loader.
            return CaptureTrigger.SINKS;
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw new LinkageError("the engine's loader has another release of " + TRIGGER, e);
        }
    }

    /** Where H2's rows, which have the computed columns too, hold each stored column. */
    private static Map<TableName, int[]> places(Connection connection, List<Table> tables) throws SQLException {
        Map<TableName, Map<String, Integer>> ordinals = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION"
                        + " FROM INFORMATION_SCHEMA.COLUMNS")) {
            while (rows.next()) {
                ordinals.computeIfAbsent(new TableName(rows.getString(1), rows.getString(2)), name -> new HashMap<>())
                        .put(rows.getString(3), rows.getInt(4) - 1);
            }
        }
        Map<TableName, int[]> places = new HashMap<>();
        for (Table table : tables) {
            Map<String, Integer> byName = ordinals.getOrDefault(table.name(), Map.of());
            if (!table.columns().stream().map(Column::name).allMatch(byName::containsKey)) {
                throw new SQLException("table " + table.name() + " is not as its description says", "42S22");
            }
            places.put(
                    table.name(),
                    table.columns().stream()
                            .mapToInt(column -> byName.get(column.name()))
                            .toArray());
        }
        return places;
    }

    private static BiConsumer<Object[], Object[]> listener(Table table, int[] places, LegacyTimes times, RowSink sink) {
        int[] scales = table.columns().stream().mapToInt(Column::scale).toArray();
        return (oldRow, newRow) -> {
            if (oldRow == null && newRow == null) {
                sink.statementBegins();
            } else {
                sink.changed(table, stored(oldRow, places, scales, times), stored(newRow, places, scales, times));
            }
        };
    }

    private static Object[] stored(Object[] row, int[] places, int[] scales, LegacyTimes times) {
        if (row == null) {
            return null;
        }
        Object[] stored = new Object[places.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = times.modern(row[places[i]], scales[i]);
        }
        return stored;
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
