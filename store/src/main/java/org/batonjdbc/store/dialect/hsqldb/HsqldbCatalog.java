package org.batonjdbc.store.dialect.hsqldb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.TableDraft;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.ValueKind;

/** Reads users' tables from the INFORMATION_SCHEMA. */
final class HsqldbCatalog {
    private static final String TABLES = "SELECT T.TABLE_SCHEMA, T.TABLE_NAME, S.HSQLDB_TYPE"
            + " FROM INFORMATION_SCHEMA.TABLES T JOIN INFORMATION_SCHEMA.SYSTEM_TABLES S"
            + " ON S.TABLE_SCHEM = T.TABLE_SCHEMA AND S.TABLE_NAME = T.TABLE_NAME WHERE T.TABLE_TYPE = 'BASE TABLE'";
    /** A column of a primary key is never null, but is not always described as such. */
    private static final String COLUMNS = "SELECT C.TABLE_SCHEMA, C.TABLE_NAME, C.COLUMN_NAME, C.DATA_TYPE,"
            + " C.DTD_IDENTIFIER, COALESCE(C.CHARACTER_MAXIMUM_LENGTH, C.NUMERIC_PRECISION, 0) AS LENGTH,"
            + " COALESCE(C.NUMERIC_SCALE, C.DATETIME_PRECISION, 0) AS SCALE,"
            + " C.IS_NULLABLE = 'YES' AND K.COLUMN_NAME IS NULL AS MAY_BE_NULL, C.IS_GENERATED, C.IS_IDENTITY,"
            + " C.IDENTITY_GENERATION FROM INFORMATION_SCHEMA.COLUMNS C"
            + " LEFT JOIN INFORMATION_SCHEMA.SYSTEM_PRIMARYKEYS K ON K.TABLE_SCHEM = C.TABLE_SCHEMA"
            + " AND K.TABLE_NAME = C.TABLE_NAME AND K.COLUMN_NAME = C.COLUMN_NAME"
            + " ORDER BY C.TABLE_SCHEMA, C.TABLE_NAME, C.ORDINAL_POSITION";

    private static final String UNIQUES = "SELECT I.TABLE_SCHEM, I.TABLE_NAME, I.INDEX_NAME, I.COLUMN_NAME,"
            + " P.CONSTRAINT_NAME IS NOT NULL AS IS_PRIMARY FROM INFORMATION_SCHEMA.SYSTEM_INDEXINFO I"
            + " LEFT JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS P ON P.TABLE_SCHEMA = I.TABLE_SCHEM"
            + " AND P.TABLE_NAME = I.TABLE_NAME AND P.CONSTRAINT_NAME = I.INDEX_NAME"
            + " AND P.CONSTRAINT_TYPE = 'PRIMARY KEY' WHERE NOT I.NON_UNIQUE"
            + " ORDER BY I.TABLE_SCHEM, I.TABLE_NAME, I.INDEX_NAME, I.ORDINAL_POSITION";
    private static final String ARRAY = "ARRAY";

    private HsqldbCatalog() {}

    static Catalog read(Connection connection) throws SQLException {
        Map<TableName, TableDraft> drafts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString(1), rows.getString(2));
                    if (HsqldbNames.isUsers(name.schema())) {
                        // The rows of a TEXT table are in a file of somebody else's.
                        drafts.put(name, new TableDraft(name, !"TEXT".equals(rows.getString(3))));
                    }
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
                        draft.addUnique(rows.getString(3), rows.getBoolean(5), rows.getString(4));
                    }
                }
            }
        }
        return new Catalog(
                drafts.values().stream().map(TableDraft::toTable).toList(), HsqldbUserTriggers.read(connection));
    }

    private static Column column(ResultSet rows) throws SQLException {
        String type = rows.getString("DATA_TYPE");
        String declared = rows.getString("DTD_IDENTIFIER");
        return new Column(
                rows.getString("COLUMN_NAME"),
                kind(type),
                type.equals(ARRAY)
                        ? kind(declared.replaceFirst("(\\(.*?\\))?( WITH TIME ZONE)? ARRAY.*$", "$2"))
                        : null,
                type.equals(ARRAY) || type.equals("INTERVAL") ? declared : type,
                rows.getLong("LENGTH"),
                rows.getInt("SCALE"),
                rows.getBoolean("MAY_BE_NULL"),
                "ALWAYS".equals(rows.getString("IS_GENERATED")),
                identity(rows));
    }

    private static Identity identity(ResultSet rows) throws SQLException {
        if (!"YES".equals(rows.getString("IS_IDENTITY"))) {
            return Identity.NONE;
        }
        return "ALWAYS".equals(rows.getString("IDENTITY_GENERATION")) ? Identity.ALWAYS : Identity.BY_DEFAULT;
    }

    /** The carrier of a type; bits and intervals travel as text, which HSQLDB reads as it wrote it. */
    private static ValueKind kind(String type) {
        return switch (type) {
            case "BOOLEAN" -> ValueKind.BOOLEAN;
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> ValueKind.INTEGER;
            case "DECIMAL", "NUMERIC" -> ValueKind.DECIMAL;
            case "REAL", "FLOAT", "DOUBLE", "DOUBLE PRECISION" -> ValueKind.DOUBLE;
            case "BINARY", "VARBINARY", "BINARY VARYING" -> ValueKind.BINARY;
            case "UUID" -> ValueKind.UUID;
            case "DATE" -> ValueKind.DATE;
            case "TIME" -> ValueKind.TIME;
            case "TIME WITH TIME ZONE" -> ValueKind.TIME_WITH_ZONE;
            case "TIMESTAMP" -> ValueKind.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE" -> ValueKind.TIMESTAMP_WITH_ZONE;
            case ARRAY -> ValueKind.ARRAY;
            case "OTHER" -> ValueKind.JAVA_OBJECT;
            case "CLOB", "CHARACTER LARGE OBJECT" -> ValueKind.CLOB;
            case "BLOB", "BINARY LARGE OBJECT" -> ValueKind.BLOB;
            default -> ValueKind.TEXT;
        };
    }
}
