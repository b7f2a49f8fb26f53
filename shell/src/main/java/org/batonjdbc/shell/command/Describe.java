package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/** What the database holds, as JDBC's catalog methods tell it; so it works with every engine. */
final class Describe {
    private static final Set<String> SYSTEM_SCHEMAS = Set.of(
            "INFORMATION_SCHEMA",
            "PG_CATALOG",
            "SYSTEM_LOBS",
            "SYS",
            "SYSIBM",
            "SYSCAT",
            "MYSQL",
            "PERFORMANCE_SCHEMA");

    private final Session session;

    Describe(Session session) {
        this.session = session;
    }

    void tables(String name) throws SQLException, ShellException, IOException {
        if (name.isEmpty()) {
            list(false);
        } else {
            for (Found table : find(name)) {
                describe(table);
            }
        }
    }

    void views(String argument) throws SQLException, ShellException, IOException {
        list(true);
    }

    void schemas(String argument) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("schema");
        try (ResultSet schemas = about().getSchemas()) {
            while (schemas.next()) {
                listing.add(schemas.getString("TABLE_SCHEM"));
            }
        }
        listing.print(session);
    }

    void catalogs(String argument) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("database");
        try (ResultSet catalogs = about().getCatalogs()) {
            while (catalogs.next()) {
                listing.add(catalogs.getString("TABLE_CAT"));
            }
        }
        listing.print(session);
    }

    void indexes(String argument) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("schema", "table", "index", "unique", "columns");
        for (Found table : all()) {
            if (!table.isView()) {
                for (Index index : indexes(table)) {
                    listing.add(table.schema, table.name, index.name, index.unique ? "yes" : "no", index.columns());
                }
            }
        }
        listing.print(session);
    }

    private void list(boolean viewsOnly) throws SQLException, ShellException, IOException {
        Listing listing = new Listing("schema", "name", "type");
        for (Found table : all()) {
            if (!viewsOnly || table.isView()) {
                listing.add(table.schema, table.name, table.type);
            }
        }
        listing.print(session);
    }

    private List<Found> all() throws SQLException, ShellException {
        List<Found> found = new ArrayList<>();
        try (ResultSet tables = about().getTables(session.connection().getCatalog(), null, "%", null)) {
            while (tables.next()) {
                Found table = new Found(
                        tables.getString("TABLE_SCHEM"),
                        tables.getString("TABLE_NAME"),
                        tables.getString("TABLE_TYPE").toLowerCase(Locale.ROOT).replace("base table", "table"));
                if (table.isUsers()) {
                    found.add(table);
                }
            }
        }
        return found;
    }

    /** The tables of this name in all schemas: as it is written if there is one, else in any case. */
    private List<Found> find(String written) throws SQLException, ShellException {
        String name = written.replace("\"", "").replace("`", "");
        List<Found> all = all();
        List<Found> exact = all.stream().filter(table -> table.isCalled(name)).toList();
        List<Found> found = exact.isEmpty()
                ? all.stream()
                        .filter(table -> table.lowerCased().isCalled(name.toLowerCase(Locale.ROOT)))
                        .toList()
                : exact;
        if (found.isEmpty()) {
            throw new ShellException("no table or view " + written + ";"
                    + Spelling.nearest(name, all.stream().map(Found::name).toList())
                            .map(nearest -> " did you mean " + nearest + "?")
                            .orElse(" \\d lists them"));
        }
        return found;
    }

    private void describe(Found table) throws SQLException, ShellException, IOException {
        session.out().println(table.type + " " + table.qualified());
        String catalog = session.connection().getCatalog();
        Listing listing = new Listing("column", "type", "nullable", "default");
        try (ResultSet columns = about().getColumns(catalog, table.schema, escaped(table.name), "%")) {
            while (columns.next()) {
                String defaultValue = columns.getString("COLUMN_DEF"); // some drivers want columns read in order
                listing.add(
                        columns.getString("COLUMN_NAME"),
                        type(columns),
                        columns.getString("IS_NULLABLE"),
                        defaultValue);
            }
        }
        listing.print(session);
        for (Index index : table.isView() ? List.<Index>of() : indexes(table)) {
            session.out()
                    .println((index.unique ? "unique index " : "index ") + index.name + " (" + index.columns() + ")");
        }
        if (!table.isView()) {
            printKeys(table, catalog);
        }
        session.out().flush();
    }

    private void printKeys(Found table, String catalog) throws SQLException, ShellException {
        Map<Integer, String> primary = new TreeMap<>();
        try (ResultSet keys = about().getPrimaryKeys(catalog, table.schema, table.name)) {
            while (keys.next()) {
                primary.put(keys.getInt("KEY_SEQ"), keys.getString("COLUMN_NAME"));
            }
        }
        if (!primary.isEmpty()) {
            session.out().println("primary key (" + String.join(", ", primary.values()) + ")");
        }
        try (ResultSet keys = about().getImportedKeys(catalog, table.schema, table.name)) {
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
            case java.sql.Types.DECIMAL, java.sql.Types.NUMERIC -> type + "(" + size + ", " + scale + ")";
            case java.sql.Types.CHAR, java.sql.Types.VARCHAR, java.sql.Types.BINARY, java.sql.Types.VARBINARY ->
                size == Integer.MAX_VALUE ? type : type + "(" + size + ")";
            default -> type;
        };
    }

    private List<Index> indexes(Found table) throws SQLException, ShellException {
        Map<String, Index> indexes = new LinkedHashMap<>();
        String catalog = session.connection().getCatalog();
        try (ResultSet rows = about().getIndexInfo(catalog, table.schema, table.name, false, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                if (name != null) { // a statistics row has none
                    boolean unique = !rows.getBoolean("NON_UNIQUE");
                    Index index = indexes.computeIfAbsent(name, key -> new Index(key, unique, new ArrayList<>()));
                    index.parts.add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        return List.copyOf(indexes.values());
    }

    private String escaped(String name) throws SQLException, ShellException {
        String escape = about().getSearchStringEscape();
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private DatabaseMetaData about() throws SQLException, ShellException {
        return session.connection().getMetaData();
    }

    private record Index(String name, boolean unique, List<String> parts) {
        String columns() {
            return String.join(", ", parts);
        }
    }

    private record Found(String schema, String name, String type) {
        boolean isView() {
            return type.endsWith("view");
        }

        boolean isUsers() {
            boolean system = schema != null && SYSTEM_SCHEMAS.contains(schema.toUpperCase(Locale.ROOT));
            return !system && !type.contains("system") && (type.contains("table") || isView());
        }

        boolean isCalled(String wanted) {
            return name.equals(wanted) || qualified().equals(wanted);
        }

        Found lowerCased() {
            return new Found(
                    schema == null ? null : schema.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), type);
        }

        String qualified() {
            return schema == null ? name : schema + "." + name;
        }
    }
}
