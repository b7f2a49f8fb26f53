package org.batonjdbc.store.dialect.h2;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.dialect.ScriptToken;

/**
 * Rewrites the types in statements of H2 1.x that 2.x does not know, or, worse, takes for something else: a DECIMAL
 * without digits had as many as came and has none behind the point now; a CHAR without length was unlimited and holds
 * one character now; a BINARY had any length up to its own and is filled up with zeros now; a TEXT was a CLOB. The value in
 * a domain's check, which is quoted there, is a keyword here.
 */
final class FirstGeneration {
    private static final String MARK = "/* H2 1.x */ ";
    private static final Set<String> DECIMALS = Set.of("DECIMAL", "NUMERIC", "NUMBER", "DEC");
    private static final Set<String> CHARACTERS = Set.of("CHAR", "CHARACTER", "NCHAR");
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("YEAR", "SMALLINT"),
            Map.entry("DATETIME", "TIMESTAMP"),
            Map.entry("DATETIME2", "TIMESTAMP"),
            Map.entry("SMALLDATETIME", "TIMESTAMP(0)"),
            Map.entry("OID", "BLOB"),
            Map.entry("UNIQUEIDENTIFIER", "UUID"),
            Map.entry("TINYTEXT", "CLOB"),
            Map.entry("TEXT", "CLOB"),
            Map.entry("MEDIUMTEXT", "CLOB"),
            Map.entry("LONGTEXT", "CLOB"),
            Map.entry("NTEXT", "CLOB"));
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
        List<ScriptToken> tokens = statement.tokens();
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (statement.creates("DOMAIN") && isValue(tokens.get(i))) {
                modern.replace(tokens.get(i).start(), tokens.get(i).end(), "VALUE");
                continue;
            }
            String word = tokens.get(i).isWord() ? tokens.get(i).text().toUpperCase(Locale.ROOT) : "";
            int last = DECIMALS.contains(word) ? endOfDecimal(tokens, i) : i;
            String type = last < 0 ? null : type(tokens, i, word);
            if (type != null) {
                modern.replace(tokens.get(i).start(), tokens.get(last).end(), type);
            }
        }
        return modern.toString();
    }

    /** The value that a domain's check is about, which 1.4.200 quotes like a column. */
    private static boolean isValue(ScriptToken token) {
        return token.kind() == ScriptToken.Kind.NAME && token.text().equals("VALUE");
    }

    /** What the type that begins here is called in 2.x; null if this is no type, or one whose name has stayed. */
    private static String type(List<ScriptToken> tokens, int at, String word) {
        if (DECIMALS.contains(word)) {
            return "DECFLOAT";
        }
        boolean longer = isNext(tokens, at, "VARYING") || isNext(tokens, at, "LARGE");
        if (word.equals("BINARY")) {
            return longer ? null : "VARBINARY";
        }
        if (CHARACTERS.contains(word)) {
            return longer || isOpening(tokens, at + 1) ? null : "VARCHAR";
        }
        // The same words are functions and units, as in EXTRACT(YEAR FROM ...) and INTERVAL YEAR.
        boolean unit = word.equals("YEAR")
                && (isOpening(tokens, at + 1)
                        || isNext(tokens, at, "FROM")
                        || isNext(tokens, at, "TO")
                        || (at > 0
                                && (tokens.get(at - 1).isWord("INTERVAL")
                                        || tokens.get(at - 1).kind() == ScriptToken.Kind.STRING)));
        return unit ? null : OTHERS.get(word);
    }

    private static boolean isNext(List<ScriptToken> tokens, int at, String word) {
        return at + 1 < tokens.size() && tokens.get(at + 1).isWord(word);
    }

    private static boolean isOpening(List<ScriptToken> tokens, int at) {
        return at < tokens.size() && tokens.get(at).isSymbol('(');
    }

    /** The last token of a decimal type that 2.x cannot have with these digits; -1 if it can. */
    private static int endOfDecimal(List<ScriptToken> tokens, int start) {
        if (!isOpening(tokens, start + 1)) {
            return start;
        }
        int end = start + 2;
        while (!tokens.get(end).isSymbol(')')) {
            end++;
        }
        String digits =
                tokens.subList(start + 2, end).stream().map(ScriptToken::text).collect(Collectors.joining());
        return digits.endsWith(UNLIMITED_SCALE) || digits.contains(",-") ? end : -1;
    }
}
