package org.batonjdbc.shell.script;

/**
 * One thing to run.
 *
 * @param text the statement without what ended it, or the command with its backslash
 * @param source what to call the script in messages; empty for what is typed
 * @param line where it begins in the script, from 1
 * @param vertical whether {@code \G} ended it, so that its rows are wanted a line for each value
 */
public record Fragment(String text, String source, int line, boolean vertical) {
    /** Whether it is for the shell and not for the database. */
    public boolean isCommand() {
        return text.startsWith("\\");
    }

    /** Where it is, as editors understand it. */
    public String place() {
        return source.isEmpty() ? "" : source + ":" + line + ": ";
    }
}
