package org.batonjdbc.shell.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.Token;
import org.batonjdbc.driver.sql.TokenKind;

/** The statement around the cursor: its tokens before the word there, the word itself, and all of its tokens. */
final class CurrentStatement {
    private final String text;

    /** Those of the statement that are not blank, before the word at the cursor. */
    private final List<Token> before = new ArrayList<>();

    /** Those of the whole statement that are not blank. */
    private final List<Token> all = new ArrayList<>();

    private boolean inQuotes;

    CurrentStatement(String text, int wordStart, int cursor, Syntax syntax) {
        this.text = text;
        for (Token token : Lexer.tokens(text, syntax)) {
            boolean open = token.kind() == TokenKind.STRING || token.kind() == TokenKind.COMMENT;
            boolean isLineComment =
                    token.kind() == TokenKind.COMMENT && !token.in(text).startsWith("/*");
            if (open
                    && token.start() < cursor
                    && (cursor < token.end() || (cursor == token.end() && (!token.complete() || isLineComment)))) {
                inQuotes = true;
            }
            if (token.in(text).equals(";")) {
                if (token.start() >= cursor) {
                    break;
                }
                before.clear();
                all.clear();
            } else if (!token.isBlank()) {
                all.add(token);
                if (token.end() <= wordStart) {
                    before.add(token);
                }
            }
        }
    }

    /** Whether the cursor is in a string or comment, where nobody knows what is wanted. */
    boolean isInQuotes() {
        return inQuotes;
    }

    /** How many tokens stand before the word. */
    int size() {
        return before.size();
    }

    /** A token before the word, in upper case, counted from the start; empty behind the last. */
    String word(int i) {
        return i >= 0 && i < before.size() ? before.get(i).in(text).toUpperCase(Locale.ROOT) : "";
    }

    /** The same, counted from the word: 1 is the one right before it. */
    String back(int i) {
        return word(before.size() - i);
    }

    /** The kind of the token right before the word; null if there is none. */
    TokenKind kindBefore() {
        return before.isEmpty() ? null : before.get(before.size() - 1).kind();
    }

    /** The last of some words before the cursor that no bracket encloses which has been closed since; empty if none. */
    String lastOf(Set<String> words) {
        int depth = 0;
        for (int i = before.size() - 1; i >= 0; i--) {
            String word = word(i);
            if (word.equals(")")) {
                depth++;
            } else if (word.equals("(") && depth > 0) {
                depth--;
            } else if (depth == 0 && words.contains(word)) {
                return word;
            }
        }
        return "";
    }

    /** Where the bracket that is open at the cursor stands among the tokens before it; -1 if none is. */
    int openBracket() {
        int depth = 0;
        for (int i = before.size() - 1; i >= 0; i--) {
            if (word(i).equals(")")) {
                depth++;
            } else if (word(i).equals("(") && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The tables that the whole statement names. */
    List<StatementTables.Named> tables(Catalog catalog) {
        return StatementTables.in(text, all, catalog);
    }
}
