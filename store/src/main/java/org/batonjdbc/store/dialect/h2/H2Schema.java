package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.dialect.ScriptToken;

/**
 * Sorts H2's own script of a schema by when its statements may run on the upgraded store. Users come with the salted
 * hashes of their passwords, so that applications can log in there; they are in memory only.
 *
 * <p>With an excluded table goes whatever names it: its indexes and constraints, foreign keys of other tables that refer
 * to it, views on it and views on those, its triggers, grants and comments. A linked table has its rows elsewhere, so it
 * is created even if it is excluded.
 */
final class H2Schema {
    /** Settings that are part of what the rows mean: how texts compare, and which type VARCHAR is. */
    private static final Set<String> SETTINGS = Set.of("COLLATION", "IGNORECASE");

    private final Catalog catalog;
    private final Set<TableName> left;
    private final boolean firstGeneration;
    private final boolean inMemory;
    private final Set<TableName> keyed = new HashSet<>();
    private final List<String> tables = new ArrayList<>();
    private final List<String> constraints = new ArrayList<>();
    private final List<String> views = new ArrayList<>();
    private final List<String> triggers = new ArrayList<>();

    private H2Schema(Catalog catalog, Set<TableName> excluded, boolean firstGeneration, boolean inMemory) {
        this.catalog = catalog;
        this.left = new HashSet<>(excluded);
        this.firstGeneration = firstGeneration;
        this.inMemory = inMemory;
    }

    static SchemaScript export(Connection connection, Catalog catalog, Set<TableName> excluded) throws SQLException {
        H2Schema schema =
                new H2Schema(catalog, excluded, H2Names.isFirstGeneration(connection), H2Facts.isInMemory(connection));
        List<H2Statement> synonyms = synonyms(connection);
        synonyms.stream().filter(schema::isOnTable).forEach(schema::sort);
        H2Script.readAll(connection).forEach(schema::sort);
        synonyms.stream().filter(synonym -> !schema.isOnTable(synonym)).forEach(schema::sort);
        return new SchemaScript(schema.tables, schema.constraints, schema.views, schema.triggers);
    }

    /** Synonyms, which H2's script forgets. */
    private static List<H2Statement> synonyms(Connection connection) throws SQLException {
        List<H2Statement> synonyms = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SYNONYM_SCHEMA, SYNONYM_NAME, SYNONYM_FOR_SCHEMA,"
                        + " SYNONYM_FOR FROM INFORMATION_SCHEMA.SYNONYMS")) {
            while (rows.next()) {
                synonyms.add(new H2Statement(
                        "CREATE SYNONYM " + H2Names.quote(new TableName(rows.getString(1), rows.getString(2))) + " FOR "
                                + H2Names.quote(new TableName(rows.getString(3), rows.getString(4)))));
            }
        }
        return synonyms;
    }

    private boolean isOnTable(H2Statement synonym) {
        return catalog.table(synonym.names().get(1)).isPresent();
    }

    private void sort(H2Statement statement) {
        if (!isBatons(statement) && !isLeftOut(statement)) {
            List<String> list = list(statement);
            if (list != null) {
                list.add(text(statement));
            }
        }
    }

    private String text(H2Statement statement) {
        // In a store without files every table is a MEMORY table; in one with files that would be a choice.
        String text =
                inMemory ? statement.text().replaceFirst("^CREATE MEMORY TABLE", "CREATE TABLE") : statement.text();
        return firstGeneration ? FirstGeneration.marked(text) : text;
    }

    private static boolean isBatons(H2Statement statement) {
        if (statement.text().contains(H2RowTriggers.TRIGGER)) {
            return true;
        }
        for (int i = 0; i + 1 < statement.tokens().size(); i++) {
            if (statement.tokens().get(i).kind() == ScriptToken.Kind.NAME) {
                // The object that it is about, or the schema itself.
                return H2Names.BATON.equalsIgnoreCase(statement.tokens().get(i).text())
                        && (statement.tokens().get(i + 1).isSymbol('.') || statement.mentions("SCHEMA"));
            }
        }
        return false;
    }

    private boolean isLeftOut(H2Statement statement) {
        List<TableName> names = statement.names();
        if (names.isEmpty() || statement.creates("LINKED")) {
            return false;
        }
        boolean touched = statement.creates("TABLE")
                ? left.contains(names.get(0))
                : names.stream().anyMatch(left::contains);
        if (touched && (statement.creates("VIEW") || statement.creates("SYNONYM"))) {
            left.add(names.get(0));
        }
        return touched;
    }

    /** Where a statement belongs; null if nowhere. */
    private List<String> list(H2Statement statement) {
        if (statement.does("SET")) {
            return SETTINGS.contains(statement.tokens().get(1).text()) ? tables : null;
        }
        if (statement.creates("TRIGGER")) {
            return triggers;
        }
        if (statement.creates("VIEW")
                || statement.creates("LINKED")
                || statement.creates("SYNONYM")
                || statement.does("GRANT")
                || statement.does("COMMENT")) {
            return views;
        }
        if (statement.does("ALTER")) {
            boolean early = statement.mentions("PRIMARY") || (statement.mentions("UNIQUE") && isKey(statement));
            return early ? tables : constraints;
        }
        if (statement.does("CREATE") && statement.mentions("INDEX") && !statement.creates("TABLE")) {
            return statement.mentions("UNIQUE") && isKey(statement) ? tables : constraints;
        }
        return tables;
    }

    /** Whether it makes the unique index that serves as the key of a table without a primary key. */
    private boolean isKey(H2Statement statement) {
        List<TableName> names = statement.names();
        TableName table = statement.does("ALTER") ? names.get(0) : names.get(1);
        boolean key = catalog.table(table)
                .filter(Table::hasKey)
                .filter(found ->
                        found.keyColumns().stream().map(Column::name).toList().equals(statement.lastList()))
                .isPresent();
        return key && keyed.add(table);
    }
}
