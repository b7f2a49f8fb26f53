package org.batonjdbc.store.dialect.hsqldb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.dialect.ScriptToken;

/**
 * Sorts HSQLDB's own script of a schema by when its statements may run on the upgraded store. The constraints that it
 * writes inside CREATE TABLE are taken out, so that rows can be copied in any order. With an excluded table goes whatever
 * names it.
 */
final class HsqldbSchema {
    private static final Set<String> CONSTRAINTS = Set.of("UNIQUE", "CHECK", "FOREIGN");

    private final Catalog catalog;
    private final Set<TableName> left;
    private final boolean forOther;
    private final Set<TableName> keyed = new HashSet<>();
    private final List<String> tables = new ArrayList<>();
    private final List<String> constraints = new ArrayList<>();
    private final List<String> views = new ArrayList<>();
    private final List<String> triggers = new ArrayList<>();

    private HsqldbSchema(Catalog catalog, Set<TableName> excluded, boolean forOther) {
        this.catalog = catalog;
        this.forOther = forOther;
        this.left = new HashSet<>(excluded);
    }

    /** With {@code forOther}, in words that other engines know too. */
    static SchemaScript export(Connection connection, Catalog catalog, Set<TableName> excluded, boolean forOther)
            throws SQLException {
        HsqldbSchema schema = new HsqldbSchema(catalog, excluded, forOther);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SCRIPT")) {
            while (rows.next()) {
                schema.sort(forOther ? standard(rows.getString(1)) : rows.getString(1));
            }
        }
        return new SchemaScript(schema.tables, schema.constraints, schema.views, schema.triggers);
    }

    private void sort(String text) {
        List<ScriptToken> tokens = ScriptToken.of(text);
        List<TableName> names = names(tokens);
        String verb = tokens.get(0).text();
        if (isEngines(text, tokens, names) || (forOther && isOurs(tokens))) {
            return;
        }
        if (verb.equals("CREATE") && mentions(tokens, 4, "TABLE") && !mentions(tokens, 4, "TEMPORARY")) {
            createTable(text, tokens, names.get(0));
        } else if (names.stream().anyMatch(left::contains)) {
            if (mentions(tokens, 3, "VIEW") || mentions(tokens, 3, "SYNONYM")) {
                left.add(names.get(0));
            }
        } else {
            list(verb, tokens, names).ifPresent(list -> list.add(text));
        }
    }

    /** Without how the engine stores a table, and without an owner that other engines do not have. */
    private static String standard(String text) {
        return text.replaceFirst("^CREATE (?:MEMORY|CACHED) TABLE ", "CREATE TABLE ")
                .replaceFirst("^(CREATE SCHEMA .*) AUTHORIZATION .*$", "$1");
    }

    /** Settings and users, which mean nothing to another engine. */
    private static boolean isOurs(List<ScriptToken> tokens) {
        return tokens.get(0).isWord("SET")
                || tokens.get(0).isWord("GRANT")
                || mentions(tokens, 2, "USER")
                || mentions(tokens, 2, "ROLE");
    }

    private Optional<List<String>> list(String verb, List<ScriptToken> tokens, List<TableName> names) {
        if (mentions(tokens, 2, "TRIGGER")) {
            return Optional.of(triggers);
        }
        if (verb.equals("CREATE") && mentions(tokens, 3, "INDEX")) {
            return Optional.of(isKey(names.get(names.size() - 1), lastList(tokens)) ? tables : constraints);
        }
        if (verb.equals("GRANT")
                || mentions(tokens, 3, "VIEW")
                || mentions(tokens, 3, "SYNONYM")
                || mentions(tokens, 3, "PROCEDURE")
                || (mentions(tokens, 3, "FUNCTION") && !tables.isEmpty() && isAfterTables())) {
            return Optional.of(views);
        }
        if (verb.equals("ALTER")) {
            // What a counter hands out next is set at the switchover.
            return tokens.stream().anyMatch(token -> token.isWord("RESTART"))
                    ? Optional.empty()
                    : Optional.of(constraints);
        }
        return Optional.of(tables);
    }

    private boolean isAfterTables() {
        return tables.stream().anyMatch(text -> text.startsWith("CREATE") && text.contains(" TABLE "));
    }

    /** What every store of this engine has, or what says how it runs and not what its rows mean. */
    private static boolean isEngines(String text, List<ScriptToken> tokens, List<TableName> names) {
        if (text.startsWith("SET ")) {
            return !(text.startsWith("SET DATABASE SQL ")
                    || text.startsWith("SET DATABASE COLLATION ")
                    || text.startsWith("SET DATABASE TRANSACTION CONTROL ")
                    || text.startsWith("SET DATABASE DEFAULT ISOLATION ")
                    || text.startsWith("SET DATABASE DEFAULT INITIAL SCHEMA "));
        }
        boolean schema = mentions(tokens, 2, "SCHEMA")
                && (tokens.get(2).text().equals("PUBLIC")
                        || tokens.get(2).text().equals(HsqldbNames.BATON));
        return schema
                || text.startsWith("ALTER USER ")
                || text.contains(" INFORMATION_SCHEMA.")
                || text.contains(HsqldbRowTriggers.class.getPackageName())
                || (!names.isEmpty() && !HsqldbNames.isUsers(names.get(0).schema()));
    }

    private void createTable(String text, List<ScriptToken> tokens, TableName table) {
        if (left.contains(table)) {
            return;
        }
        int open = 0;
        while (!tokens.get(open).isSymbol('(')) {
            open++;
        }
        StringBuilder kept =
                new StringBuilder(text.substring(0, tokens.get(open).end()));
        boolean first = true;
        int at = open + 1;
        while (at < tokens.size() && !tokens.get(at).isSymbol(')')) {
            int end = endOfItem(tokens, at);
            String item =
                    text.substring(tokens.get(at).start(), tokens.get(end - 1).end());
            if (forOther) {
                item = unqualified(item, tokens.subList(at, end), table);
            }
            if (names(tokens.subList(at, end)).stream().anyMatch(left::contains)) {
                at = tokens.get(end).isSymbol(',') ? end + 1 : end;
                continue; // a foreign key to a table that is left out
            }
            if (isMoved(tokens.subList(at, end), table)) {
                constraints.add("ALTER TABLE " + HsqldbNames.quote(table) + " ADD " + item);
            } else {
                kept.append(first ? "" : ",").append(item);
                first = false;
            }
            at = tokens.get(end).isSymbol(',') ? end + 1 : end;
        }
        tables.add(kept + text.substring(tokens.get(at).start()));
    }

    /** With columns of the table named without it, as other engines want them inside CREATE TABLE. */
    private static String unqualified(String item, List<ScriptToken> tokens, TableName table) {
        StringBuilder text = new StringBuilder(item);
        int begin = tokens.get(0).start();
        for (int i = tokens.size() - 5; i >= 0; i--) {
            if (names(tokens.subList(i, i + 3)).equals(List.of(table))
                    && tokens.get(i + 3).isSymbol('.')) {
                text.delete(tokens.get(i).start() - begin, tokens.get(i + 4).start() - begin);
            }
        }
        return text.toString();
    }

    /** Where a column's or constraint's description ends: at the comma, or the bracket of the whole table. */
    private static int endOfItem(List<ScriptToken> tokens, int start) {
        int depth = 0;
        for (int i = start; ; i++) {
            ScriptToken token = tokens.get(i);
            if (depth == 0 && (token.isSymbol(',') || token.isSymbol(')'))) {
                return i;
            }
            depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
        }
    }

    private boolean isMoved(List<ScriptToken> item, TableName table) {
        int kind = item.get(0).isWord("CONSTRAINT") ? 2 : 0;
        if (!item.get(kind).isWord() || !CONSTRAINTS.contains(item.get(kind).text())) {
            return false;
        }
        // A column named UNIQUE would stand in quotes.
        return !(item.get(kind).isWord("UNIQUE") && isKey(table, lastList(item)));
    }

    /** Whether these are the columns of the unique index that serves as the key of a table without a primary key. */
    private boolean isKey(TableName table, List<String> columns) {
        return catalog.table(table)
                        .filter(Table::hasKey)
                        .map(found ->
                                found.keyColumns().stream().map(Column::name).toList())
                        .filter(columns::equals)
                        .isPresent()
                && keyed.add(table);
    }

    private static boolean mentions(List<ScriptToken> tokens, int within, String word) {
        return tokens.stream().limit(within).anyMatch(token -> token.isWord(word));
    }

    private static List<TableName> names(List<ScriptToken> tokens) {
        List<TableName> names = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).isName()
                    && tokens.get(i + 1).isSymbol('.')
                    && tokens.get(i + 2).isName()) {
                names.add(new TableName(tokens.get(i).text(), tokens.get(i + 2).text()));
                i += 2;
            }
        }
        return names;
    }

    private static List<String> lastList(List<ScriptToken> tokens) {
        List<String> names = new ArrayList<>();
        for (ScriptToken token : tokens) {
            if (token.isSymbol('(')) {
                names.clear();
            } else if (token.isName()) {
                names.add(token.text());
            }
        }
        return names;
    }

    /** Runs statements of such a script; users that are there already stay as they are. */
    static void build(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (!sql.startsWith("CREATE USER ") || !isThere(connection, sql)) {
                    try {
                        statement.execute(sql);
                    } catch (SQLException e) {
                        throw new SQLException(
                                e.getMessage() + ": " + withoutSecret(sql), e.getSQLState(), e.getErrorCode(), e);
                    }
                }
            }
        }
    }

    private static boolean isThere(Connection connection, String createUser) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT USER_NAME FROM INFORMATION_SCHEMA.SYSTEM_USERS")) {
            while (rows.next()) {
                if (rows.getString(1).equals(ScriptToken.of(createUser).get(2).text())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String withoutSecret(String sql) {
        return sql.startsWith("CREATE USER ") ? "CREATE USER" : sql;
    }
}
