package org.batonjdbc.store.dialect.mariadb;

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
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.dialect.UnsortedScript;

/** The schema of one database as the server's own SHOW CREATE says, made and dropped. */
final class MariadbSchema {
    private static final String OF = " WHERE %s_SCHEMA = DATABASE()";
    private static final String SEQUENCES =
            "SELECT TABLE_NAME FROM information_schema.TABLES" + OF.formatted("TABLE") + " AND TABLE_TYPE = 'SEQUENCE'";
    private static final String TABLES = "SELECT TABLE_NAME FROM information_schema.TABLES" + OF.formatted("TABLE")
            + " AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')";
    private static final String VIEWS = "SELECT TABLE_NAME FROM information_schema.VIEWS" + OF.formatted("TABLE");
    private static final String ROUTINES = "SELECT CONCAT(ROUTINE_TYPE, ' `', REPLACE(ROUTINE_NAME, '`', '``'), '`')"
            + " FROM information_schema.ROUTINES" + OF.formatted("ROUTINE")
            + " AND ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') ORDER BY ROUTINE_TYPE, ROUTINE_NAME";

    private static final String DATABASE =
            "SELECT CONCAT('ALTER DATABASE CHARACTER SET ', DEFAULT_CHARACTER_SET_NAME, ' COLLATE ',"
                    + " DEFAULT_COLLATION_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()";

    private final Statement statement;
    private final Set<TableName> excluded;
    private final List<String> tables = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();
    private final List<String> foreignKeys = new ArrayList<>();
    private final List<String> views = new ArrayList<>();
    private final List<String> triggers = new ArrayList<>();

    private MariadbSchema(Statement statement, Set<TableName> excluded) {
        this.statement = statement;
        this.excluded = excluded;
    }

    static SchemaScript export(Connection connection, Catalog catalog, Set<TableName> excluded) throws SQLException {
        try (Session session = Session.plain(connection);
                Statement statement = session.createStatement()) {
            MariadbSchema schema = new MariadbSchema(statement, excluded);
            schema.read(catalog);
            List<String> constraints = new ArrayList<>(schema.indexes);
            constraints.addAll(schema.foreignKeys);
            return new SchemaScript(schema.tables, constraints, schema.views, schema.triggers);
        }
    }

    private void read(Catalog catalog) throws SQLException {
        tables.addAll(names(DATABASE));
        for (String sequence : names(SEQUENCES)) {
            tables.add(shown("SEQUENCE " + MariadbNames.quote(sequence), 2));
        }
        for (Table table : catalog.tables()) {
            if (!excluded.contains(table.name())) {
                add(table);
            }
        }
        for (String routine : names(ROUTINES)) {
            views.add(withMode(routine, 2, 3));
        }
        for (String view : names(VIEWS)) {
            views.add(shown("VIEW " + MariadbNames.quote(view), 2));
        }
        for (var trigger : catalog.triggers()) {
            if (!excluded.contains(trigger.table())) {
                triggers.add(withMode("TRIGGER " + MariadbNames.quote(trigger.name()), 2, 3));
            }
        }
    }

    /** A table is made with its key, and with an index for the column that it numbers; all else follows the copy. */
    private void add(Table table) throws SQLException {
        String name = MariadbNames.quote(table.name().name());
        TableDefinition definition = TableDefinition.of(shown("TABLE " + name, 2));
        Set<String> keys = keyIndexes(table);
        String numbered = table.columns().stream()
                .filter(column -> column.identity() == Identity.BY_DEFAULT)
                .map(Column::name)
                .findFirst()
                .orElse(null);
        List<String> kept = new ArrayList<>();
        List<String> later = new ArrayList<>();
        List<String> references = new ArrayList<>();
        boolean indexed = numbered == null
                || (!table.key().isEmpty() && table.keyColumns().get(0).name().equals(numbered));
        for (String part : definition.parts()) {
            if (TableDefinition.isForeignKey(part)) {
                if (!refersToExcluded(part, table.name().schema())) {
                    references.add("ADD " + part);
                }
            } else if (TableDefinition.isIndex(part) && !keys.contains(TableDefinition.name(part))) {
                later.add("ADD " + part);
            } else {
                kept.add(part);
            }
        }
        if (!indexed) {
            // Not its own index, which may be unique: a row that is overwritten must be found by its key alone.
            kept.add("KEY `BATON_NUMBERED` (" + MariadbNames.quote(numbered) + ")");
            later.add("DROP KEY `BATON_NUMBERED`");
        }
        tables.add(definition.with(kept));
        if (!later.isEmpty()) {
            indexes.add("ALTER TABLE " + name + " " + String.join(", ", later));
        }
        if (!references.isEmpty()) {
            foreignKeys.add("ALTER TABLE " + name + " " + String.join(", ", references));
        }
    }

    /** The unique index that is the table's key, if that is not the primary one. */
    private Set<String> keyIndexes(Table table) throws SQLException {
        Map<String, List<String>> columns = new HashMap<>();
        Set<String> found = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(MariadbCatalog.UNIQUES)) {
            while (rows.next()) {
                if (rows.getString(2).equals(table.name().name())) {
                    columns.computeIfAbsent(rows.getString(3), index -> new ArrayList<>())
                            .add(rows.getString(5));
                }
            }
        }
        List<String> key = table.keyColumns().stream().map(Column::name).toList();
        if (!key.equals(columns.get("PRIMARY"))) {
            columns.forEach((index, names) -> {
                if (found.isEmpty() && names.equals(key)) {
                    found.add(index);
                }
            });
        }
        return found;
    }

    private boolean refersToExcluded(String foreignKey, String schema) {
        String parent = TableDefinition.name(foreignKey.substring(foreignKey.indexOf(") REFERENCES ")));
        return excluded.contains(new TableName(schema, parent));
    }

    private List<String> names(String query) throws SQLException {
        return MariadbKeyTriggers.texts(statement, query);
    }

    private String shown(String what, int column) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW CREATE " + what)) {
            row.next();
            return visible(row.getString(column), what);
        }
    }

    /** A routine or trigger means what it meant under the mode of the session that made it. */
    private String withMode(String what, int mode, int text) throws SQLException {
        String sqlMode;
        try (ResultSet row = statement.executeQuery("SHOW CREATE " + what)) {
            row.next();
            sqlMode = row.getString(mode);
        }
        // Quoted as that mode quotes.
        return "SET STATEMENT sql_mode = " + MariadbNames.literal(sqlMode) + " FOR " + shown(what, text);
    }

    private static String visible(String definition, String what) throws SQLException {
        if (definition == null) {
            throw SqlState.REFUSED.error("the definition of " + what
                    + " is not shown to this user; run the upgrade as one" + " who may see it");
        }
        return definition;
    }

    static void build(Connection connection, List<String> statements) throws SQLException {
        try (Session session = Session.plain(connection);
                Statement statement = session.createStatement()) {
            statement.execute("SET SESSION foreign_key_checks = 0");
            new UnsortedScript(statements).run(statement);
        }
    }

    /** Drops what users and Baton have in this database; the database itself stays. */
    static void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION foreign_key_checks = 0");
            for (Map.Entry<String, String> kind : Map.of(VIEWS, "VIEW ", TABLES, "TABLE ", SEQUENCES, "SEQUENCE ")
                    .entrySet()) {
                for (String name : MariadbKeyTriggers.texts(statement, kind.getKey())) {
                    statement.execute("DROP " + kind.getValue() + MariadbNames.quote(name));
                }
            }
            for (String routine : MariadbKeyTriggers.texts(statement, ROUTINES)) {
                statement.execute("DROP " + routine);
            }
        }
    }
}
