package org.batonjdbc.shell.completion;

/**
 * Something that could stand in the place of the word at the cursor.
 *
 * @param value the whole word
 * @param description a few words about it; empty if it speaks for itself
 * @param goesOn whether more of the same word follows, so that no blank is wanted behind it
 */
public record Suggestion(String value, String description, boolean goesOn) {
    static Suggestion of(String value, String description) {
        return new Suggestion(value, description, false);
    }
}
