package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.TableDraft;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.ValueKind;

/** Reads tables from the INFORMATION_SCHEMA of H2 2.x. */
final class StandardCatalog {
    private static final String TABLES = "SELECT TABLE_SCHEMA, TABLE_NAME, STORAGE_TYPE FROM INFORMATION_SCHEMA.TABLES"
            + " WHERE TABLE_TYPE = 'BASE TABLE' AND STORAGE_TYPE NOT LIKE '%TEMPORARY%'";
    private static final String COLUMNS = "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, INTERVAL_TYPE,"
            + " COALESCE(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, 0) AS LENGTH,"
            + " COALESCE(NUMERIC_SCALE, DATETIME_PRECISION, 0) AS SCALE, IS_NULLABLE, IS_GENERATED, IS_IDENTITY,"
            + " IDENTITY_GENERATION, DTD_IDENTIFIER FROM INFORMATION_SCHEMA.COLUMNS"
            + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION";
    private static final String ELEMENTS = "SELECT OBJECT_SCHEMA, OBJECT_NAME, COLLECTION_TYPE_IDENTIFIER, DATA_TYPE,"
            + " DTD_IDENTIFIER FROM INFORMATION_SCHEMA.ELEMENT_TYPES WHERE OBJECT_TYPE = 'TABLE'";
    private static final String UNIQUES = "SELECT I.TABLE_SCHEMA, I.TABLE_NAME, I.INDEX_NAME,"
            + " I.INDEX_TYPE_NAME LIKE '%PRIMARY%' AS IS_PRIMARY, C.COLUMN_NAME FROM INFORMATION_SCHEMA.INDEXES I"
            + " JOIN INFORMATION_SCHEMA.INDEX_COLUMNS C ON C.INDEX_SCHEMA = I.INDEX_SCHEMA"
            + " AND C.INDEX_NAME = I.INDEX_NAME AND C.TABLE_SCHEMA = I.TABLE_SCHEMA AND C.TABLE_NAME = I.TABLE_NAME"
            + " WHERE C.IS_UNIQUE ORDER BY I.TABLE_SCHEMA, I.TABLE_NAME, I.INDEX_NAME, C.ORDINAL_POSITION";

    private StandardCatalog() {}

    static Map<TableName, TableDraft> read(Connection connection) throws SQLException {
        Map<TableName, TableDraft> drafts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString(1), rows.getString(2));
                    if (H2Names.isUsers(name.schema())) {
                        drafts.put(name, new TableDraft(name, isLocal(rows.getString(3))));
                    }
                }
            }
            Map<String, String[]> elements = elements(statement);
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString(1), rows.getString(2));
                    TableDraft draft = drafts.get(name);
                    if (draft != null) {
                        draft.add(column(rows, elements));
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
        }
        return drafts;
    }

    private static boolean isLocal(String storage) {
        return storage.equals("CACHED") || storage.equals("MEMORY");
    }

    /** The type of the elements of each collection, with the identifier by which that type is looked up in turn. */
    private static Map<String, String[]> elements(Statement statement) throws SQLException {
        Map<String, String[]> elements = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(ELEMENTS)) {
            while (rows.next()) {
                elements.put(
                        rows.getString(1) + "\0" + rows.getString(2) + "\0" + rows.getString(3),
                        new String[] {rows.getString(4), rows.getString(5)});
            }
        }
        return elements;
    }

    private static Column column(ResultSet rows, Map<String, String[]> elements) throws SQLException {
        String type = rows.getString("DATA_TYPE");
        String interval = rows.getString("INTERVAL_TYPE");
        String typeName = type.equals("INTERVAL") && interval != null ? type + " " + interval : type;
        ValueKind elementKind = null;
        if (type.equals("ARRAY")) {
            String table = rows.getString(1) + "\0" + rows.getString(2) + "\0";
            String[] element = elements.get(table + rows.getString("DTD_IDENTIFIER"));
            while (element != null && element[0].equals("ARRAY")) {
                element = elements.get(table + element[1]);
            }
            elementKind = element == null ? ValueKind.TEXT : H2Types.kind(element[0]);
            typeName = element == null ? type : element[0] + " " + type;
        }
        return new Column(
                rows.getString("COLUMN_NAME"),
                H2Types.kind(type),
                elementKind,
                typeName,
                rows.getLong("LENGTH"),
                rows.getInt("SCALE"),
                rows.getString("IS_NULLABLE").equals("YES"),
                rows.getString("IS_GENERATED").equals("ALWAYS"),
                identity(rows));
    }

    private static Identity identity(ResultSet rows) throws SQLException {
        if (!rows.getString("IS_IDENTITY").equals("YES")) {
            return Identity.NONE;
        }
        return "ALWAYS".equals(rows.getString("IDENTITY_GENERATION")) ? Identity.ALWAYS : Identity.BY_DEFAULT;
    }
}
