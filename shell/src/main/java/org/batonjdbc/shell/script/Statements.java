package org.batonjdbc.shell.script;

import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.sql.Split;
import org.batonjdbc.driver.sql.StatementSplitter;
import org.batonjdbc.driver.sql.Syntax;

/**
 * The statements in a piece of text.
 *
 * @param complete those that a semicolon ends, blank ones left out
 * @param rest what has begun behind the last semicolon, or null if only space and whole comments follow it
 */
public record Statements(List<Located> complete, Located rest) {
    /** A statement without its semicolon, from its first word on, and that word's offset in the text. */
    public record Located(String text, int offset) {}

    /** Cuts a text that begins outside any string or comment. */
    public static Statements in(String text, Syntax syntax) {
        Split split = StatementSplitter.split(text, syntax);
        List<Located> complete = new ArrayList<>();
        for (Split.Piece piece : split.statements()) {
            if (!piece.isEmpty()) {
                complete.add(new Located(piece.in(text), piece.start()));
            }
        }
        return new Statements(complete, rest(text, split));
    }

    private static Located rest(String text, Split split) {
        if (!split.rest().isEmpty()) {
            // to the very end, for a string or comment in it may not be closed
            return new Located(
                    text.substring(split.rest().start()).stripTrailing(),
                    split.rest().start());
        }
        if (split.ending() != Split.Ending.COMMENT) {
            return null;
        }
        int from = split.statements().isEmpty()
                ? 0
                : split.statements().get(split.statements().size() - 1).next();
        return new Located(text.substring(from).stripTrailing(), from);
    }
}
