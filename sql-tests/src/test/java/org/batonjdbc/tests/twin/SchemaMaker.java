package org.batonjdbc.tests.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.batonjdbc.tests.twin.Column.Role;
import org.batonjdbc.tests.twin.Table.Reference;

/** Makes random schemas: keys, unique constraints and cascades of all sorts first, for that is what breaks capture. */
final class SchemaMaker {
    private static final List<String> NAMES =
            List.of("PARENT", "\"Child\"", "\"größe ß\"", "\"SELECT\"", "\"a \"\"quote\"\"\"", "T6");
    private static final List<String> COLUMNS =
            List.of("A", "B", "\"c\"", "\"Dé\"", "\"ORDER\"", "\"f f\"", "G", "H", "\"I\"\"i\"", "J");
    private static final List<Type> ALL = Arrays.asList(Type.values());
    private static final List<Type> KEYS = ALL.stream().filter(Type::canBeKey).toList();

    private final Dice dice;
    private final Schema.Mode mode;
    private final List<Table> tables = new ArrayList<>();

    SchemaMaker(Dice dice) {
        this.dice = dice;
        this.mode = dice.chance(20) ? Schema.Mode.MYSQL : Schema.Mode.REGULAR;
    }

    Schema make() {
        int count = dice.between(2, 5);
        for (int i = 0; i < count; i++) {
            tables.add(table(i));
        }
        return new Schema(mode, List.copyOf(tables));
    }

    private Table table(int number) {
        List<Column> columns = new ArrayList<>();
        List<Column> key = new ArrayList<>();
        List<Reference> references = new ArrayList<>();
        boolean identifying = number > 0 && dice.chance(40);
        boolean identity = !identifying && dice.chance(25);
        if (identity) {
            key.add(identity(columns));
        } else {
            int size = dice.chance(65) ? 1 : 2;
            for (int i = 0; i < size; i++) {
                key.add(add(columns, dice.chance(40) ? Type.INT : dice.of(KEYS), false, ""));
            }
        }
        if (identifying) {
            refer(dice.of(tables), columns, key, references);
        }
        if (number > 0 && dice.chance(60)) {
            refer(dice.of(tables), columns, null, references);
        }
        if (!identity && dice.chance(35)) {
            List<Column> parent = new ArrayList<>();
            key.forEach(column -> parent.add(add(columns, column.type(), true, defaultOf(column.type()))));
            references.add(new Reference(parent, null, List.copyOf(key), actions(true)));
        }
        List<List<Column>> uniques = uniques(columns);
        others(columns);
        String name = (dice.chance(30) ? "\"Schéma 2\"." : "") + NAMES.get(number);
        return new Table(
                name, List.copyOf(columns), List.copyOf(key), identity || dice.chance(85), uniques, references);
    }

    private Column identity(List<Column> columns) {
        boolean legacy = mode == Schema.Mode.REGULAR && dice.chance(50);
        return add(
                columns,
                new Column(
                        name(columns),
                        Type.BIGINT,
                        false,
                        legacy ? "IDENTITY" : "BIGINT AUTO_INCREMENT",
                        Role.IDENTITY));
    }

    /** Adds columns that refer to another table's key or unique columns; {@code key} takes them in if it is not null. */
    private void refer(Table target, List<Column> columns, List<Column> key, List<Reference> references) {
        List<List<Column>> candidates = new ArrayList<>(target.uniques());
        candidates.add(target.key());
        candidates.add(target.key());
        List<Column> targetColumns = dice.of(candidates);
        boolean nullable = key == null && dice.chance(80);
        List<Column> own = new ArrayList<>();
        for (Column column : targetColumns) {
            own.add(add(
                    columns,
                    column.type() == Type.BIGINT && column.role() == Role.IDENTITY ? Type.BIGINT : column.type(),
                    nullable,
                    nullable ? defaultOf(column.type()) : ""));
        }
        if (key != null) {
            if (dice.chance(30)) {
                key.clear();
            }
            key.addAll(own);
        }
        references.add(new Reference(own, target, targetColumns, actions(nullable)));
    }

    private String actions(boolean nullable) {
        return action(" ON DELETE ", nullable) + action(" ON UPDATE ", nullable);
    }

    private String action(String when, boolean nullable) {
        int roll = dice.below(10);
        if (roll < 5) {
            return when + "CASCADE";
        }
        if (nullable && roll < 8) {
            return when + (roll == 5 ? "SET DEFAULT" : "SET NULL");
        }
        return roll == 8 ? when + "RESTRICT" : "";
    }

    private String defaultOf(Type type) {
        return dice.chance(50) ? " DEFAULT " + type.literal(dice.below(4)) : "";
    }

    private List<List<Column>> uniques(List<Column> columns) {
        List<List<Column>> uniques = new ArrayList<>();
        if (dice.chance(60)) {
            uniques.add(List.of(add(columns, dice.chance(50) ? Type.INT : dice.of(KEYS), dice.chance(50), "")));
        }
        if (dice.chance(30)) {
            uniques.add(List.of(
                    add(columns, dice.of(KEYS), dice.chance(30), ""),
                    add(columns, dice.of(KEYS), dice.chance(30), "")));
        }
        return uniques;
    }

    private void others(List<Column> columns) {
        Column base = add(
                columns, Type.INT, true, dice.of("", " DEFAULT 3", " CHECK (%s >= 0)", " DEFAULT 1 CHECK (%s < 90)"));
        int count = dice.below(4);
        for (int i = 0; i < count; i++) {
            Type type = dice.of(ALL);
            add(columns, type, dice.chance(80), defaultOf(type));
        }
        if (dice.chance(30)) {
            special(columns, base);
        }
    }

    private void special(List<Column> columns, Column base) {
        String name = name(columns);
        columns.add(
                switch (dice.below(4)) {
                    case 0 -> new Column(name, Type.UUID, true, " DEFAULT RANDOM_UUID()", Role.UNREPEATABLE);
                    case 1 -> new Column(name, Type.TIMESTAMP, true, " DEFAULT CURRENT_TIMESTAMP", Role.UNREPEATABLE);
                    case 2 -> new Column(name, Type.BIGINT, true, " DEFAULT NEXT VALUE FOR numbers", Role.PLAIN);
                    default -> new Column(name, Type.INT, true, " AS (" + base.name() + " * 2)", Role.COMPUTED);
                });
    }

    private static Column add(List<Column> columns, Type type, boolean nullable, String clause) {
        String name = name(columns);
        return add(
                columns,
                new Column(
                        name,
                        type,
                        nullable,
                        clause.replace("%s", name).replaceFirst("( CHECK.*)?$", (nullable ? "" : " NOT NULL") + "$1"),
                        Role.PLAIN));
    }

    private static String name(List<Column> columns) {
        int number = columns.size();
        return number < COLUMNS.size() ? COLUMNS.get(number) : "K" + number;
    }

    private static Column add(List<Column> columns, Column column) {
        columns.add(column);
        return column;
    }
}
