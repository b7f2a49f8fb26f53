package org.batonjdbc.store.dialect.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.dialect.RowSink;

/**
 * The objects that note changed rows of one table: a table of keys, the trigger function that fills it, the function
 * that empties it and returns each noted row, and the triggers. Their names carry the name of whom they serve, so that what
 * an earlier upgrade could not drop is in nobody's way.
 */
final class NotingSql {
    /** How the names of all triggers begin. */
    static final String PREFIX = "BATON_CAPTURE_";

    /** Set in a transaction that is admitted: whom it reports to. */
    static final String SESSION = "baton.session";
    /** Set in a transaction that has changed rows: the numbers of their tables, each between commas. */
    static final String NOTED = "baton.noted";
    /** What {@link #SESSION} is in a session of Baton's own, whose writes are not noted. */
    static final String WORKER = "worker";

    private static final int NAME = 16;
    private static final String BYPASSED = CaptureTriggers.BYPASSED + ", or came from a statement that was taken"
            + " for a read, and would be lost to the upgrade that is running; use the jdbc:baton: URL, or end the upgrade"
            + " with UPGRADE CANCEL";
    private static final String TRUNCATED =
            "TRUNCATE is refused while an upgrade replicates; use DELETE without WHERE instead";

    private final Table table;
    private final int number;
    private final RowSink sink;
    private final String suffix;

    NotingSql(Table table, int number, RowSink sink) {
        this.table = table;
        this.number = number;
        this.sink = sink;
        this.suffix = suffix(sink, number);
    }

    private static String suffix(RowSink sink, int number) {
        return sink.name().substring(0, NAME) + "_" + number;
    }

    /** A further condition: the object of this name serves somebody else. */
    static String otherThan(RowSink sink, String name) {
        return " AND pg_catalog.strpos(" + name + ", '" + sink.name().substring(0, NAME) + "') = 0";
    }

    /** The query that hands out the noted rows: balance, key, image. */
    static String select(RowSink sink, int number) {
        return "SELECT * FROM " + baton("ROWS_" + suffix(sink, number)) + "()";
    }

    private static String baton(String name) {
        return PostgresNames.quote(PostgresNames.BATON) + "." + PostgresNames.quote(name);
    }

    /** Everything that makes them, in this order. */
    List<String> create() {
        List<String> statements = new ArrayList<>();
        // A table made by a query takes over types and collations as they are.
        statements.add("CREATE TABLE " + notes() + " AS SELECT CAST(0 AS pg_catalog.int8) AS xid,"
                + " CAST(0 AS pg_catalog.int4) AS balance, "
                + keys(i -> quoted(keyColumn(i)) + " AS k" + i) + " FROM " + PostgresNames.quote(table.name())
                + " WITH NO DATA");
        statements.add("CREATE INDEX ON " + notes() + " (xid)");
        statements.add("CREATE FUNCTION " + noting() + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                + " SET search_path = pg_catalog, pg_temp AS " + dollars(body()));
        statements.add("CREATE FUNCTION " + baton("ROWS_" + suffix) + "() RETURNS TABLE(" + returned()
                + ") LANGUAGE plpgsql SECURITY DEFINER" + settings() + " AS "
                + dollars("#variable_conflict use_column\nBEGIN RETURN QUERY " + rows() + "; END"));
        trigger(statements, "INSERT", "AFTER INSERT", " REFERENCING NEW TABLE AS baton_new");
        trigger(statements, "UPDATE", "AFTER UPDATE", " REFERENCING OLD TABLE AS baton_old NEW TABLE AS baton_new");
        trigger(statements, "DELETE", "AFTER DELETE", " REFERENCING OLD TABLE AS baton_old");
        trigger(statements, "TRUNCATE", "BEFORE TRUNCATE", "");
        return statements;
    }

    /** What makes a trigger function do nothing, by its quoted name; takes no lock on its table. */
    static String silence(String function) {
        return "CREATE OR REPLACE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql AS "
                + dollars("BEGIN RETURN NULL; END");
    }

    /** Fires in a session with session_replication_role = replica, too: an application might set that. */
    private void trigger(List<String> statements, String kind, String when, String referencing) {
        String name = PostgresNames.quote(PREFIX + suffix + "_" + kind);
        String on = PostgresNames.quote(table.name());
        statements.add("CREATE TRIGGER " + name + " " + when + " ON " + on + referencing
                + " FOR EACH STATEMENT EXECUTE FUNCTION " + noting() + "()");
        statements.add("ALTER TABLE " + on + " ENABLE ALWAYS TRIGGER " + name);
    }

    private String body() {
        String session = "pg_catalog.current_setting('" + SESSION + "', true)";
        String noted = "COALESCE(pg_catalog.current_setting('" + NOTED + "', true), '')";
        String into = "INSERT INTO " + notes() + " SELECT pg_catalog.txid_current(), ";
        String columns = keys(i -> quoted(keyColumn(i)) + " AS k" + i);
        String keys = keys(i -> "k" + i);
        return "BEGIN\n"
                + "IF " + session + " IS DISTINCT FROM '" + sink.name() + "' THEN\n"
                + "  IF " + session + " = '" + WORKER + "' THEN RETURN NULL; END IF;\n"
                + "  RAISE EXCEPTION USING ERRCODE = '55000', MESSAGE = " + PostgresNames.literal(BYPASSED) + ";\n"
                + "END IF;\n"
                + "IF TG_OP = 'INSERT' THEN\n  " + into + "1, " + columns + " FROM baton_new;\n"
                + "ELSIF TG_OP = 'DELETE' THEN\n  " + into + "-1, " + columns + " FROM baton_old;\n"
                + "ELSIF TG_OP = 'UPDATE' THEN\n  " + into + "pg_catalog.sum(b), " + keys + " FROM (SELECT -1 AS b, "
                + columns + " FROM baton_old UNION ALL SELECT 1, " + columns + " FROM baton_new) changed GROUP BY "
                + keys
                + ";\n"
                + "ELSE\n  RAISE EXCEPTION USING ERRCODE = '55000', MESSAGE = " + PostgresNames.literal(TRUNCATED)
                + ";\n"
                + "END IF;\n"
                + "IF FOUND AND pg_catalog.strpos(" + noted + ", '," + number + ",') = 0 THEN\n"
                + "  PERFORM pg_catalog.set_config('" + NOTED + "', " + noted + " || '," + number + ",', true);\n"
                + "END IF;\nRETURN NULL;\nEND";
    }

    /** Finds rows by their keys, however many the engine thinks that there are. */
    private String rows() {
        return "WITH taken AS (DELETE FROM " + notes()
                + " n WHERE n.xid = pg_catalog.txid_current() RETURNING n.balance, "
                + keys(i -> "n.k" + i) + ") SELECT CAST(t.b AS pg_catalog.int4), "
                + keys(i -> PostgresValues.text(keyColumn(i), "t.k" + i)) + ", "
                + table.columns().stream()
                        .map(column -> PostgresValues.text(column, "r." + quoted(column)))
                        .collect(Collectors.joining(", "))
                + " FROM (SELECT pg_catalog.sum(balance) AS b, " + keys(i -> "k" + i) + " FROM taken GROUP BY "
                + keys(i -> "k" + i) + ") t LEFT JOIN " + PostgresNames.quote(table.name()) + " r ON "
                + IntStream.range(0, table.key().size())
                        .mapToObj(i -> "r." + quoted(keyColumn(i)) + " = t.k" + i)
                        .collect(Collectors.joining(" AND "));
    }

    private String returned() {
        return "baton_balance pg_catalog.int4, "
                + IntStream.range(0, table.key().size() + table.columns().size())
                        .mapToObj(i -> "baton_value" + i + " pg_catalog.text")
                        .collect(Collectors.joining(", "));
    }

    private static String settings() {
        Map<String, String> settings = new TreeMap<>(PostgresValues.SETTINGS);
        settings.put("row_security", "off");
        settings.put("enable_hashjoin", "off");
        settings.put("enable_mergejoin", "off");
        return " SET search_path = pg_catalog, pg_temp"
                + settings.entrySet().stream()
                        .map(setting -> " SET " + setting.getKey() + " = '" + setting.getValue() + "'")
                        .collect(Collectors.joining());
    }

    private static String dollars(String body) {
        return "$baton$" + body + "$baton$";
    }

    private Column keyColumn(int position) {
        return table.keyColumns().get(position);
    }

    private static String quoted(Column column) {
        return PostgresNames.quote(column.name());
    }

    private String keys(IntFunction<String> each) {
        return IntStream.range(0, table.key().size()).mapToObj(each).collect(Collectors.joining(", "));
    }

    private String notes() {
        return baton("NOTES_" + suffix);
    }

    private String noting() {
        return baton("NOTE_" + suffix);
    }
}
