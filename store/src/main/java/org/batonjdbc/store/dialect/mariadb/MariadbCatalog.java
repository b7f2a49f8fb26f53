package org.batonjdbc.store.dialect.mariadb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.TableDraft;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.UserTrigger;
import org.batonjdbc.store.catalog.UserTrigger.Effect;
import org.batonjdbc.store.catalog.ValueKind;

/** Reads the tables and triggers of the session's database from {@code information_schema}. */
final class MariadbCatalog {
    /** Tables of other engines than InnoDB are named, but never get a key: their rows know no transaction. */
    private static final String TABLES =
            "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE = 'BASE TABLE' AND ENGINE = 'InnoDB'"
                    + " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
                    + " AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')";

    private static final String COLUMNS = "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE,"
            + " CHARACTER_SET_NAME, COLLATION_NAME, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION,"
            + " COALESCE(NUMERIC_SCALE, DATETIME_PRECISION, 0), IS_NULLABLE = 'YES', IS_GENERATED = 'ALWAYS',"
            + " EXTRA LIKE '%auto_increment%' FROM information_schema.COLUMNS"
            + " WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION";

    /** An index on the beginning of a value, or of types of which equal values may differ, is no key. */
    static final String UNIQUES = "SELECT s.TABLE_SCHEMA, s.TABLE_NAME, s.INDEX_NAME, s.INDEX_NAME = 'PRIMARY',"
            + " IF(s.SUB_PART IS NULL AND c.DATA_TYPE NOT IN ('float', 'double'), s.COLUMN_NAME, '')"
            + " FROM information_schema.STATISTICS s JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = s.TABLE_SCHEMA"
            + " AND c.TABLE_NAME = s.TABLE_NAME AND c.COLUMN_NAME = s.COLUMN_NAME"
            + " WHERE s.TABLE_SCHEMA = DATABASE() AND s.NON_UNIQUE = 0"
            + " ORDER BY s.TABLE_NAME, s.INDEX_NAME, s.SEQ_IN_INDEX";

    private static final String TRIGGERS = "SELECT TRIGGER_NAME, EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE,"
            + " ACTION_STATEMENT FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE() AND "
            + MariadbNames.USERS_TRIGGER + " ORDER BY 2, 3, ACTION_TIMING DESC, EVENT_MANIPULATION, ACTION_ORDER";

    private static final Set<String> CHARACTERS =
            Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");

    private MariadbCatalog() {}

    static Catalog read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
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
        String type = rows.getString(4);
        String declared = rows.getString(5);
        boolean characters = CHARACTERS.contains(type);
        return new Column(
                rows.getString(3),
                kind(type, declared),
                null,
                characters
                        ? declared + " CHARACTER SET " + rows.getString(6) + " COLLATE " + rows.getString(7)
                        : declared,
                characters ? rows.getLong(8) : rows.getLong(9),
                rows.getInt(10),
                rows.getBoolean(11),
                rows.getBoolean(12),
                rows.getBoolean(13) ? Identity.BY_DEFAULT : Identity.NONE);
    }

    /** The carrier of a type; times are texts, because no Java type has zero dates, or times of more than a day. */
    private static ValueKind kind(String type, String declared) {
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "year" -> ValueKind.INTEGER;
            case "bigint" -> declared.contains("unsigned") ? ValueKind.DECIMAL : ValueKind.INTEGER;
            case "bit" -> declared.equals("bit(64)") ? ValueKind.DECIMAL : ValueKind.INTEGER;
            case "decimal" -> ValueKind.DECIMAL;
            case "float", "double" -> ValueKind.DOUBLE;
            case "binary",
                    "varbinary",
                    "tinyblob",
                    "blob",
                    "mediumblob",
                    "longblob",
                    "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection" -> ValueKind.BINARY;
            default -> ValueKind.TEXT;
        };
    }
}
