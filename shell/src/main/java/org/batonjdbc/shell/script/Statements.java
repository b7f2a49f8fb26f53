package org.batonjdbc.shell.script;

import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.Split;
import org.batonjdbc.driver.sql.StatementSplitter;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.TokenKind;

/**
 * The statements in a piece of text. One ends at a semicolon that is its own, or at {@code \g} or {@code \G} anywhere
 * but in quotes and comments; so these end a routine's block, too, that the splitter would keep open.
 *
 * @param complete those that are ended, blank ones left out
 * @param rest what has begun behind the last of them, or null if only space and whole comments follow it
 */
public record Statements(List<Located> complete, Located rest) {
    /**
     * A statement without what ended it, from its first word on.
     *
     * @param offset of its first word in the text
     * @param vertical whether {@code \G} ended it
     */
    public record Located(String text, int offset, boolean vertical) {}

    /** Cuts a text that begins outside any string or comment. */
    public static Statements in(String text, Syntax syntax) {
        List<Located> complete = new ArrayList<>();
        int from = 0;
        if (text.indexOf('\\') >= 0) {
            for (int go : goes(text, syntax)) {
                cut(text.substring(from, go), from, text.charAt(go + 1) == 'G', syntax, complete);
                from = go + 2;
            }
        }
        String last = text.substring(from);
        Split split = StatementSplitter.split(last, syntax);
        addComplete(last, split, from, complete);
        return new Statements(complete, rest(last, split, from));
    }

    /** Where {@code \g} and {@code \G} stand. */
    private static List<Integer> goes(String text, Syntax syntax) {
        List<Integer> found = new ArrayList<>();
        Lexer lexer = new Lexer(text, syntax);
        int backslash = -1;
        for (TokenKind kind = lexer.next(); kind != null; kind = lexer.next()) {
            boolean isGo = kind == TokenKind.WORD
                    && backslash == lexer.start() - 1
                    && lexer.end() - lexer.start() == 1
                    && (text.charAt(lexer.start()) == 'g' || text.charAt(lexer.start()) == 'G');
            if (isGo) {
                found.add(backslash);
            }
            backslash = kind == TokenKind.OPERATOR && text.charAt(lexer.start()) == '\\' ? lexer.start() : -2;
        }
        return found;
    }

    /** A text that is ended: its last statement is, too. */
    private static void cut(String text, int from, boolean vertical, Syntax syntax, List<Located> complete) {
        Split split = StatementSplitter.split(text, syntax);
        addComplete(text, split, from, complete);
        if (!split.rest().isEmpty()) {
            complete.add(new Located(split.rest().in(text), from + split.rest().start(), vertical));
        }
    }

    private static void addComplete(String text, Split split, int from, List<Located> complete) {
        for (Split.Piece piece : split.statements()) {
            if (!piece.isEmpty()) {
                complete.add(new Located(piece.in(text), from + piece.start(), false));
            }
        }
    }

    private static Located rest(String text, Split split, int from) {
        if (!split.rest().isEmpty()) {
            // to the very end, for a string or comment in it may not be closed
            int start = split.rest().start();
            return new Located(text.substring(start).stripTrailing(), from + start, false);
        }
        if (split.ending() != Split.Ending.COMMENT) {
            return null;
        }
        int start = split.statements().isEmpty()
                ? 0
                : split.statements().get(split.statements().size() - 1).next();
        return new Located(text.substring(start).stripTrailing(), from + start, false);
    }
}
