package org.batonjdbc.store.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.dialect.UnsortedScript;

/** Exports a schema as statements, and runs them on another server. */
final class PostgresSchema {
    private PostgresSchema() {}

    static SchemaScript export(Connection connection, Catalog catalog, Set<TableName> excluded) throws SQLException {
        try (SearchPath path = SearchPath.none(connection);
                Statement statement = path.createStatement()) {
            List<String> tables = new ArrayList<>();
            for (String query : List.of(
                    PostgresObjects.SCHEMAS,
                    PostgresObjects.EXTENSIONS,
                    PostgresObjects.TYPES,
                    PostgresObjects.SEQUENCES,
                    PostgresObjects.ROUTINES,
                    PostgresObjects.TABLES,
                    PostgresObjects.OWNED_SEQUENCES)) {
                tables.addAll(definitions(statement, query, excluded));
            }
            List<String> constraints = new ArrayList<>();
            sortIndexes(statement, catalog, excluded, tables, constraints);
            constraints.addAll(definitions(statement, PostgresObjects.CONSTRAINTS, excluded));
            constraints.addAll(definitions(statement, PostgresObjects.STATISTICS, excluded));
            List<String> views = new ArrayList<>();
            for (String query : List.of(
                    PostgresObjects.VIEWS,
                    PostgresObjects.LATE_ROUTINES,
                    PostgresObjects.VIEW_INDEXES,
                    PostgresObjects.COMMENTS,
                    PostgresObjects.OWNERS,
                    PostgresObjects.SCHEMA_GRANTS,
                    PostgresObjects.GRANTS,
                    PostgresObjects.ROUTINE_OWNERS,
                    PostgresObjects.ROUTINE_REVOKES,
                    PostgresObjects.ROUTINE_GRANTS)) {
                views.addAll(definitions(statement, query, excluded));
            }
            return new SchemaScript(
                    tables, constraints, views, definitions(statement, PostgresObjects.TRIGGERS, excluded));
        }
    }

    /** The statements that belong, and refer, to no table that is left out. */
    private static List<String> definitions(Statement statement, String query, Set<TableName> excluded)
            throws SQLException {
        List<String> definitions = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            boolean refers = rows.getMetaData().getColumnCount() > 3;
            while (rows.next()) {
                boolean out = excluded.contains(new TableName(rows.getString(1), rows.getString(2)))
                        || (refers && excluded.contains(new TableName(rows.getString(4), rows.getString(5))));
                if (!out) {
                    definitions.add(rows.getString(3));
                }
            }
        }
        return definitions;
    }

    /** A table is made with the index that is its key, so that rows can be overwritten; all others follow the copy. */
    private static void sortIndexes(
            Statement statement, Catalog catalog, Set<TableName> excluded, List<String> tables, List<String> others)
            throws SQLException {
        Map<Long, List<String>> columns = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(PostgresCatalog.UNIQUES)) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getLong(6), index -> new ArrayList<>())
                        .add(rows.getString(5));
            }
        }
        Set<TableName> keyed = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(PostgresObjects.INDEXES)) {
            while (rows.next()) {
                TableName name = new TableName(rows.getString(1), rows.getString(2));
                if (excluded.contains(name)) {
                    continue;
                }
                List<String> key = catalog.table(name).map(Table::keyColumns).orElse(List.of()).stream()
                        .map(Column::name)
                        .toList();
                boolean isKey = key.equals(columns.get(rows.getLong(4))) && keyed.add(name);
                (isKey ? tables : others).add(rows.getString(3));
            }
        }
    }

    /**
     * Runs statements that may need one another in an order that nobody has worked out: those that fail are tried again
     * behind the others, as long as any succeeds.
     */
    static void build(Connection connection, List<String> statements) throws SQLException {
        try (SearchPath path = SearchPath.none(connection);
                Statement statement = path.createStatement()) {
            statement.execute("SET check_function_bodies = off");
            try {
                new UnsortedScript(statements).run(statement);
            } finally {
                statement.execute("RESET check_function_bodies");
            }
        }
    }

    /** Drops what users and Baton have in this database; PUBLIC itself stays. */
    static void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String query : List.of(
                    "SELECT format('DROP SCHEMA %I CASCADE', n.nspname) FROM pg_namespace n WHERE n.nspname <> 'public' AND "
                            + PostgresNames.isUsers("n") + " AND "
                            + PostgresNames.isNoExtensions("pg_namespace", "n.oid"),
                    "SELECT format('DROP %s IF EXISTS %I.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN"
                            + " 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END,"
                            + " n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                            + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c') AND n.nspname = 'public' AND NOT EXISTS"
                            + " (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid"
                            + " AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) AND "
                            + PostgresNames.isNoExtensions("pg_class", "c.oid"),
                    "SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p"
                            + " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND "
                            + PostgresNames.isNoExtensions("pg_proc", "p.oid"),
                    "SELECT format('DROP TYPE IF EXISTS %I.%I CASCADE', n.nspname, t.typname) FROM pg_type t"
                            + " JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd', 'r')"
                            + " AND n.nspname = 'public' AND " + PostgresNames.isNoExtensions("pg_type", "t.oid"),
                    "SELECT 'DROP SCHEMA IF EXISTS \"" + PostgresNames.BATON + "\" CASCADE'")) {
                List<String> drops = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        drops.add(rows.getString(1));
                    }
                }
                for (String drop : drops) {
                    statement.execute(drop);
                }
            }
        }
    }
}
