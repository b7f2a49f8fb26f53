package org.batonjdbc.shell.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.batonjdbc.driver.sql.TokenKind;

/** What could stand in a statement of SQL, by the word before and the clause that it is in. */
final class SqlSuggestions {
    private static final Set<String> TABLES_FOLLOW =
            Set.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "USING", "DESCRIBE");
    private static final Set<String> CLAUSES = Set.of("""
            SELECT FROM WHERE GROUP ORDER HAVING SET ON VALUES JOIN INTO UPDATE USING RETURNING TABLE LIMIT
            """.strip().split("\\s+"));

    /** Words behind which only a few others can stand. */
    private static final Map<String, List<String>> FOLLOWERS = Map.ofEntries(
            Map.entry("INSERT", List.of("INTO")),
            Map.entry("DELETE", List.of("FROM")),
            Map.entry("MERGE", List.of("INTO")),
            Map.entry("ORDER", List.of("BY")),
            Map.entry("GROUP", List.of("BY")),
            Map.entry("PARTITION", List.of("BY")),
            Map.entry("PRIMARY", List.of("KEY")),
            Map.entry("FOREIGN", List.of("KEY")),
            Map.entry("LEFT", List.of("JOIN", "OUTER")),
            Map.entry("RIGHT", List.of("JOIN", "OUTER")),
            Map.entry("FULL", List.of("JOIN", "OUTER")),
            Map.entry("OUTER", List.of("JOIN")),
            Map.entry("INNER", List.of("JOIN")),
            Map.entry("CROSS", List.of("JOIN")),
            Map.entry("NATURAL", List.of("JOIN", "LEFT", "RIGHT", "INNER")),
            Map.entry("IS", List.of("NULL", "NOT", "TRUE", "FALSE", "DISTINCT")),
            Map.entry("UNION", List.of("ALL", "SELECT")),
            Map.entry("EXCEPT", List.of("ALL", "SELECT")),
            Map.entry("INTERSECT", List.of("ALL", "SELECT")),
            Map.entry(
                    "CREATE",
                    List.of(
                            "TABLE",
                            "INDEX",
                            "UNIQUE",
                            "VIEW",
                            "SCHEMA",
                            "SEQUENCE",
                            "TEMPORARY",
                            "TRIGGER",
                            "FUNCTION",
                            "OR")),
            Map.entry(
                    "DROP",
                    List.of(
                            "TABLE",
                            "INDEX",
                            "VIEW",
                            "SCHEMA",
                            "SEQUENCE",
                            "TRIGGER",
                            "FUNCTION",
                            "COLUMN",
                            "CONSTRAINT")),
            Map.entry("ALTER", List.of("TABLE", "INDEX", "SEQUENCE", "SCHEMA", "VIEW", "COLUMN")),
            Map.entry("UNIQUE", List.of("INDEX", "KEY")),
            Map.entry("TRUNCATE", List.of("TABLE")),
            Map.entry("FETCH", List.of("FIRST", "NEXT")),
            Map.entry("FOR", List.of("UPDATE")));

    private static final List<String> BEGINNINGS = List.of("""
            SELECT INSERT UPDATE DELETE MERGE WITH VALUES UPGRADE CREATE ALTER DROP TRUNCATE CALL EXPLAIN COMMIT ROLLBACK SAVEPOINT
            BEGIN SET SHOW GRANT REVOKE ANALYZE COMMENT TABLE
            """.strip().split("\\s+"));

    private final Catalog catalog;
    private final CurrentStatement statement;

    SqlSuggestions(Catalog catalog, CurrentStatement statement) {
        this.catalog = catalog;
        this.statement = statement;
    }

    List<Suggestion> at(String typed) {
        if (typed.indexOf('.') >= 0) {
            return qualified(typed.substring(0, typed.lastIndexOf('.')));
        }
        String before = statement.back(1);
        boolean isWord = statement.kindBefore() == TokenKind.WORD;
        if (before.isEmpty()) {
            return words(BEGINNINGS);
        }
        if (isWord && TABLES_FOLLOW.contains(before)) {
            return tablesAndSchemas();
        }
        if (isWord && FOLLOWERS.containsKey(before)) {
            return words(FOLLOWERS.get(before));
        }
        String clause = statement.lastOf(CLAUSES);
        if (before.equals(",") && (clause.equals("FROM") || clause.equals("USING"))) {
            return tablesAndSchemas();
        }
        return inClause(clause);
    }

    private List<Suggestion> inClause(String clause) {
        List<Suggestion> suggestions = new ArrayList<>();
        boolean wantsName = statement.kindBefore() == TokenKind.OPERATOR || SqlWords.contains(statement.back(1));
        List<StatementTables.Named> tables = statement.tables(catalog);
        if (wantsName || clause.isEmpty()) {
            for (StatementTables.Named named : tables) {
                suggestions.addAll(columns(named.table(), ""));
            }
            if (tables.size() > 1) {
                tables.forEach(named -> suggestions.add(new Suggestion(
                        named.alias() + ".", "columns of " + named.table().name(), true)));
            }
        }
        suggestions.addAll(words(SqlWords.all()));
        if (tables.isEmpty()) {
            suggestions.addAll(tables(catalog));
        }
        return suggestions;
    }

    /** Behind a dot: columns of a table or alias, or tables of a schema. */
    private List<Suggestion> qualified(String qualifier) {
        String prefix = qualifier + ".";
        String name = plain(qualifier.substring(qualifier.lastIndexOf('.') + 1));
        for (StatementTables.Named named : statement.tables(catalog)) {
            if (named.alias().equalsIgnoreCase(name) && qualifier.indexOf('.') < 0) {
                return columns(named.table(), prefix);
            }
        }
        String schema = qualifier.indexOf('.') < 0 ? null : plain(qualifier.substring(0, qualifier.lastIndexOf('.')));
        List<Suggestion> suggestions = new ArrayList<>();
        if (schema == null) {
            catalog.tables().stream()
                    .filter(table -> name.equalsIgnoreCase(table.schema()))
                    .forEach(table -> suggestions.add(Suggestion.of(prefix + written(table.name()), table.type())));
        }
        if (suggestions.isEmpty()) {
            StatementTables.find(catalog, schema, name).ifPresent(table -> suggestions.addAll(columns(table, prefix)));
        }
        return suggestions;
    }

    private static String plain(String written) {
        return written.replace("\"", "");
    }

    private List<Suggestion> columns(Catalog.Table table, String prefix) {
        return catalog.columns(table).stream()
                .map(column -> Suggestion.of(prefix + written(column.name()), column.type() + " of " + table.name()))
                .toList();
    }

    private List<Suggestion> tablesAndSchemas() {
        List<Suggestion> suggestions = new ArrayList<>(tables(catalog));
        for (String schema : catalog.schemas()) {
            suggestions.add(new Suggestion(written(schema) + ".", "schema", true));
        }
        return suggestions;
    }

    /** All tables, by their names alone. */
    static List<Suggestion> tables(Catalog catalog) {
        return catalog.tables().stream()
                .map(table -> Suggestion.of(catalog.folding().written(table.name()), table.type()))
                .toList();
    }

    private String written(String name) {
        return catalog.folding().written(name);
    }

    private static List<Suggestion> words(Iterable<String> words) {
        List<Suggestion> suggestions = new ArrayList<>();
        words.forEach(word -> suggestions.add(Suggestion.of(word, "")));
        return suggestions;
    }
}
