package org.batonjdbc.shell;

import java.util.concurrent.Callable;
import org.batonjdbc.shell.session.Console;
import picocli.CommandLine.Command;

/** {@code baton demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Run a live upgrade on embedded stores.")
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.err().println("later");
        return ExitCode.DONE;
    }
}
