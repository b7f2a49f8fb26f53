package org.batonjdbc.shell.script;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements in a piece of text.
 *
 * @param complete those that a semicolon ends, blank ones left out
 * @param rest what has begun behind the last semicolon, or null if only space and comments follow it
 */
public record Statements(List<Located> complete, Located rest) {
    /** A statement without its semicolon, from its first word on, and that word's offset in the text. */
    public record Located(String text, int offset) {}

    /** Cuts a text that begins outside any string or comment. */
    public static Statements in(String text) {
        List<Located> complete = new ArrayList<>();
        Located rest = null;
        for (PlaceholderSplitter.Piece piece : PlaceholderSplitter.split(text)) {
            if (!piece.blank()) {
                Located located =
                        new Located(text.substring(piece.start(), piece.end()).stripTrailing(), piece.start());
                if (piece.terminated()) {
                    complete.add(located);
                } else {
                    rest = located;
                }
            }
        }
        return new Statements(complete, rest);
    }
}
