package org.batonjdbc.tests.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes random statements about what belongs to a connection alone: its variables and its temporary tables. */
final class SessionMaker {
    private static final List<Type> ALL = Arrays.asList(Type.values());
    private static final List<Type> KEYS = ALL.stream().filter(Type::canBeKey).toList();
    private static final String CREATE = "CREATE LOCAL TEMPORARY TABLE ";

    private final Dice dice;
    private final Schema schema;
    private final List<Temporary> temporaries = new ArrayList<>();

    SessionMaker(Dice dice, Schema schema) {
        this.dice = dice;
        this.schema = schema;
        temporaries.add(plain("TEMP_A", false, ""));
        // Without ON COMMIT DROP, with which H2 2.x locks its catalog: see H2FaultsTest.
        temporaries.add(plain("\"temp b\"", false, dice.chance(30) ? " ON COMMIT DELETE ROWS" : ""));
        temporaries.add(copied("copied", dice.of(schema.tables())));
        schema.tables().stream()
                .map(Table::name)
                .filter(name -> name.contains("."))
                .limit(1)
                .forEach(name -> temporaries.add(plain(name.substring(name.indexOf('.') + 1), true, "")));
    }

    private Temporary plain(String name, boolean namesake, String clause) {
        Column key = new Column("K", dice.chance(50) ? Type.INT : dice.of(KEYS), false, " NOT NULL", Column.Role.PLAIN);
        Column number = new Column("N", Type.INT, true, " DEFAULT 3", Column.Role.PLAIN);
        Column value = new Column("\"v V\"", dice.of(ALL), true, "", Column.Role.PLAIN);
        Table table = new Table(name, List.of(key, number, value), List.of(key), true, List.of(), List.of());
        return new Temporary(
                table,
                table.ddl().replace("CREATE TABLE ", CREATE + (dice.chance(30) ? "IF NOT EXISTS " : "")) + clause,
                namesake);
    }

    private Temporary copied(String name, Table from) {
        List<Column> columns = from.written().stream()
                .map(column -> new Column(column.name(), column.type(), true, "", Column.Role.PLAIN))
                .toList();
        List<Column> key = columns.stream()
                .filter(column -> Table.names(from.key()).contains(column.name()))
                .toList();
        return new Temporary(
                new Table(name, columns, key, false, List.of(), List.of()),
                CREATE + name + " AS SELECT " + Table.names(columns) + " FROM " + from.name(),
                false);
    }

    List<Temporary> temporaries() {
        return List.copyOf(temporaries);
    }

    /** The tables of the schema, and the temporary ones beside them. */
    Schema together() {
        List<Table> tables = new ArrayList<>(schema.tables());
        temporaries.forEach(each -> tables.add(each.table()));
        return new Schema(schema.mode(), tables);
    }

    /** Creates, changes or drops a temporary table. */
    Sql temporary() {
        Temporary table = dice.of(temporaries);
        int roll = table.namesake() ? 0 : dice.below(100);
        return Sql.of(
                roll < 50
                        ? table.creation()
                        : roll < 65
                                ? table.indexing()
                                : roll < 72
                                        ? table.unindexing()
                                        : roll < 80
                                                ? table.widening()
                                                : (roll < 88 ? "TRUNCATE TABLE " : "DROP TABLE ") + table.name());
    }

    /** Sets or reads variables. */
    Sql variable() {
        Table table = dice.of(schema.tables());
        String key = dice.of(table.key()).name();
        String variable = dice.of(Holdings.VARIABLES);
        return switch (dice.below(12)) {
            case 0 -> Sql.of("SELECT SET(@N, COALESCE(@N, 0) + 1)");
            case 1 -> Sql.of("SELECT @N := 4");
            case 2, 3 -> Sql.of("SELECT " + String.join(", ", Holdings.VARIABLES));
            case 4 -> Sql.of("DELETE FROM " + table.name() + " WHERE " + key + " = " + variable);
            case 5 ->
                Sql.of("UPDATE " + table.name() + " SET "
                        + dice.of(table.written()).name() + " = " + variable + " WHERE " + key + " <= "
                        + dice.of(Holdings.VARIABLES));
            default -> variable.equals("@N") ? number(table) : any(variable, table, key);
        };
    }

    private Sql number(Table table) {
        return Sql.of("SET @N = "
                + dice.of(
                        Integer.toString(dice.below(StatementMaker.RANGE)),
                        "NEXT VALUE FOR numbers",
                        "(SELECT COUNT(*) FROM " + table.name() + ")",
                        "@N + 1",
                        "COALESCE(@N, 0) * 2 + ABS(-1)"));
    }

    private Sql any(String variable, Table table, String key) {
        Text text = new Text(dice.chance(30)).add("SET " + variable + " = ");
        switch (dice.below(7)) {
            case 0 -> text.add("(SELECT MAX(" + key + ") FROM " + table.name() + ")");
            case 1 -> text.add(dice.of(Holdings.VARIABLES));
            case 2 -> text.add(dice.of("@N || 'x'", "ARRAY[1, 2]", "NULL"));
            default -> text.value(dice.of(ALL), dice.below(StatementMaker.RANGE));
        }
        return text.done();
    }
}
