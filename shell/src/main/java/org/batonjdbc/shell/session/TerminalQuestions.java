package org.batonjdbc.shell.session;

import java.io.Console;
import java.util.Optional;

/** Asks at the terminal that the program was started from, before or without the interactive shell. */
public final class TerminalQuestions implements Screen.Questions {
    @Override
    @SuppressWarnings("SystemConsoleNull") // it is asked for only where bin/baton has found a terminal
    public Optional<String> ask(String text, boolean secret) {
        Console console = System.console();
        if (console == null) {
            return Optional.empty();
        }
        if (!secret) {
            return Optional.ofNullable(console.readLine("%s", text));
        }
        char[] typed = console.readPassword("%s", text);
        return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }
}
