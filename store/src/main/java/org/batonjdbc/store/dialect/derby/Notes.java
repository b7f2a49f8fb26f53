package org.batonjdbc.store.dialect.derby;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.ValueKind;
import org.batonjdbc.store.dialect.CaptureTriggers;

/**
 * The tables in which triggers note the keys of changed rows: one for all tables whose keys are of the same types, so
 * that a commit asks few of them. Immutable.
 *
 * <p>Baton's own sessions have its schema as their current one, and note nothing: a store has its triggers before it
 * serves, while Baton still writes to it. Whoever reads or removes his notes goes through the index of their foreign key; else he would wait for the locks on
 * others' notes.
 */
final class Notes {
    private final List<Table> tables;
    private final Map<List<String>, Sort> sorts;

    private Notes(List<Table> tables, Map<List<String>, Sort> sorts) {
        this.tables = tables;
        this.sorts = sorts;
    }

    /** The notes of these tables, each known by its place among them. */
    static Notes of(List<Table> tables) {
        Map<List<String>, Sort> sorts = new LinkedHashMap<>();
        for (Table table : tables) {
            sorts.computeIfAbsent(types(table), types -> new Sort(sorts.size(), types));
        }
        return new Notes(tables, sorts);
    }

    private static List<String> types(Table table) {
        return table.keyColumns().stream().map(Notes::type).toList();
    }

    private static String type(Column column) {
        return column.kind() == ValueKind.INTEGER ? "BIGINT" : DerbyCatalog.declared(column);
    }

    /** Notes of keys of the same types. */
    record Sort(int number, List<String> types) {
        TableName table() {
            return new TableName(DerbyNames.BATON, "NOTES_" + number);
        }

        /** Part of the message with which Derby refuses who is not admitted. */
        private String constraint() {
            return DerbyNames.quote(CaptureTriggers.BYPASSED + " " + number);
        }

        private String create() {
            return "CREATE TABLE " + DerbyNames.quote(table())
                    + "(SESSION_NUMBER INT, TABLE_NUMBER INT NOT NULL, BALANCE INT NOT NULL, "
                    + keys(i -> "K" + i + " " + types.get(i) + " NOT NULL") + ", CONSTRAINT BATON." + constraint()
                    + " FOREIGN KEY (SESSION_NUMBER) REFERENCES \"BATON\".\"ADMITTED\")";
        }

        private String ownRows() {
            return " FROM " + DerbyNames.quote(table()) + " --DERBY-PROPERTIES constraint=" + constraint()
                    + "\n WHERE SESSION_NUMBER = ?";
        }

        /** The table's number, the balance and the key of each row that one session has noted. */
        String selectOwn() {
            return "SELECT TABLE_NUMBER, SUM(BALANCE), " + keys(i -> "K" + i) + ownRows() + " GROUP BY TABLE_NUMBER, "
                    + keys(i -> "K" + i) + " WITH CS";
        }

        /** The same rows one by one, to be deleted; a DELETE may not be told which index to take. */
        String cursorOnOwn() {
            return "SELECT SESSION_NUMBER" + ownRows() + " FOR UPDATE WITH CS";
        }

        private String keys(IntFunction<String> each) {
            return IntStream.range(0, types.size()).mapToObj(each).collect(Collectors.joining(", "));
        }
    }

    List<Sort> sorts() {
        return List.copyOf(sorts.values());
    }

    List<TableName> tables() {
        return sorts.values().stream().map(Sort::table).toList();
    }

    /** What makes the tables, then the triggers. */
    List<String> create() {
        List<String> statements = new ArrayList<>();
        sorts.values().forEach(sort -> statements.add(sort.create()));
        for (int i = 0; i < tables.size(); i++) {
            triggers(statements, i);
        }
        return statements;
    }

    /** An UPDATE that names no column of the key leaves it as it is. */
    private void triggers(List<String> statements, int number) {
        Table table = tables.get(number);
        String keyColumns = table.keyColumns().stream()
                .map(column -> DerbyNames.quote(column.name()))
                .collect(Collectors.joining(", "));
        trigger(statements, number, "INSERT", " REFERENCING NEW AS N", note(number, 1, "N"));
        trigger(statements, number, "DELETE", " REFERENCING OLD AS O", note(number, -1, "O"));
        trigger(statements, number, "UPDATE", " REFERENCING NEW AS N", note(number, 0, "N"));
        trigger(
                statements,
                number,
                "UPDATE OF " + keyColumns,
                " REFERENCING OLD AS O NEW AS N",
                note(number, -1, "O") + ", " + note(number, 1, "N"));
    }

    private void trigger(List<String> statements, int number, String event, String referencing, String notes) {
        Table table = tables.get(number);
        statements.add("CREATE TRIGGER BATON.CAPTURE_" + number + "_" + statements.size() + " AFTER " + event + " ON "
                + DerbyNames.quote(table.name()) + referencing + " FOR EACH ROW WHEN (CURRENT SCHEMA <> '"
                + DerbyNames.BATON + "') INSERT INTO "
                + DerbyNames.quote(sorts.get(types(table)).table()) + " VALUES " + notes);
    }

    private String note(int number, int balance, String row) {
        return "(BATON.SESSION_NUMBER(), " + number + ", " + balance + ", "
                + tables.get(number).keyColumns().stream()
                        .map(column -> row + "." + DerbyNames.quote(column.name()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** The row of a key; of a large object whether there is one. */
    static String image(Table table) {
        return "SELECT "
                + table.columns().stream().map(Notes::selected).collect(Collectors.joining(", ")) + " FROM "
                + DerbyNames.quote(table.name()) + " WHERE "
                + table.keyColumns().stream()
                        .map(column -> DerbyNames.quote(column.name()) + " = " + DerbyValues.parameter(column))
                        .collect(Collectors.joining(" AND "))
                + " WITH CS";
    }

    private static String selected(Column column) {
        String quoted = DerbyNames.quote(column.name());
        return column.kind().isLob()
                ? "CASE WHEN " + quoted + " IS NULL THEN 0 ELSE 1 END"
                : DerbyValues.selected(column, quoted);
    }
}
