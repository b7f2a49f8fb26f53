package org.batonjdbc.shell.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.driver.sql.Token;
import org.batonjdbc.driver.sql.TokenKind;

/** The tables that a statement names, with their aliases, also while it is incomplete. */
final class StatementTables {
    private static final Set<String> BEFORE_TABLES = Set.of("FROM", "JOIN", "INTO", "UPDATE", "USING", "TABLE");
    private static final Set<String> NO_ALIASES = Set.of("""
            WHERE SET ON USING JOIN LEFT RIGHT INNER OUTER FULL CROSS NATURAL GROUP ORDER HAVING LIMIT OFFSET FETCH UNION
            EXCEPT INTERSECT VALUES SELECT WHEN RETURNING FOR WINDOW DEFAULT KEY
            """.strip().split("\\s+"));

    private final String text;
    private final List<Token> tokens;
    private final List<Named> named = new ArrayList<>();

    /** One table, as the statement calls it: by its alias if it has one. */
    record Named(String alias, Catalog.Table table) {}

    private StatementTables(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** Finds them among the tokens of one statement, blank ones left out. */
    static List<Named> in(String text, List<Token> tokens, Catalog catalog) {
        StatementTables tables = new StatementTables(text, tokens);
        for (int i = 0; i < tokens.size(); i++) {
            if (BEFORE_TABLES.contains(tables.word(i))) {
                tables.readList(i + 1, catalog);
            }
        }
        return tables.named;
    }

    private void readList(int from, Catalog catalog) {
        int at = from;
        while (isName(at)) {
            int behind = at + 1;
            while (behind + 1 < tokens.size() && is(behind, ".") && isName(behind + 1)) {
                behind += 2;
            }
            String alias = name(behind - 1);
            Optional<Catalog.Table> table = find(catalog, behind - at > 1 ? name(behind - 3) : null, alias);
            if (word(behind).equals("AS") && isName(behind + 1)) {
                alias = name(behind + 1);
                behind += 2;
            } else if (isName(behind) && !NO_ALIASES.contains(word(behind))) {
                alias = name(behind);
                behind++;
            }
            String called = alias;
            table.ifPresent(found -> named.add(new Named(called, found)));
            if (!is(behind, ",")) {
                return;
            }
            at = behind + 1;
        }
    }

    /** A table by its name, in the letters of either case. */
    static Optional<Catalog.Table> find(Catalog catalog, String schema, String name) {
        return catalog.tables().stream()
                .filter(table -> table.name().equalsIgnoreCase(name)
                        && (schema == null || schema.equalsIgnoreCase(table.schema())))
                .findFirst();
    }

    private boolean isName(int i) {
        return i < tokens.size()
                && (tokens.get(i).kind() == TokenKind.QUOTED
                        || (tokens.get(i).kind() == TokenKind.WORD && !word(i).equals("SELECT")));
    }

    private boolean is(int i, String operator) {
        return i < tokens.size() && tokens.get(i).in(text).equals(operator);
    }

    private String word(int i) {
        return i < tokens.size() && tokens.get(i).kind() == TokenKind.WORD
                ? tokens.get(i).in(text).toUpperCase(Locale.ROOT)
                : "";
    }

    private String name(int i) {
        String written = tokens.get(i).in(text);
        return tokens.get(i).kind() == TokenKind.QUOTED && written.length() > 1
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written;
    }
}
