package org.batonjdbc.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.shell.command.Interpreter;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Screen;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Settings;
import org.batonjdbc.shell.session.ShellException;
import org.batonjdbc.shell.terminal.Prompt;

/** What the command line asked for, put together while it is read and then run: sources in their order, or the prompt. */
final class Run {
    private final Console console;
    private final Settings settings = new Settings();
    private final List<Source> sources = new ArrayList<>();
    private String url;
    private String user;
    private boolean askPassword;

    Run(Console console) {
        this.console = console;
    }

    Settings settings() {
        return settings;
    }

    void add(Source source) {
        sources.add(source);
    }

    void user(String name) {
        user = name;
    }

    void askPassword(boolean ask) {
        askPassword = ask;
    }

    /** Takes the URL; false if there was one already. */
    boolean connectTo(String newUrl) {
        if (url != null) {
            return false;
        }
        url = newUrl;
        return true;
    }

    /** Runs everything and returns the exit code. */
    int toEnd() throws ShellException, IOException {
        Login login = new Login(user, password());
        if (sources.isEmpty() && console.isInteractive()) {
            Prompt.run(console, settings, url, login);
            return ExitCode.DONE;
        }
        if (sources.isEmpty()) {
            sources.add(new Source.StandardInput());
        }
        refuseUnreadable();
        if (url == null) {
            throw new ShellException("no URL to connect to; try 'baton --help'");
        }
        try (Session session = new Session(console, settings, Screen.NONE)) {
            session.connect(url, login);
            return runSources(session, new Interpreter(session, login)) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private boolean runSources(Session session, Interpreter interpreter) throws ShellException, IOException {
        boolean well = true;
        for (Source source : sources) {
            try (BufferedReader lines = open(source)) {
                well &= interpreter.run(new ScriptReader(source.name(), lines, session::syntax));
            }
            if (interpreter.hasQuit() || (!well && settings.stopsOnError())) {
                break;
            }
        }
        return well;
    }

    private void refuseUnreadable() throws ShellException {
        for (Source source : sources) {
            if (source instanceof Source.File file && !Files.isReadable(Path.of(file.name()))) {
                throw new ShellException("cannot read " + file.name());
            }
        }
    }

    private BufferedReader open(Source source) throws IOException {
        if (source instanceof Source.Text text) {
            return new BufferedReader(new StringReader(text.sql()));
        }
        if (source instanceof Source.File file) {
            return Files.newBufferedReader(Path.of(file.name()), StandardCharsets.UTF_8);
        }
        return new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    }

    private String password() throws ShellException {
        if (!askPassword) {
            return System.getenv("BATON_PASSWORD");
        }
        if (!console.isInteractive()) {
            throw new ShellException("-W needs a terminal to ask at; BATON_PASSWORD works without one");
        }
        char[] typed = System.console().readPassword("Password: ");
        if (typed == null) {
            throw new ShellException("no password given");
        }
        return new String(typed);
    }
}
