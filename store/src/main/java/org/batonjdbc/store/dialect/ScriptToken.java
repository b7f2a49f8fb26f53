package org.batonjdbc.store.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a statement that an engine itself has written, between blanks and comments.
 *
 * @param kind what it is
 * @param text without its quotes
 * @param start where it begins in the statement, with its quotes
 * @param end where it ends, exclusive
 */
public record ScriptToken(Kind kind, String text, int start, int end) {
    /** What a token is. */
    public enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** An identifier that stood in quotes. */
        NAME,
        /** A string literal. */
        STRING,
        /** One character of anything else. */
        SYMBOL
    }

    /** Whether it is a keyword or a name without quotes. */
    public boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether it is that word, in upper or lower case. */
    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is a name, in quotes or not, or a keyword. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** Whether it is that character, outside of names and strings. */
    public boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    /** The tokens of a statement, in their order. */
    public static List<ScriptToken> of(String text) {
        List<ScriptToken> tokens = new ArrayList<>();
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
                tokens.add(new ScriptToken(c == '"' ? Kind.NAME : Kind.STRING, inside, at, end));
            } else if (Character.isJavaIdentifierStart(c)) {
                while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                    end++;
                }
                tokens.add(new ScriptToken(Kind.WORD, text.substring(at, end), at, end));
            } else {
                tokens.add(new ScriptToken(Kind.SYMBOL, text.substring(at, end), at, end));
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
}
