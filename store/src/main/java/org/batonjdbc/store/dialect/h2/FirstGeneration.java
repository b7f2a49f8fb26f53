package org.batonjdbc.store.dialect.h2;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.dialect.h2.H2Statement.Token;

/**
 * Rewrites statements of H2 1.x where 2.x would read another meaning into the same words: a DECIMAL without digits had
 * as many as came and has none now, and a BINARY had any length up to its own and is filled up with zeros now.
 */
final class FirstGeneration {
    private static final String MARK = "/* H2 1.x */ ";
    private static final Set<String> DECIMALS = Set.of("DECIMAL", "NUMERIC", "NUMBER", "DEC");
    /** What 1.4.200 says of a DECIMAL whose scale has no limit. */
    private static final String UNLIMITED_SCALE = ",32767";

    private FirstGeneration() {}

    /** Notes in a statement of a 1.x store where it comes from, for whoever runs it. */
    static String marked(String sql) {
        return MARK + sql;
    }

    /** What a 2.x store must be told, which for statements that were not marked is what they say. */
    static String modern(String sql) {
        if (!sql.startsWith(MARK)) {
            return sql;
        }
        H2Statement statement = new H2Statement(sql.substring(MARK.length()));
        StringBuilder modern = new StringBuilder(statement.text());
        List<Token> tokens = statement.tokens();
        for (int i = tokens.size() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.isWord("BINARY")) {
                modern.replace(token.start(), token.end(), "VARBINARY");
            } else if (token.isWord() && DECIMALS.contains(token.text().toUpperCase(Locale.ROOT))) {
                int last = endOfDecimal(tokens, i);
                if (last >= 0) {
                    modern.replace(token.start(), tokens.get(last).end(), "DECFLOAT");
                }
            }
        }
        return modern.toString();
    }

    /** The last token of a type of unlimited scale that begins here; -1 if its scale is limited. */
    private static int endOfDecimal(List<Token> tokens, int start) {
        if (start + 1 >= tokens.size() || !tokens.get(start + 1).isSymbol('(')) {
            return start;
        }
        int end = start + 2;
        while (!tokens.get(end).isSymbol(')')) {
            end++;
        }
        String digits = tokens.subList(start + 2, end).stream().map(Token::text).collect(Collectors.joining());
        return digits.endsWith(UNLIMITED_SCALE) ? end : -1;
    }
}
