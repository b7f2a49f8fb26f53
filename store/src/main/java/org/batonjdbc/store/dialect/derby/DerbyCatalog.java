package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.TableDraft;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.UserTrigger;
import org.batonjdbc.store.catalog.UserTrigger.Effect;
import org.batonjdbc.store.catalog.ValueKind;

/** Reads users' tables and triggers from the tables of {@code SYS}. */
final class DerbyCatalog {
    /** What numbers a column by itself has a default when it may also be given a value, and none when not. */
    static final String COLUMNS = "SELECT S.SCHEMANAME, T.TABLENAME, C.COLUMNNAME, C.COLUMNDATATYPE, C.COLUMNDEFAULT,"
            + " C.COLUMNDEFAULTID, C.AUTOINCREMENTSTART, C.AUTOINCREMENTINC, C.COLUMNNUMBER"
            + " FROM SYS.SYSCOLUMNS C JOIN SYS.SYSTABLES T ON T.TABLEID = C.REFERENCEID"
            + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID WHERE T.TABLETYPE = 'T'"
            + " ORDER BY S.SCHEMANAME, T.TABLENAME, C.COLUMNNUMBER";

    private static final String INDEXES = "SELECT S.SCHEMANAME, T.TABLENAME, G.CONGLOMERATENAME, G.DESCRIPTOR,"
            + " CASE WHEN P.CONSTRAINTID IS NULL THEN 0 ELSE 1 END"
            + " FROM SYS.SYSCONGLOMERATES G JOIN SYS.SYSTABLES T ON T.TABLEID = G.TABLEID"
            + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
            + " LEFT JOIN SYS.SYSKEYS K ON K.CONGLOMERATEID = G.CONGLOMERATEID"
            + " LEFT JOIN SYS.SYSCONSTRAINTS P ON P.CONSTRAINTID = K.CONSTRAINTID AND P.TYPE = 'P'"
            + " WHERE T.TABLETYPE = 'T' AND G.ISINDEX ORDER BY S.SCHEMANAME, T.TABLENAME, G.CONGLOMERATENAME";
    private static final String TRIGGERS = "SELECT R.TRIGGERNAME, RS.SCHEMANAME, S.SCHEMANAME, T.TABLENAME,"
            + " R.TRIGGERDEFINITION FROM SYS.SYSTRIGGERS R JOIN SYS.SYSSCHEMAS RS ON RS.SCHEMAID = R.SCHEMAID"
            + " JOIN SYS.SYSTABLES T ON T.TABLEID = R.TABLEID JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
            + " ORDER BY R.CREATIONTIMESTAMP";
    private static final Pattern TYPE =
            Pattern.compile("([A-Z][A-Z ]*?) ?(?:\\((\\d+)(?:,(\\d+))?\\))?( FOR BIT DATA)?");
    /** A unique index that may be late is none by which rows can be told apart at any moment. */
    private static final Pattern UNIQUE = Pattern.compile("UNIQUE (?:WITH DUPLICATE NULLS )?BTREE \\((.*)\\)");

    private DerbyCatalog() {}

    static Catalog read(Connection connection) throws SQLException {
        Map<TableName, TableDraft> drafts = new TreeMap<>();
        Map<TableName, List<String>> names = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString(1), rows.getString(2));
                    if (DerbyNames.isUsers(name.schema())) {
                        drafts.computeIfAbsent(name, table -> new TableDraft(table, true))
                                .add(column(rows));
                        names.computeIfAbsent(name, table -> new ArrayList<>()).add(rows.getString(3));
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(INDEXES)) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString(1), rows.getString(2));
                    Matcher unique = UNIQUE.matcher(rows.getString(4));
                    if (drafts.containsKey(name) && unique.matches()) {
                        for (IndexPart part : IndexPart.of(unique.group(1))) {
                            drafts.get(name)
                                    .addUnique(
                                            rows.getString(3),
                                            rows.getInt(5) == 1,
                                            names.get(name).get(part.number() - 1));
                        }
                    }
                }
            }
            return new Catalog(drafts.values().stream().map(TableDraft::toTable).toList(), triggers(statement));
        }
    }

    /** They live on the store that serves only, and what they write there is seen by those of Baton's. */
    private static List<UserTrigger> triggers(Statement statement) throws SQLException {
        List<UserTrigger> triggers = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(TRIGGERS)) {
            while (rows.next()) {
                if (DerbyNames.isUsers(rows.getString(2))) {
                    triggers.add(new UserTrigger(
                            new TableName(rows.getString(2), rows.getString(1)).toString(),
                            new TableName(rows.getString(3), rows.getString(4)),
                            Effect.QUIET,
                            rows.getString(5)));
                }
            }
        }
        return triggers;
    }

    /** The column of a row of {@link #COLUMNS}. */
    static Column column(ResultSet rows) throws SQLException {
        String declared = rows.getString(4);
        boolean nullable = !declared.endsWith(" NOT NULL");
        Matcher type =
                TYPE.matcher(nullable ? declared : declared.substring(0, declared.length() - " NOT NULL".length()));
        boolean known = type.matches();
        String base = known ? type.group(1) + (type.group(4) == null ? "" : type.group(4)) : declared;
        String fallback = rows.getString(5);
        return new Column(
                rows.getString(3),
                known ? kind(base) : ValueKind.JAVA_OBJECT,
                null,
                base,
                known && type.group(2) != null ? Long.parseLong(type.group(2)) : length(base),
                known && type.group(3) != null ? Integer.parseInt(type.group(3)) : base.equals("TIMESTAMP") ? 9 : 0,
                nullable,
                fallback != null && fallback.startsWith("GENERATED ALWAYS AS"),
                identity(rows));
    }

    private static Identity identity(ResultSet rows) throws SQLException {
        if (rows.getString(8) == null) {
            return Identity.NONE;
        }
        return rows.getString(6) == null ? Identity.ALWAYS : Identity.BY_DEFAULT;
    }

    private static long length(String base) {
        return base.startsWith("LONG VARCHAR") ? 32_700 : 0;
    }

    private static ValueKind kind(String base) {
        return switch (base) {
            case "BOOLEAN" -> ValueKind.BOOLEAN;
            case "SMALLINT", "INTEGER", "BIGINT" -> ValueKind.INTEGER;
            case "DECIMAL", "NUMERIC" -> ValueKind.DECIMAL;
            case "REAL" -> ValueKind.REAL;
            case "DOUBLE", "DOUBLE PRECISION", "FLOAT" -> ValueKind.DOUBLE;
            case "CHAR", "VARCHAR", "LONG VARCHAR" -> ValueKind.TEXT;
            case "CHAR FOR BIT DATA", "VARCHAR FOR BIT DATA", "LONG VARCHAR FOR BIT DATA" -> ValueKind.BINARY;
            case "DATE" -> ValueKind.DATE;
            case "TIME" -> ValueKind.TIME;
            case "TIMESTAMP" -> ValueKind.TIMESTAMP;
            case "CLOB", DerbyValues.XML -> ValueKind.CLOB;
            case "BLOB" -> ValueKind.BLOB;
            default -> ValueKind.JAVA_OBJECT;
        };
    }

    /** How a column of that type is declared. */
    static String declared(Column column) {
        String base = column.typeName();
        String bits = " FOR BIT DATA";
        return switch (base) {
            case "DECIMAL", "NUMERIC" -> base + "(" + column.length() + ", " + column.scale() + ")";
            case "CHAR", "VARCHAR", "CLOB", "BLOB" -> base + "(" + column.length() + ")";
            case "CHAR FOR BIT DATA", "VARCHAR FOR BIT DATA" -> base.replace(bits, "(" + column.length() + ")" + bits);
            default -> base;
        };
    }
}
