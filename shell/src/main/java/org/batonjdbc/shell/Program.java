package org.batonjdbc.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: what may be written there, and into which {@link Run} it is put. */
@Command(
        name = "baton",
        sortOptions = false,
        usageHelpWidth = 100,
        customSynopsis = {
            "baton [OPTIONS] [-c SQL]... [-f FILE | -] [URL | PROFILE]",
            "baton attach [PID] [OPTIONS] [-c SQL]... [-f FILE | -]",
            "baton demo [OPTIONS]"
        },
        description = {
            "",
            "Runs statements or scripts, or without any of them an interactive shell.",
            "URL is any JDBC URL, such as 'jdbc:baton:failover:(h2:2.5.252@jdbc:h2:mem:orders)';",
            "PROFILE is a name in the file ~/.baton/profiles.",
            ""
        },
        footer = {
            "",
            "Password:",
            "  -W asks for it without showing it; else it is that of BATON_PASSWORD, else that of the profile.",
            "",
            "Files:",
            "  ~/.baton/profiles   named connections: [prod], and below it url = ..., user = ..., password = ...;",
            "                      with a password in it, only its owner may be able to read it (chmod 600)",
            "  ~/.baton/init.sql   run when the interactive shell starts",
            "  ~/.baton/history    what was typed, but for statements with passwords",
            "  ~/.baton/classes-*  loaded classes, for a faster start; may be deleted",
            "",
            "Environment:",
            "  BATON_PASSWORD, BATON_CONFIG (a directory instead of ~/.baton), BATON_CLASSPATH (drivers' jars),",
            "  BATON_JAVA_OPTS, JAVA_HOME, NO_COLOR, PAGER",
            "",
            "Exit codes:",
            "  0 done; 1 bad arguments or no connection; 3 a statement failed",
            "",
            "Examples:",
            "  baton prod",
            "  baton -c 'select count(*) from orders' --format=csv jdbc:h2:./orders",
            "  baton --dry-run -f upgrade.sql --set region=west prod",
            "  baton --checkpoint night.state --resume -f night.sql prod",
            "  baton attach 4711 -c 'upgrade status'"
        },
        versionProvider = Version.class)
final class Program implements Callable<Integer> {
    private final Run run;

    @Spec
    private CommandSpec spec;

    Program(Run run) {
        this.run = run;
    }

    /** Runs the program with these arguments and returns its exit code. */
    static int run(String[] arguments, Console console) {
        CommandLine line = new CommandLine(new Program(new Run(console)));
        line.addSubcommand(new DemoCommand(console));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, all) -> refuse(e, console));
        line.setExecutionExceptionHandler((e, commandLine, result) -> {
            if (e instanceof ShellException) {
                console.err().println("baton: " + e.getMessage());
                return ExitCode.NOT_STARTED;
            }
            if (e instanceof IOException) { // of a script, some of which may have run
                console.err().println("baton: " + e.getMessage());
                return ExitCode.FAILED;
            }
            throw e; // a defect: its stack trace is wanted
        });
        return AttachArguments.isAttach(arguments)
                ? AttachArguments.run(arguments, line, console)
                : line.execute(arguments);
    }

    private static int refuse(ParameterException e, Console console) {
        console.err().println("baton: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        console.err().println("Try 'baton --help'.");
        return ExitCode.NOT_STARTED;
    }

    @Override
    public Integer call() throws Exception {
        return run.toEnd();
    }

    @Option(
            names = {"-c", "--command"},
            order = 1,
            paramLabel = "SQL",
            parameterConsumer = TakeText.class,
            description = "Run these statements or this \\command. May be repeated, also with -f; all run in order.")
    void command(@SuppressWarnings("unused") String sql) {
        // taken by TakeText
    }

    @Option(
            names = {"-f", "--file"},
            order = 2,
            paramLabel = "FILE",
            parameterConsumer = TakeFile.class,
            description = "Run a script; - is the standard input.")
    void file(@SuppressWarnings("unused") String name) {
        // taken by TakeFile
    }

    @Option(
            names = {"-u", "--user"},
            order = 3,
            paramLabel = "NAME",
            description = "Connect as this user.")
    void user(String name) {
        run.user(name);
    }

    @Option(
            names = {"-W", "--password"},
            order = 4,
            description = "Ask for the password.")
    void password(boolean ask) {
        run.askPassword(ask);
    }

    @Option(
            names = "--format",
            order = 12,
            paramLabel = "FORMAT",
            description =
                    "table, vertical, auto, csv, tsv, json, jsonlines, markdown, html or insert; table if not given.")
    void format(String name) {
        set(Setting.FORMAT, name);
    }

    @Option(
            names = {"-x", "--expanded"},
            order = 13,
            description = "Print tables vertically, a line for each value.")
    void expanded(boolean on) {
        set(Setting.EXPANDED, on ? "on" : "off");
    }

    @Option(
            names = "--null",
            order = 14,
            paramLabel = "TEXT",
            description = "What a null is shown as; (null) if not given.")
    void nullText(String text) {
        set(Setting.NULL, text);
    }

    @Option(
            names = "--on-error",
            order = 5,
            paramLabel = "stop|continue",
            description = "What to do after a statement failed; the exit code is 3 either way.")
    void onError(String what) {
        set(Setting.ON_ERROR, what);
    }

    @Option(
            names = {"-t", "--timing"},
            order = 16,
            description = "Say how long each statement took.")
    void timing(boolean on) {
        set(Setting.TIMING, on ? "on" : "off");
    }

    @Option(names = "--echo", order = 7, description = "Repeat each statement on standard error before it runs.")
    void echo(boolean on) {
        set(Setting.ECHO, on ? "on" : "off");
    }

    @Option(
            names = "--set",
            order = 6,
            paramLabel = "NAME=VALUE",
            description =
                    "Give a variable its value, for :NAME, :'NAME' or :\"NAME\" in statements; or change a setting.")
    void assign(String[] assignments) {
        for (String assignment : assignments) {
            try {
                run.assign(assignment);
            } catch (ShellException e) {
                throw refused(e.getMessage());
            }
        }
    }

    @Option(
            names = {"-o", "--output"},
            order = 15,
            paramLabel = "FILE",
            description = "Write results into this file instead of standard output.")
    void output(String file) {
        run.output(file);
    }

    @Option(
            names = {"-1", "--single-transaction"},
            order = 8,
            description = "Run everything as one transaction: commit at the end, or roll back after a failure.")
    void singleTransaction(boolean on) {
        run.singleTransaction(on);
    }

    @Option(
            names = "--dry-run",
            order = 9,
            description =
                    "Run nothing: resolve includes and variables, compile each statement, report what would fail.")
    void dryRun(boolean on) {
        run.dryRun(on);
    }

    @Option(
            names = "--checkpoint",
            order = 10,
            paramLabel = "FILE",
            description = "Note in this file which statements are committed.")
    void checkpoint(String file) {
        run.checkpoint(file);
    }

    @Option(
            names = "--resume",
            order = 11,
            description = "Go on behind the last statement that the checkpoint file has as committed.")
    void resume(boolean on) {
        run.resume(on);
    }

    @Option(
            names = {"-X", "--no-init"},
            order = 17,
            description = "Do not run the start-up file of the interactive shell.")
    void noInit(boolean on) {
        run.startUp(!on);
    }

    @Option(
            names = {"-h", "--help"},
            order = 18,
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            order = 19,
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Parameters(paramLabel = "[-] [URL]", arity = "0..*", hidden = true)
    void operands(List<String> operands) {
        for (String operand : operands) {
            if (operand.equals("-")) {
                run.add(new Source.StandardInput());
            } else if (!run.connectTo(operand)) {
                throw refused("one URL or profile, please; '" + operand + "' is a second one");
            }
        }
    }

    private void set(Setting setting, String value) {
        try {
            run.set(setting, value);
        } catch (ShellException e) {
            throw refused(e.getMessage());
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Run run(ArgSpec option) {
        return ((Program) option.command().userObject()).run;
    }

    private static String value(Stack<String> arguments, ArgSpec option, CommandSpec command) {
        if (arguments.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "no " + option.paramLabel() + " after " + ((OptionSpec) option).shortestName());
        }
        return arguments.pop();
    }

    /** Keeps the order among {@code -c} and {@code -f}. */
    private static final class TakeText implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            run(option).add(new Source.Text(value(arguments, option, command)));
        }
    }

    /** Keeps the order among {@code -c} and {@code -f}. */
    private static final class TakeFile implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            String name = value(arguments, option, command);
            run(option).add(name.equals("-") ? new Source.StandardInput() : new Source.File(name));
        }
    }
}
