package org.batonjdbc.tests.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.batonjdbc.shell.Main;
import org.batonjdbc.shell.session.Console;

/** The program, run in this JVM, so that stores in memory are those of the test. */
record Baton(int exitCode, String out, String err) {
    /** Runs it with this standard input, and no terminal. */
    static Baton run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "");
        int exitCode = Main.run(arguments, console);
        return new Baton(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
