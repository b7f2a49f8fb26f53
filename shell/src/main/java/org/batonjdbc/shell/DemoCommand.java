package org.batonjdbc.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.batonjdbc.shell.demo.Demo;
import org.batonjdbc.shell.demo.DemoPlan;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.ShellException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code baton demo}. */
@Command(
        name = "demo",
        description = {
            "",
            "Runs a live upgrade: fills an embedded store, lets writers work on it through a connection pool,",
            "upgrades it under them, and counts what was lost.",
            ""
        },
        footer = {"", "Exit codes: 0 nothing was lost and no writer saw an error; 1 bad arguments; 3 otherwise."})
final class DemoCommand implements Callable<Integer> {
    private static final int FEWEST_ROWS = 100;

    private final Console console;

    @Option(names = "--from", paramLabel = "ENGINE", defaultValue = "h2:1.4.200", description = "The old engine.")
    String from;

    @Option(names = "--to", paramLabel = "ENGINE", defaultValue = "h2:2.5.252", description = "The new engine.")
    String to;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "200000", description = "How many rows to begin with.")
    int rows;

    @Option(names = "--writers", paramLabel = "N", defaultValue = "4", description = "How many threads write.")
    int writers;

    @Option(
            names = "--calm",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long they write before the upgrade, and again after it.")
    int calm;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (!DemoPlan.knows(from) || !DemoPlan.knows(to)) {
            throw new ShellException("the demo runs on h2:<version> and hsqldb:<version>, such as h2:1.4.200");
        }
        if (rows < FEWEST_ROWS || writers < 1 || calm < 0) {
            throw new ShellException("the demo needs --rows of " + FEWEST_ROWS
                    + " or more, --writers of 1 or more, and --calm of 0 or more");
        }
        String home = System.getProperty("baton.home");
        String engines = home == null
                ? System.getProperty("baton.engines")
                : Path.of(home, "engines").toString();
        DemoPlan plan = new DemoPlan(from, to, "shop", engines, rows, writers, Duration.ofSeconds(calm));
        return new Demo(plan, console).run() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
