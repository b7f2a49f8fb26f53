package org.batonjdbc.driver.sql;

/**
 * A piece of SQL text, from {@code start} (inclusive) to {@code end} (exclusive).
 *
 * @param complete false if the text ended before the quote or comment was closed
 */
public record Token(TokenKind kind, int start, int end, boolean complete) {
    /** The token's characters in the text that it was read from. */
    public String in(String text) {
        return text.substring(start, end);
    }

    /** Whether it stands for nothing: white space or a comment. */
    public boolean isBlank() {
        return kind == TokenKind.SPACE || kind == TokenKind.COMMENT;
    }
}
