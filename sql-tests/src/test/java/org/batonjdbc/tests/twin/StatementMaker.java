package org.batonjdbc.tests.twin;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.batonjdbc.tests.twin.Schema.Mode;

/**
 * Makes random statements of every form on the tables of a schema. Values come from a small range, so most statements
 * meet rows of others, and many fail.
 */
final class StatementMaker {
    /** From how many values keys and unique columns are chosen. */
    static final int RANGE = 12;

    private final Dice dice;
    private final Schema schema;
    private final boolean deltas;

    private Text text;
    private Table table;

    /** {@code deltas} says whether queries may change rows. */
    StatementMaker(Dice dice, Schema schema, boolean deltas) {
        this.dice = dice;
        this.schema = schema;
        this.deltas = deltas;
    }

    /** Rows of which all values are of one number, so that each row's foreign keys are another row's key. */
    List<Sql> filling() {
        List<Sql> inserts = new ArrayList<>();
        for (Table each : schema.tables()) {
            for (int row = 0; row < RANGE / 2; row++) {
                int number = row;
                inserts.add(Sql.of("INSERT INTO " + each.name() + "(" + Table.names(each.written()) + ") VALUES ("
                        + each.written().stream()
                                .map(column -> column.type().literal(number))
                                .collect(joining(", "))
                        + ")"));
            }
        }
        return inserts;
    }

    /** Any statement. */
    Sql any() {
        int roll = dice.below(100);
        if (roll < 78) {
            return change(dice.chance(30));
        }
        return roll < 92 ? query() : dice.chance(50) ? odd() : failing();
    }

    /** One that inserts, updates, deletes or merges. */
    Sql change(boolean parameters) {
        return written(parameters, () -> {
            int roll = dice.below(100);
            if (roll < 34) {
                insert();
            } else if (roll < 64) {
                update();
            } else if (roll < 82) {
                delete();
            } else {
                merge();
            }
        });
    }

    /** One that updates or deletes, with its values as literals. */
    Sql updateOrDelete() {
        return written(false, dice.chance(60) ? this::update : this::delete);
    }

    private Sql written(boolean parameters, Runnable form) {
        text = new Text(parameters);
        table = dice.of(schema.tables());
        form.run();
        return text.done();
    }

    // ---- pieces

    /** The table's name, or the other one that it has. */
    private String target() {
        return table.equals(schema.tables().get(0)) && dice.chance(10) ? "another_name" : table.name();
    }

    private int number() {
        return dice.below(RANGE);
    }

    private void value(Column column) {
        if (column.nullable() && dice.chance(12)) {
            text.add("NULL");
        } else if (dice.chance(4)) {
            text.add("DEFAULT");
        } else if (column.type().isNumber() && dice.chance(4)) {
            text.add("@N");
        } else {
            text.value(column.type(), number());
        }
    }

    /** Values of columns, in their order. */
    private void values(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            text.add(i == 0 ? "(" : ", ");
            value(columns.get(i));
        }
        text.add(")");
    }

    /** The key's columns, those that must have a value, and some others. */
    private List<Column> someColumns() {
        boolean all = dice.chance(50);
        return table.written().stream()
                .filter(column -> column.role() == Column.Role.IDENTITY
                        ? dice.chance(30)
                        : all
                                || table.key().contains(column)
                                || (!column.nullable() && !column.clause().contains("DEFAULT"))
                                || dice.chance(40))
                .toList();
    }

    private void where(String alias) {
        int roll = dice.below(100);
        if (roll < 8) {
            return;
        }
        text.add(" WHERE ");
        condition(alias);
        if (roll > 85) {
            text.add(dice.of(" AND ", " OR "));
            condition(alias);
        }
    }

    private void condition(String alias) {
        Column column = dice.chance(60)
                ? dice.of(table.key())
                : dice.of(table.written().stream()
                        .filter(each -> each.type().canBeCompared())
                        .toList());
        String name = alias + column.name();
        switch (dice.below(10)) {
            case 0 -> {
                text.add(name + " BETWEEN ");
                text.value(column.type(), number()).add(" AND ").value(column.type(), RANGE);
            }
            case 1 -> {
                text.add(name + " IN (");
                text.value(column.type(), number())
                        .add(", ")
                        .value(column.type(), number())
                        .add(", ")
                        .value(column.type(), number())
                        .add(")");
            }
            case 2 -> {
                Table other = dice.of(schema.tables());
                text.add(name + " IN (SELECT " + dice.of(table.key()).name() + " FROM " + table.name()
                        + " WHERE 0 < (SELECT" + " COUNT(*) FROM " + other.name() + "))");
            }
            case 3 -> text.add(name + dice.of(" IS NULL", " IS NOT NULL"));
            case 4 ->
                text.add("NOT (" + name + " > ").value(column.type(), number()).add(")");
            default ->
                text.add(name + dice.of(" = ", " = ", " = ", " <= ", " <> ")).value(column.type(), number());
        }
    }

    /** An expression that can be assigned to a column. */
    private void expression(Column column, String alias) {
        Type type = column.type();
        String name = alias + column.name();
        int roll = dice.below(100);
        if (roll < 25 && type.isNumber()) {
            text.add(name + dice.of(" + 1", " - 1", " + 5", " * 2", " + 1"));
        } else if (roll < 15 && type.isText()) {
            text.add(name + " || 'x'");
        } else if (roll < 45 && type.canBeCompared()) {
            int one = number();
            int other = number();
            text.add("CASE " + name + " WHEN ").value(type, one).add(" THEN ");
            text.add(type.literal(other)).add(" WHEN ").value(type, other).add(" THEN ");
            text.add(type.literal(one) + " ELSE " + name + " END");
        } else if (roll < 52) {
            text.add("(SELECT MAX(" + column.name() + ") FROM " + table.name() + ")");
        } else if (roll < 60) {
            text.add("DEFAULT");
        } else if (roll < 68 && column.nullable()) {
            text.add("NULL");
        } else {
            text.value(type, number());
        }
    }

    private List<Column> assigned() {
        List<Column> columns = new ArrayList<>();
        columns.add(dice.chance(30) ? dice.of(table.key()) : dice.of(table.written()));
        if (dice.chance(50)) {
            Column other = dice.of(table.written());
            if (!columns.contains(other)) {
                columns.add(other);
            }
        }
        return columns;
    }

    // ---- changes

    private void insert() {
        List<Column> columns = someColumns();
        String into = "INTO " + target();
        String head = "INSERT " + into + "(" + Table.names(columns) + ")";
        int roll = dice.below(100);
        if (columns.isEmpty() || roll < 5) {
            text.add("INSERT " + into + " DEFAULT VALUES");
        } else if (roll < 12) {
            text.add("INSERT " + into + " SET ");
            sets(columns, "");
        } else if (roll < 28) {
            // Without WITH behind INSERT, which makes H2 1.4.200 destroy the store: see H2FaultsTest.
            text.add(head + " SELECT ");
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                text.add(i == 0 ? "" : ", ");
                if (table.key().contains(column) || dice.chance(30)) {
                    text.add("CAST(")
                            .value(column.type(), number())
                            .add(" AS " + column.type().sql() + ")");
                } else {
                    text.add(column.name());
                }
            }
            text.add(" FROM " + table.name());
            where("");
            text.add(dice.chance(70) ? " LIMIT 1" : "");
        } else {
            text.add(schema.mode() == Mode.MYSQL && dice.chance(15) ? head.replace("INSERT", "INSERT IGNORE") : head);
            text.add(" VALUES ");
            int rows = dice.chance(60) ? 1 : dice.between(2, 4);
            for (int i = 0; i < rows; i++) {
                text.add(i == 0 ? "" : ", ");
                values(columns);
            }
            // With several unique indexes, which of the rows in the way is updated depends on the order of the indexes.
            if (schema.mode() == Mode.MYSQL && table.uniques().isEmpty() && dice.chance(35)) {
                Column column = dice.of(columns);
                text.add(" ON DUPLICATE KEY UPDATE " + column.name() + " = ");
                if (dice.chance(50)) {
                    text.add("VALUES(" + column.name() + ")");
                } else {
                    expression(column, "");
                }
            }
        }
    }

    private void sets(List<Column> columns, String alias) {
        for (int i = 0; i < columns.size(); i++) {
            text.add((i == 0 ? "" : ", ") + alias + columns.get(i).name() + " = ");
            value(columns.get(i));
        }
    }

    private void update() {
        boolean aliased = dice.chance(25);
        String alias = aliased ? "z." : "";
        text.add("UPDATE " + target() + (aliased ? dice.of(" AS z", " z") : "") + " SET ");
        List<Column> columns = assigned();
        if (columns.size() > 1 && dice.chance(30)) {
            text.add("(" + Table.names(columns) + ") = (");
            boolean query = dice.chance(50);
            text.add(query ? "SELECT " : "");
            for (int i = 0; i < columns.size(); i++) {
                text.add(i == 0 ? "" : ", ");
                Column column = columns.get(i);
                if (query) {
                    text.add("CAST(")
                            .value(column.type(), number())
                            .add(" AS " + column.type().sql() + ")");
                } else {
                    text.value(column.type(), number());
                }
            }
            text.add(")");
        } else {
            for (int i = 0; i < columns.size(); i++) {
                text.add((i == 0 ? "" : ", ") + alias + columns.get(i).name() + " = ");
                expression(columns.get(i), alias);
            }
        }
        where(alias);
        limit();
    }

    /** Only where all engines and runs go through the rows in one order. */
    private void limit() {
        if (table.hasIntKey() && dice.chance(15)) {
            text.add(" LIMIT " + dice.between(1, 3));
        }
    }

    private void delete() {
        boolean aliased = dice.chance(15);
        text.add("DELETE FROM " + target() + (aliased ? " AS z" : ""));
        where(aliased ? "z." : "");
        limit();
    }

    private void merge() {
        List<Column> columns = someColumns();
        if (schema.mode() == Mode.MYSQL && table.uniques().isEmpty() && dice.chance(30) && !columns.isEmpty()) {
            text.add("REPLACE INTO " + target() + "(" + Table.names(columns) + ") VALUES ");
            values(columns);
        } else if (dice.chance(40) && !columns.isEmpty()) {
            text.add("MERGE INTO " + target() + "(" + Table.names(columns) + ")");
            text.add(dice.chance(60) ? " KEY(" + Table.names(table.key()) + ")" : "");
            text.add(" VALUES ");
            values(columns);
        } else {
            mergeUsing(columns);
        }
    }

    private void mergeUsing(List<Column> columns) {
        text.add("MERGE INTO " + target() + " AS z USING (");
        int rows = dice.between(1, 3);
        for (int row = 0; row < rows; row++) {
            text.add(row == 0 ? "SELECT " : " UNION SELECT ");
            for (int i = 0; i < table.key().size(); i++) {
                Type type = table.key().get(i).type();
                text.add((i == 0 ? "" : ", ") + "CAST(" + type.literal(number()) + " AS " + type.sql() + ") AS i" + i);
            }
        }
        text.add(") AS s ON (");
        List<Column> key = table.key();
        for (int i = 0; i < key.size(); i++) {
            text.add((i == 0 ? "z." : " AND z.") + key.get(i).name() + " = s.i" + i);
        }
        text.add(")");
        if (dice.chance(40)) {
            text.add(" WHEN MATCHED AND ");
            condition("z.");
            text.add(" THEN DELETE");
        }
        if (dice.chance(70)) {
            Column column = dice.of(table.written());
            text.add(" WHEN MATCHED THEN UPDATE SET " + column.name() + " = ");
            expression(column, "z.");
        }
        List<Column> inserted = new ArrayList<>(columns);
        key.stream().filter(column -> !inserted.contains(column)).forEach(inserted::add);
        text.add(" WHEN NOT MATCHED THEN INSERT (" + Table.names(inserted) + ") VALUES (");
        for (int i = 0; i < inserted.size(); i++) {
            Column column = inserted.get(i);
            text.add(i == 0 ? "" : ", ");
            int place = key.indexOf(column);
            text.add(place >= 0 ? "s.i" + place : column.type().literal(number()));
        }
        text.add(")");
    }

    // ---- queries

    private Sql query() {
        return written(false, () -> {
            String key = Table.names(table.key());
            String columns = Table.names(table.repeatable());
            switch (dice.below(deltas ? 8 : 7)) {
                case 0 -> {
                    text.add("SELECT COUNT(*) FROM " + table.name());
                    where("");
                }
                case 1 -> {
                    text.add("SELECT " + columns + " FROM " + table.name());
                    where("");
                    text.add(" FOR UPDATE");
                }
                case 7 -> delta(columns);
                case 2 -> text.add("SELECT NEXT VALUE FOR numbers");
                default -> {
                    text.add("SELECT " + columns + " FROM " + table.name());
                    where("");
                    text.add(" ORDER BY " + key);
                }
            }
        });
    }

    /** A query that changes rows, and returns them as they were or are. */
    private void delta(String columns) {
        text.add("SELECT " + columns + " FROM ");
        int roll = dice.below(3);
        text.add(roll == 0 ? "OLD TABLE (" : dice.of("FINAL TABLE (", "NEW TABLE ("));
        switch (roll) {
            case 0 -> dice.of((Runnable) this::delete, this::update).run();
            case 1 -> insert();
            default -> update();
        }
        text.add(")");
    }

    // ---- the rest

    /** What is not written every day, but is allowed. */
    private Sql odd() {
        Supplier<String> change = () -> change(false).text();
        return Sql.of(
                switch (dice.below(5)) {
                    case 0 -> "EXPLAIN ANALYZE " + change.get();
                    case 1 -> "EXECUTE IMMEDIATE '" + change.get().replace("'", "''") + "'";
                    case 2 -> change.get() + "; " + change.get();
                    case 3 -> "/* UPDATE */ " + change.get() + " -- DELETE FROM t";
                    default -> "WITH y(n) AS (SELECT 9) DELETE FROM log_line WHERE id IN (SELECT n FROM y)";
                });
    }

    /** What every engine refuses, or what fails while it runs. */
    private Sql failing() {
        return written(false, () -> {
            String name = table.name();
            Column column = dice.of(table.written());
            text.add(dice.of(
                    "SELECT * FROM nowhere",
                    "INSERT INTO " + name + "(nothing) VALUES (1)",
                    "UPDATE " + name + " SET " + column.name() + " = 1 / 0",
                    "DELETE FROM " + name + " WHERE",
                    "INSERT INTO " + name + " SELECT * FROM " + name,
                    "UPDATE " + name + " SET " + column.name() + " = 'a text that fits nowhere "
                            + table.columns().stream()
                                    .map(Column::name)
                                    .collect(joining())
                                    .replace("'", "") + "'"));
        });
    }

    /** What Baton refuses while it replicates. */
    Sql refused() {
        return written(
                false,
                () -> text.add(dice.of(
                        "TRUNCATE TABLE " + table.name(),
                        "CREATE INDEX an_index ON " + table.name() + "("
                                + table.key().get(0).name() + ")",
                        "ALTER TABLE " + table.name() + " ADD COLUMN one_more INT",
                        "DROP TABLE " + table.name(),
                        "RUNSCRIPT FROM 'nowhere.sql'")));
    }

    /** A query of whole rows that can be changed through its result set. */
    Sql updatable() {
        return written(false, () -> {
            text.add("SELECT " + Table.names(table.written()) + " FROM " + table.name());
            where("");
            text.add(" ORDER BY " + Table.names(table.key()));
        });
    }

    /** The table of the last statement. */
    Table table() {
        return table;
    }
}
