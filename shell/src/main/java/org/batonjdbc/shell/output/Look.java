package org.batonjdbc.shell.output;

/**
 * How the formats for people look: what a null is shown as, and the escape sequences around headings and nulls, which
 * are empty when the output is no terminal.
 */
public record Look(String nullText, String heading, String faint, String reset) {
    /** For files, pipes and tests. */
    public static final Look PLAIN = new Look("(null)", "", "", "");

    /** For terminals. */
    public static final Look TERMINAL = new Look("(null)", "\u001b[1m", "\u001b[2m", "\u001b[0m");

    /** The same look with another text for nulls. */
    public Look withNullText(String text) {
        return new Look(text, heading, faint, reset);
    }
}
