package org.batonjdbc.store.dialect.hsqldb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.RowLayout;
import org.batonjdbc.store.dialect.RowSink;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.dialect.TriggerSinks;

/** Puts {@link CaptureTrigger}s on the tables of an embedded store: one for each kind of change, after each row. */
final class HsqldbRowTriggers implements RowTriggers {
    /** The class of the triggers, by its name alone: loading it here would need an HSQLDB on the class path. */
    private static final String TRIGGER = "org.batonjdbc.store.dialect.hsqldb.CaptureTrigger";

    private static final List<String> CHANGES = List.of("INSERT", "UPDATE", "DELETE");

    @Override
    public void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink)
            throws SQLException {
        Map<String, BiConsumer<Object[], Object[]>> sinks = sinks(engine);
        Map<TableName, RowLayout> layouts = RowLayout.of(connection, tables);
        String attachment = CaptureTrigger.PREFIX
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "_";
        int number = 0;
        for (Table table : tables) {
            RowLayout layout = layouts.get(table.name());
            BiConsumer<Object[], Object[]> listener =
                    (before, after) -> sink.changed(table, layout.stored(before), layout.stored(after));
            for (String change : CHANGES) {
                String name = attachment + number++;
                sinks.put(name, listener);
                create(connection, engine, new TableName(table.name().schema(), name), change, table.name());
            }
        }
        // Not before: at no moment may a write pass that nobody sees.
        drop(connection, engine, name -> !name.startsWith(attachment));
    }

    /** HSQLDB looks for the class in the thread's own loader first, where it would not fit the engine's classes. */
    private static void create(
            Connection connection, ClassLoader engine, TableName trigger, String change, TableName table)
            throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(engine);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER " + HsqldbNames.quote(trigger) + " AFTER " + change + " ON "
                    + HsqldbNames.quote(table) + " FOR EACH ROW QUEUE 0 CALL " + HsqldbNames.quote(TRIGGER));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void detach(Connection connection, ClassLoader engine) throws SQLException {
        drop(connection, engine, name -> true);
    }

    /** They stay, for to drop them would hold everybody; their sink lets the worker through and nobody else. */
    @Override
    public void fence(Connection connection, ClassLoader engine) {}

    private static void drop(Connection connection, ClassLoader engine, Predicate<String> which) throws SQLException {
        List<TableName> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT TRIGGER_SCHEMA, TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS")) {
            while (rows.next()) {
                String name = rows.getString(2);
                if (name.startsWith(CaptureTrigger.PREFIX) && which.test(name)) {
                    triggers.add(new TableName(rows.getString(1), name));
                }
            }
        }
        Map<String, BiConsumer<Object[], Object[]>> sinks = sinks(engine);
        try (Statement statement = connection.createStatement()) {
            for (TableName trigger : triggers) {
                statement.execute("DROP TRIGGER " + HsqldbNames.quote(trigger));
                sinks.remove(trigger.name());
            }
        }
    }

    private static Map<String, BiConsumer<Object[], Object[]>> sinks(ClassLoader engine) {
        return TriggerSinks.of(engine, TRIGGER).orElseGet(() -> CaptureTrigger.SINKS);
    }

    /** Those before a statement fire behind each of its rows. */
    @Override
    public boolean marksStatements() {
        return false;
    }

    @Override
    public Object[] image(Table table, Object[] row) {
        return image(table, row, false);
    }

    @Override
    public Object[] keyImage(Table table, Object[] row) {
        return image(table, row, true);
    }

    private static Object[] image(Table table, Object[] row, boolean keyOnly) {
        Object[] image = new Object[row.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = HsqldbImages.carrier(table.columns().get(i), row[i]);
            if (image[i] == null && (keyOnly ? table.isKey(i) : row[i] != null)) {
                return null;
            }
        }
        return image;
    }
}
