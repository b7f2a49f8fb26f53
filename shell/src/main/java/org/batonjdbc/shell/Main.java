package org.batonjdbc.shell;

import org.batonjdbc.shell.session.Console;

/** Starts the {@code baton} program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, Console.ofProcess()));
    }

    /** Runs the program in this JVM and returns its exit code; see {@link ExitCode}. */
    public static int run(String[] args, Console console) {
        try {
            return Program.run(args, console);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }
}
