package org.batonjdbc.store.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.TableDraft;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.UserTrigger;
import org.batonjdbc.store.catalog.UserTrigger.Effect;
import org.batonjdbc.store.catalog.ValueKind;

/** Reads users' tables and triggers from {@code pg_catalog}. */
final class PostgresCatalog {
    /** Ordinary tables; those of partitions, of inheritance and of foreign servers are named, but never get a key. */
    private static final String TABLES = "SELECT n.nspname, c.relname, c.relkind = 'r' AND NOT c.relispartition"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND " + PostgresNames.isUsers("n")
            + " AND " + PostgresNames.isNoExtensions("pg_class", "c.oid");

    private static final String COLUMNS = "SELECT n.nspname, c.relname, a.attname,"
            + " pg_catalog.format_type(a.atttypid, a.atttypmod), CASE WHEN t.typtype = 'b'"
            + " AND t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace THEN t.typname ELSE '' END,"
            + " a.atttypmod, NOT a.attnotnull, a.attgenerated <> '', a.attidentity"
            + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
            + " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND "
            + PostgresNames.isUsers("n") + " ORDER BY 1, 2, a.attnum";

    /** Types whose equal values have the same text, as far as the server can compare them. */
    private static final String KEY_TYPES = "('int2', 'int4', 'int8', 'numeric', 'bool', 'text', 'varchar', 'bpchar',"
            + " 'name', 'uuid', 'bytea', 'date', 'time', 'timestamp', 'timestamptz', 'inet', 'cidr', 'macaddr',"
            + " 'macaddr8', 'oid', 'bit', 'varbit')";

    /**
     * Each column of a unique index. An index that is no key, because it is on an expression or on some rows alone, checks
     * late, or holds equal values of different texts, has a column without a name.
     */
    static final String UNIQUES = "SELECT n.nspname, c.relname, x.relname, i.indisprimary,"
            + " CASE WHEN i.indimmediate AND i.indisvalid AND NOT i.indisexclusion AND i.indpred IS NULL"
            + " AND i.indexprs IS NULL AND NOT EXISTS (SELECT FROM pg_catalog.unnest(i.indkey) u(num)"
            + " JOIN pg_catalog.pg_attribute ka ON ka.attrelid = c.oid AND ka.attnum = u.num"
            + " JOIN pg_catalog.pg_type kt ON kt.oid = ka.atttypid"
            + " LEFT JOIN pg_catalog.pg_collation kc ON kc.oid = ka.attcollation"
            + " WHERE ((kt.typname NOT IN " + KEY_TYPES
            + " OR kt.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace) AND kt.typtype <> 'e') OR NOT kc.collisdeterministic)"
            + " THEN a.attname ELSE '' END, i.indexrelid"
            + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
            + " JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY k(num, place)"
            + " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num"
            + " WHERE (i.indisunique OR i.indisexclusion) AND k.place <= i.indnkeyatts AND c.relkind IN ('r', 'p') AND "
            + PostgresNames.isUsers("n") + " ORDER BY 1, 2, 3, k.place";

    private static final String TRIGGERS = "SELECT t.tgname, n.nspname, c.relname, pg_catalog.pg_get_triggerdef(t.oid)"
            + " FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_namespace f ON f.oid = p.pronamespace"
            + " WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p', 'f') AND f.nspname <> '" + PostgresNames.BATON
            + "' AND " + PostgresNames.isUsers("n") + " ORDER BY 2, 3, 1";

    private PostgresCatalog() {}

    static Catalog read(Connection connection) throws SQLException {
        try (SearchPath path = SearchPath.none(connection);
                Statement statement = path.createStatement()) {
            Map<TableName, TableDraft> drafts = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString(1), rows.getString(2));
                    drafts.put(name, new TableDraft(name, rows.getBoolean(3)));
                }
            }
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    TableDraft draft = drafts.get(new TableName(rows.getString(1), rows.getString(2)));
                    if (draft != null) {
                        draft.add(column(rows));
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(UNIQUES)) {
                while (rows.next()) {
                    TableDraft draft = drafts.get(new TableName(rows.getString(1), rows.getString(2)));
                    if (draft != null) {
                        draft.addUnique(rows.getString(3), rows.getBoolean(4), rows.getString(5));
                    }
                }
            }
            return new Catalog(drafts.values().stream().map(TableDraft::toTable).toList(), triggers(statement));
        }
    }

    private static List<UserTrigger> triggers(Statement statement) throws SQLException {
        List<UserTrigger> triggers = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(TRIGGERS)) {
            while (rows.next()) {
                triggers.add(new UserTrigger(
                        rows.getString(1),
                        new TableName(rows.getString(2), rows.getString(3)),
                        Effect.QUIET,
                        rows.getString(4)));
            }
        }
        return triggers;
    }

    private static Column column(ResultSet rows) throws SQLException {
        String base = rows.getString(5);
        int modifier = rows.getInt(6);
        return new Column(
                rows.getString(3),
                kind(base),
                null,
                rows.getString(4),
                length(base, modifier),
                0,
                rows.getBoolean(7),
                rows.getBoolean(8),
                identity(rows.getString(9)));
    }

    private static Identity identity(String code) {
        return switch (code) {
            case "a" -> Identity.ALWAYS;
            case "d" -> Identity.BY_DEFAULT;
            default -> Identity.NONE;
        };
    }

    private static long length(String base, int modifier) {
        boolean characters = base.equals("varchar") || base.equals("bpchar");
        return characters && modifier > Integer.BYTES ? modifier - Integer.BYTES : 0;
    }

    /** The carrier of a type; whatever has no better one travels as the server's own text. */
    private static ValueKind kind(String base) {
        return switch (base) {
            case "bool" -> ValueKind.BOOLEAN;
            case "int2", "int4", "int8" -> ValueKind.INTEGER;
            case "numeric" -> ValueKind.DECIMAL;
            case "float4" -> ValueKind.REAL;
            case "float8" -> ValueKind.DOUBLE;
            case "bytea" -> ValueKind.BINARY;
            case "uuid" -> ValueKind.UUID;
            default -> ValueKind.TEXT;
        };
    }
}
