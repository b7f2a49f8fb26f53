package org.batonjdbc.store.dialect.mariadb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;

/**
 * The triggers of one table, and the routine that hands out its noted rows. A row is noted with whether it was there before
 * the change; of all notes of a key the first one tells whether it was there before the transaction. What the row is now
 * is read at the end. So it does no harm to note a row that is not changed after all.
 *
 * <p>Keys are noted as bytes: a key whose case alone is changed goes and comes, although the engine compares both as equal.
 */
final class NotingSql {
    /** What a session's variable of that name says if it is Baton's own, whose writes are not noted. */
    static final String WORKER = "@baton_session = 'worker'";

    /** No longer than a message may be, 128 characters. */
    private static final String BYPASSED =
            "this write does not go through Baton, or was taken for a read; use the jdbc:baton: URL, or UPGRADE CANCEL";

    private final Notes notes;
    private final int number;
    private final Table table;
    private final Walk walk;

    NotingSql(Notes notes, int number, List<ForeignKey> keys) {
        this.notes = notes;
        this.number = number;
        this.table = notes.tables().get(number);
        this.walk = new Walk(notes, keys, table);
    }

    /** The routine; no trigger yet. */
    String createRows() {
        List<Column> key = table.keyColumns();
        String match = join(
                i -> "r." + quoted(key.get(i)) + " = " + MariadbValues.fromNote(key.get(i), "n.k" + i)
                        + (MariadbValues.blurs(key.get(i))
                                ? " AND " + MariadbValues.noted(key.get(i), "r." + quoted(key.get(i))) + " = n.k" + i
                                : ""),
                " AND ");
        String keys = join(i -> "k" + i, ", ");
        return "CREATE PROCEDURE " + notes.rows(number) + "() SQL SECURITY DEFINER BEGIN\n"
                + "DECLARE baton_zone VARCHAR(100) DEFAULT @@SESSION.time_zone;\n"
                + "DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN\n  SET SESSION time_zone = baton_zone;\n  RESIGNAL;\nEND;\n"
                + "SET SESSION time_zone = '+00:00';\n"
                // Not a snapshot's row: one that was noted, but not changed, may have been changed by others.
                + "SELECT n.e, "
                + join(i -> MariadbValues.value(key.get(i), MariadbValues.fromNote(key.get(i), "n.k" + i)), ", ") + ", "
                + table.columns().stream()
                        .map(column -> MariadbValues.value(column, "r." + quoted(column)))
                        .collect(Collectors.joining(", "))
                + " FROM (SELECT MIN(id * 4 + existed) MOD 4 AS e, " + keys + " FROM " + notes.noted() + " WHERE t = "
                + number + " GROUP BY " + keys + ") n LEFT JOIN " + MariadbNames.quote(table.name()) + " r ON " + match
                + " LOCK IN SHARE MODE;\n"
                + "DELETE FROM " + notes.noted() + " WHERE t = " + number + ";\n"
                + "SET SESSION time_zone = baton_zone;\nEND";
    }

    /** The triggers. */
    List<String> createTriggers() {
        List<String> triggers = new ArrayList<>();
        before(triggers, "DELETE", walk.beforeDelete());
        before(triggers, "UPDATE", walk.beforeUpdate());
        triggers.add(after("INSERT", note(Notes.ABSENT, "NEW")));
        triggers.add(after("DELETE", note(Notes.THERE, "OLD")));
        triggers.add(after("UPDATE", note(Notes.THERE, "OLD") + noteIfMoved() + walk.afterUpdate()));
        return triggers;
    }

    private void before(List<String> triggers, String event, String body) {
        if (!body.isEmpty()) {
            triggers.add(trigger("BEFORE", event) + "IF EXISTS (SELECT 1 FROM " + notes.admitted() + ") THEN\n" + body
                    + "END IF;\nEND");
        }
    }

    private String after(String event, String body) {
        return trigger("AFTER", event) + "IF NOT COALESCE(" + WORKER + ", FALSE) THEN\n"
                + "IF EXISTS (SELECT 1 FROM " + notes.admitted() + ") THEN\n" + body
                + "ELSEIF NOT EXISTS (SELECT 1 FROM " + notes.open() + ") THEN\n"
                + "  SIGNAL SQLSTATE '55000' SET MESSAGE_TEXT = " + MariadbNames.literal(BYPASSED) + ";\n"
                + "END IF;\nEND IF;\nEND";
    }

    private String trigger(String time, String event) {
        return "CREATE TRIGGER " + notes.trigger(number, time + "_" + event) + " " + time + " " + event + " ON "
                + MariadbNames.quote(table.name()) + " FOR EACH ROW BEGIN\n";
    }

    private String note(int existed, String row) {
        return "  INSERT INTO " + notes.noted() + "(t, existed, node, " + join(i -> "k" + i, ", ") + ") VALUES ("
                + number + ", " + existed + ", 0, " + join(i -> noted(i, row), ", ") + ");\n";
    }

    /** UPDATE IGNORE runs this also for a row that stays where it is because another one has the new key. */
    private String noteIfMoved() {
        return "  IF NOT (" + join(i -> noted(i, "OLD") + " <=> " + noted(i, "NEW"), " AND ") + ") THEN\n  "
                + note(Notes.MAYBE, "NEW") + "  END IF;\n";
    }

    private String noted(int position, String row) {
        Column column = table.keyColumns().get(position);
        return MariadbValues.noted(column, row + "." + quoted(column));
    }

    private static String quoted(Column column) {
        return MariadbNames.quote(column.name());
    }

    private String join(IntFunction<String> each, String separator) {
        return Notes.each(table.key().size(), each, separator);
    }
}
