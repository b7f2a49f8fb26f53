package org.batonjdbc.shell.terminal;

import java.io.BufferedReader;
import java.io.IOError;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.batonjdbc.shell.command.Interpreter;
import org.batonjdbc.shell.command.Running;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.Configuration;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.ErrorText;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Screen;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.Settings;
import org.batonjdbc.shell.session.ShellException;
import org.batonjdbc.shell.status.UpgradeStatus;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The interactive shell: reads until a statement is complete, runs it, and begins anew. */
public final class Prompt {
    private static final Size USUAL_SIZE = Size.of(80, 24);

    private final Console console;
    private final Settings settings;
    private final Variables variables;
    private final Configuration configuration;
    private final boolean startUp;
    private Session session;
    private Interpreter interpreter;
    private LineReader reader;
    private MetadataCatalog catalog;
    private StatusBar bar;

    /** The settings, variables and files are those of the command line; the start-up file is run if it says so. */
    public Prompt(
            Console console, Settings settings, Variables variables, Configuration configuration, boolean startUp) {
        this.console = console;
        this.settings = settings;
        this.variables = variables;
        this.configuration = configuration;
        this.startUp = startUp;
    }

    /**
     * Serves the person at the terminal until they leave.
     *
     * @param url what to connect to first; null to let them choose with {@code \c}
     * @param output a file for results; null for the screen
     * @throws ShellException if the first connection fails
     */
    public void run(String url, Login login, String output) throws ShellException, IOException {
        settings.set(Setting.EXPANDED, settings.isOn(Setting.EXPANDED) ? "on" : "auto");
        try (Terminal terminal = TerminalBuilder.builder()
                        .system(true)
                        .graphemeCluster(false)
                        .build();
                StatusBar opened = new StatusBar(terminal, () -> theme(terminal))) {
            bar = opened;
            giveSize(terminal);
            Console shared = SharedTerminal.console(console, terminal);
            Screen screen = new Screen(
                    theme(terminal).look(),
                    terminal::getColumns,
                    terminal::getRows,
                    this::ask,
                    plain -> pages(terminal, plain));
            try (Session begun = new Session(shared, settings, screen)) {
                session = begun;
                if (url != null) {
                    session.connect(url, login);
                }
                if (output != null) {
                    session.redirect(Path.of(output));
                }
                terminal.handle(Terminal.Signal.INT, signal -> {
                    shared.err().println(); // behind the ^C that the terminal shows
                    session.cancel();
                });
                terminal.handle(Terminal.Signal.WINCH, signal -> bar.resized());
                interpreter = new Interpreter(session, login, variables, new Running(session));
                catalog = new MetadataCatalog(session);
                reader = LineReaders.open(
                        terminal,
                        session,
                        configuration,
                        () -> theme(terminal),
                        new Completion(session, interpreter, catalog),
                        bar);
                bar.attach(reader);
                if (startUp) {
                    runStartUp();
                }
                loop();
            } finally {
                bar.close(); // before the session says what it has to say at its end
            }
        }
    }

    /** Serial lines and some containers tell no size, and then JLine would show nothing but dots. */
    private static void giveSize(Terminal terminal) {
        if (terminal.getColumns() < 1 || terminal.getRows() < 1) {
            terminal.setSize(USUAL_SIZE);
        }
    }

    private Theme theme(Terminal terminal) {
        return Theme.of(settings.get(Setting.THEME), terminal);
    }

    private Optional<Writer> pages(Terminal terminal, Writer plain) {
        return settings.isOn(Setting.PAGER) && !Theme.isDumb(terminal)
                ? Optional.of(new Pager(terminal, plain, bar))
                : Optional.empty();
    }

    /** Failures in the start-up file are reported, and the shell starts all the same. */
    private void runStartUp() throws IOException {
        Path file = configuration.startUp();
        if (Files.exists(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                interpreter.run(new ScriptReader(file.toString(), lines, session::syntax));
            }
        }
    }

    private void loop() throws IOException {
        while (!interpreter.hasQuit() || !mayLeave()) {
            bar.follow(session);
            String prompt = prompt();
            session.beginInput(); // not behind the reading: Ctrl-C right after Enter is meant for what was typed
            String input;
            try {
                input = reader.readLine(prompt);
                if (Thread.interrupted()) {
                    continue; // Ctrl-C while the reader was leaving; engines take an interrupt for the end of
                    // everything
                }
            } catch (UserInterruptException e) {
                continue; // Ctrl-C empties the line
            } catch (EndOfFileException e) {
                if (mayLeave()) {
                    return;
                }
                continue;
            } catch (IOError | IllegalStateException e) {
                return; // the terminal is gone: its window was closed, or the process is being ended
            }
            // what is typed has no place; a failure has been reported, and the next prompt comes all the same
            interpreter.run(
                    new ScriptReader("", new BufferedReader(new StringReader(Input.command(input))), session::syntax));
            catalog.forget();
        }
    }

    /** Who leaves in a transaction is asked what is to become of it. */
    private boolean mayLeave() {
        if (!session.isInTransaction()) {
            return true;
        }
        String answer = ask("A transaction is open. Commit, roll back, or stay? [c/r/S] ", false)
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!answer.startsWith("c") && !answer.startsWith("r")) {
            interpreter.stay();
            return false;
        }
        try {
            session.endTransaction(answer.startsWith("c"));
            return true;
        } catch (SQLException | ShellException e) {
            String why = e instanceof SQLException error ? ErrorText.of(error, "") : e.getMessage();
            session.say("the transaction could not be ended: " + why);
            interpreter.stay();
            return false;
        }
    }

    private Optional<String> ask(String text, boolean secret) {
        reader.setVariable(LineReader.DISABLE_HISTORY, true);
        try {
            return Optional.of(secret ? reader.readLine(text, '\0') : reader.readLine(text));
        } catch (UserInterruptException | EndOfFileException e) {
            return Optional.empty();
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    /** The store, and a star while a transaction is open. */
    private String prompt() {
        Optional<String> url = session.shownUrl();
        if (url.isEmpty()) {
            return "baton (not connected)> ";
        }
        return "baton " + store(url.get()) + (session.isInTransaction() ? "*" : "") + "> ";
    }

    /** Of a pair the active store; where it does not tell, the URL. */
    private String store(String url) {
        if (!session.isPair()) {
            return StoreName.of(url);
        }
        try {
            UpgradeStatus status = UpgradeStatus.read(session.connection());
            bar.tell(status);
            return StoreName.of(status.active());
        } catch (SQLException | ShellException e) {
            return StoreName.of(url);
        }
    }
}
