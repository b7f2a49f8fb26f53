package org.batonjdbc.shell.script;

/**
 * One thing to run.
 *
 * @param text the statement without its semicolon, or the command with its backslash
 * @param source what to call the script in messages; empty for what is typed
 * @param line where it begins in the script, from 1
 */
public record Fragment(String text, String source, int line) {
    /** Whether it is for the shell and not for the database. */
    public boolean isCommand() {
        return text.startsWith("\\");
    }

    /** Where it is, as editors understand it. */
    public String place() {
        return source.isEmpty() ? "" : source + ":" + line + ": ";
    }
}
