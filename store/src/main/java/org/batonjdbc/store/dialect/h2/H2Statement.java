package org.batonjdbc.store.dialect.h2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.batonjdbc.store.catalog.TableName;

/** A statement of a script that H2 itself has written, in which each identifier stands in quotes. Immutable. */
final class H2Statement {
    private static final Set<String> QUALIFIERS =
            Set.of("FORCE", "MEMORY", "CACHED", "GLOBAL", "LOCAL", "TEMPORARY", "OR", "REPLACE", "MATERIALIZED");

    private final String text;
    private final List<Token> tokens;

    H2Statement(String text) {
        this.text = text;
        this.tokens = tokens(text);
    }

    String text() {
        return text;
    }

    /** What it is made of, without blanks and comments. */
    List<Token> tokens() {
        return tokens;
    }

    /** Whether it begins with this word. */
    boolean does(String verb) {
        return !tokens.isEmpty() && tokens.get(0).isWord(verb);
    }

    /** Whether it creates an object of that kind, such as TABLE. */
    boolean creates(String kind) {
        if (!does("CREATE")) {
            return false;
        }
        for (Token token : tokens.subList(1, tokens.size())) {
            if (token.isWord(kind)) {
                return true;
            }
            if (!token.isWord() || !QUALIFIERS.contains(token.text())) {
                return false;
            }
        }
        return false;
    }

    /** Whether this word stands in it, outside of quotes. */
    boolean mentions(String word) {
        return tokens.stream().anyMatch(token -> token.isWord(word));
    }

    /** All names with a schema, in their order; the object that it is about comes first. */
    List<TableName> names() {
        List<TableName> names = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).kind() == Kind.NAME
                    && tokens.get(i + 1).isSymbol('.')
                    && tokens.get(i + 2).kind() == Kind.NAME) {
                names.add(new TableName(tokens.get(i).text(), tokens.get(i + 2).text()));
                i += 2;
            }
        }
        return names;
    }

    /** The quoted names inside the last parentheses: an index's or a constraint's columns. */
    List<String> lastList() {
        List<String> names = new ArrayList<>();
        for (Token token : tokens) {
            if (token.isSymbol('(')) {
                names.clear();
            } else if (token.kind() == Kind.NAME) {
                names.add(token.text());
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return text;
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (Character.isWhitespace(c)) {
                at = end;
                continue;
            }
            if (text.startsWith("--", at)) {
                at = orEnd(text, text.indexOf('\n', at));
                continue;
            }
            if (text.startsWith("/*", at)) {
                at = orEnd(text, text.indexOf("*/", at)) + 2;
                continue;
            }
            if (c == '"' || c == '\'') {
                end = endOfQuoted(text, at);
                String inside = text.substring(at + 1, end - 1).replace("" + c + c, "" + c);
                tokens.add(new Token(c == '"' ? Kind.NAME : Kind.STRING, inside, at, end));
            } else if (Character.isJavaIdentifierStart(c)) {
                while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                    end++;
                }
                tokens.add(new Token(Kind.WORD, text.substring(at, end), at, end));
            } else {
                tokens.add(new Token(Kind.SYMBOL, text.substring(at, end), at, end));
            }
            at = end;
        }
        return List.copyOf(tokens);
    }

    private static int orEnd(String text, int index) {
        return index < 0 ? text.length() : index;
    }

    private static int endOfQuoted(String text, int start) {
        char quote = text.charAt(start);
        int at = start + 1;
        while (at < text.length()) {
            if (text.charAt(at) == quote) {
                if (at + 1 >= text.length() || text.charAt(at + 1) != quote) {
                    return at + 1;
                }
                at++;
            }
            at++;
        }
        throw new IllegalArgumentException("the quote at " + start + " has no end: " + text);
    }

    /** What a token is. */
    enum Kind {
        /** A keyword, or a name of the engine's own. */
        WORD,
        /** An identifier that stood in quotes. */
        NAME,
        /** A string literal. */
        STRING,
        /** One character of anything else. */
        SYMBOL
    }

    /**
     * A piece of the text.
     *
     * @param text without its quotes
     */
    record Token(Kind kind, String text, int start, int end) {
        boolean isWord() {
            return kind == Kind.WORD;
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean isSymbol(char symbol) {
            return kind == Kind.SYMBOL && text.charAt(0) == symbol;
        }
    }
}
