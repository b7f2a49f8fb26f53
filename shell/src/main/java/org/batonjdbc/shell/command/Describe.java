package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.batonjdbc.shell.command.Relations.Relation;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/** The {@code \d} family: prints what the database holds, with nothing but JDBC's catalog methods. */
final class Describe {
    private final Session session;
    private final Relations relations;

    Describe(Session session) {
        this.session = session;
        relations = new Relations(session);
    }

    void tables(String name) throws SQLException, ShellException, IOException {
        if (name.isEmpty()) {
            list(false);
            return;
        }
        for (Relation relation : relations.named(name)) {
            describe(relation);
        }
    }

    void views(@SuppressWarnings("unused") String argument) throws SQLException, ShellException, IOException {
        list(true);
    }

    void schemas(@SuppressWarnings("unused") String argument) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("schema");
        try (ResultSet schemas = about().getSchemas()) {
            while (schemas.next()) {
                listing.add(schemas.getString("TABLE_SCHEM"));
            }
        }
        listing.print(session);
    }

    void catalogs(@SuppressWarnings("unused") String argument) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("database");
        try (ResultSet catalogs = about().getCatalogs()) {
            while (catalogs.next()) {
                listing.add(catalogs.getString("TABLE_CAT"));
            }
        }
        listing.print(session);
    }

    void indexes(@SuppressWarnings("unused") String argument) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("schema", "table", "index", "unique", "columns");
        for (Relation table : relations.all()) {
            for (Index index : indexesOf(table)) {
                listing.add(table.schema(), table.name(), index.name, index.unique ? "yes" : "no", index.columns());
            }
        }
        listing.print(session);
    }

    private void list(boolean viewsOnly) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("schema", "name", "type");
        for (Relation relation : relations.all()) {
            if (!viewsOnly || relation.isView()) {
                listing.add(relation.schema(), relation.name(), relation.type());
            }
        }
        listing.print(session);
    }

    private void describe(Relation relation) throws SQLException, ShellException, IOException {
        session.out().println(relation.type() + " " + relation.qualified());
        Listing listing = new Listing("column", "type", "nullable", "default");
        try (ResultSet columns = about().getColumns(catalog(), relation.schema(), escaped(relation.name()), "%")) {
            while (columns.next()) {
                listing.add(
                        columns.getString("COLUMN_NAME"),
                        type(columns),
                        columns.getString("IS_NULLABLE"),
                        columns.getString("COLUMN_DEF"));
            }
        }
        listing.print(session);
        for (Index index : indexesOf(relation)) {
            session.out()
                    .println((index.unique ? "unique index " : "index ") + index.name + " (" + index.columns() + ")");
        }
        if (!relation.isView()) {
            printKeys(relation);
        }
        session.out().flush();
    }

    private void printKeys(Relation table) throws SQLException, ShellException {
        Map<Integer, String> primary = new TreeMap<>();
        try (ResultSet keys = about().getPrimaryKeys(catalog(), table.schema(), table.name())) {
            while (keys.next()) {
                primary.put(keys.getInt("KEY_SEQ"), keys.getString("COLUMN_NAME"));
            }
        }
        if (!primary.isEmpty()) {
            session.out().println("primary key (" + String.join(", ", primary.values()) + ")");
        }
        try (ResultSet keys = about().getImportedKeys(catalog(), table.schema(), table.name())) {
            while (keys.next()) {
                session.out()
                        .println("foreign key (" + keys.getString("FKCOLUMN_NAME") + ") to "
                                + keys.getString("PKTABLE_NAME") + " (" + keys.getString("PKCOLUMN_NAME") + ")");
            }
        }
    }

    private static String type(ResultSet column) throws SQLException {
        String type = column.getString("TYPE_NAME");
        int size = column.getInt("COLUMN_SIZE");
        int scale = column.getInt("DECIMAL_DIGITS");
        return switch (column.getInt("DATA_TYPE")) {
            case Types.DECIMAL, Types.NUMERIC -> type + "(" + size + ", " + scale + ")";
            case Types.CHAR, Types.VARCHAR, Types.BINARY, Types.VARBINARY ->
                size == Integer.MAX_VALUE ? type : type + "(" + size + ")";
            default -> type;
        };
    }

    private List<Index> indexesOf(Relation relation) throws SQLException, ShellException {
        if (relation.isView()) {
            return List.of();
        }
        Map<String, Index> indexes = new LinkedHashMap<>();
        try (ResultSet rows = about().getIndexInfo(catalog(), relation.schema(), relation.name(), false, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                if (name != null) { // a row of statistics has none
                    boolean unique = !rows.getBoolean("NON_UNIQUE");
                    Index index = indexes.computeIfAbsent(name, key -> new Index(key, unique, new ArrayList<>()));
                    index.parts.add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        return List.copyOf(indexes.values());
    }

    /** A table's name as a pattern that matches it alone. */
    private String escaped(String name) throws SQLException, ShellException {
        String escape = about().getSearchStringEscape();
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private String catalog() throws SQLException, ShellException {
        return session.connection().getCatalog();
    }

    private DatabaseMetaData about() throws SQLException, ShellException {
        return session.connection().getMetaData();
    }

    private record Index(String name, boolean unique, List<String> parts) {
        String columns() {
            return String.join(", ", parts);
        }
    }
}
