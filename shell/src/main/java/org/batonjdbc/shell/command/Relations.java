package org.batonjdbc.shell.command;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/** The users' tables and views in the database that the session is connected to, as JDBC tells them for every engine. */
public final class Relations {
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

    public Relations(Session session) {
        this.session = session;
    }

    /** A table or a view; the schema is null where the engine has none. */
    public record Relation(String schema, String name, String type) {
        boolean isView() {
            return type.endsWith("view");
        }

        String qualified() {
            return schema == null ? name : schema + "." + name;
        }

        private boolean isUsers() {
            boolean system = schema != null && SYSTEM_SCHEMAS.contains(schema.toUpperCase(Locale.ROOT));
            return !system && !type.contains("system") && (type.contains("table") || isView());
        }

        private boolean isCalled(String wanted) {
            return name.equals(wanted) || qualified().equals(wanted);
        }

        private boolean isCalledInAnyCase(String wanted) {
            return name.equalsIgnoreCase(wanted) || qualified().equalsIgnoreCase(wanted);
        }
    }

    /** All of them, by schema and name. */
    public List<Relation> all() throws SQLException, ShellException {
        List<Relation> all = new ArrayList<>();
        DatabaseMetaData about = session.connection().getMetaData();
        try (ResultSet tables = about.getTables(session.connection().getCatalog(), null, "%", null)) {
            while (tables.next()) {
                Relation relation = new Relation(
                        tables.getString("TABLE_SCHEM"),
                        tables.getString("TABLE_NAME"),
                        tables.getString("TABLE_TYPE").toLowerCase(Locale.ROOT).replace("base table", "table"));
                if (relation.isUsers()) {
                    all.add(relation);
                }
            }
        }
        return all;
    }

    /**
     * Those of this name, with or without a schema: written exactly so if there are any, else in any case.
     *
     * @throws ShellException if there are none; the message names the nearest
     */
    List<Relation> named(String written) throws SQLException, ShellException {
        String name = written.replace("\"", "").replace("`", "");
        List<Relation> all = all();
        List<Relation> found =
                all.stream().filter(relation -> relation.isCalled(name)).toList();
        if (found.isEmpty()) {
            found = all.stream()
                    .filter(relation -> relation.isCalledInAnyCase(name))
                    .toList();
        }
        if (found.isEmpty()) {
            throw new ShellException("no table or view " + written + ";"
                    + Names.nearest(name, all.stream().map(Relation::name).toList())
                            .map(nearest -> " did you mean " + nearest + "?")
                            .orElse(" \\d lists them"));
        }
        return found;
    }
}
