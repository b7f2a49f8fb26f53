package org.batonjdbc.driver.sql;

import java.util.List;

/**
 * A text cut into statements.
 *
 * @param statements those that a semicolon ends
 * @param rest what follows the last semicolon, from its first to its last character that is not blank; empty if nothing does
 * @param ending where the text stops
 */
public record Split(List<Piece> statements, Piece rest, Ending ending) {
    public Split {
        statements = List.copyOf(statements);
    }

    /**
     * A statement, from its first to its last character that is not blank.
     *
     * @param end behind its last character and before its semicolon
     * @param next behind its semicolon
     */
    public record Piece(int start, int end, int next) {
        /** The statement's characters in the text that was cut. */
        public String in(String text) {
            return text.substring(start, end);
        }

        /** Whether there is nothing in it. */
        public boolean isEmpty() {
            return start == end;
        }
    }

    /** Where a text stops. */
    public enum Ending {
        /** Behind a semicolon: all statements are whole. */
        NOTHING,
        /** In a statement, which may be whole but for its semicolon. */
        STATEMENT,
        /** In a block, in which semicolons end nothing: BEGIN without END. */
        BLOCK,
        /** In a string, a dollar-quoted one included. */
        STRING,
        /** In an identifier in quotes. */
        IDENTIFIER,
        /** In a comment. */
        COMMENT
    }
}
