package org.batonjdbc.shell;

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
        customSynopsis = {"baton [OPTIONS] [-c SQL]... [-f FILE | -] [URL]", "baton demo [OPTIONS]"},
        description = {
            "",
            "Runs statements or scripts, or without any of them an interactive shell.",
            "URL is any JDBC URL, such as 'jdbc:baton:failover:(h2:2.5.252@jdbc:h2:mem:orders)'.",
            ""
        },
        footer = {
            "",
            "The password is taken from BATON_PASSWORD, or asked for with -W.",
            "Exit codes: 0 done; 1 bad arguments or no connection; 3 a statement failed."
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
            throw e; // a defect: its stack trace is wanted
        });
        return line.execute(arguments);
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
            paramLabel = "SQL",
            parameterConsumer = TakeText.class,
            description = "Run these statements or this \\command. May be repeated, also with -f; all run in order.")
    void command(@SuppressWarnings("unused") String sql) {
        // taken by TakeText
    }

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            parameterConsumer = TakeFile.class,
            description = "Run a script; - is the standard input.")
    void file(@SuppressWarnings("unused") String name) {
        // taken by TakeFile
    }

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "Connect as this user.")
    void user(String name) {
        run.user(name);
    }

    @Option(
            names = {"-W", "--password"},
            description = "Ask for the password.")
    void password(boolean ask) {
        run.askPassword(ask);
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, vertical, csv, tsv, json, jsonlines or markdown; table if not given.")
    void format(String name) {
        set(Setting.FORMAT, name);
    }

    @Option(
            names = {"-x", "--expanded"},
            description = "Print tables vertically, a line for each value.")
    void expanded(boolean on) {
        set(Setting.EXPANDED, on ? "on" : "off");
    }

    @Option(names = "--null", paramLabel = "TEXT", description = "What a null is shown as; (null) if not given.")
    void nullText(String text) {
        set(Setting.NULL, text);
    }

    @Option(
            names = "--on-error",
            paramLabel = "stop|continue",
            description = "What to do after a statement failed; the exit code is 3 either way.")
    void onError(String what) {
        set(Setting.ON_ERROR, what);
    }

    @Option(
            names = {"-t", "--timing"},
            description = "Say how long each statement took.")
    void timing(boolean on) {
        set(Setting.TIMING, on ? "on" : "off");
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Parameters(paramLabel = "[-] [URL]", arity = "0..*", hidden = true)
    void operands(List<String> operands) {
        for (String operand : operands) {
            if (operand.equals("-")) {
                run.add(new Source.StandardInput());
            } else if (!run.connectTo(operand)) {
                throw refused("one URL, please; '" + operand + "' is a second one");
            }
        }
    }

    private void set(Setting setting, String value) {
        try {
            run.settings().set(setting, value);
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
