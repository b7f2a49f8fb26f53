package org.batonjdbc.shell.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.batonjdbc.shell.command.Interpreter;
import org.batonjdbc.shell.output.Look;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Screen;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.Settings;
import org.batonjdbc.shell.session.ShellException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The interactive shell: reads until a statement is complete, runs it, and begins anew. */
public final class Prompt {
    private static final int HISTORY_ENTRIES = 10_000;

    private final Session session;
    private final Interpreter interpreter;
    private final LineReader reader;

    private Prompt(Session session, Interpreter interpreter, LineReader reader) {
        this.session = session;
        this.interpreter = interpreter;
        this.reader = reader;
    }

    /**
     * Serves the person at the terminal until they leave.
     *
     * @param url what to connect to first; null to let them choose with {@code \c}
     * @throws ShellException if the first connection fails
     */
    public static void run(Console console, Settings settings, String url, Login login)
            throws ShellException, IOException {
        settings.set(Setting.EXPANDED, settings.isOn(Setting.EXPANDED) ? "on" : "auto");
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            Screen screen = new Screen(Look.TERMINAL, terminal::getColumns);
            try (Session session = new Session(console, settings, screen)) {
                if (url != null) {
                    session.connect(url, login);
                }
                terminal.handle(Terminal.Signal.INT, signal -> {
                    console.err().println(); // behind the ^C that the terminal shows
                    session.cancel();
                });
                Interpreter interpreter = new Interpreter(session, login);
                new Prompt(session, interpreter, reader(terminal, session, interpreter)).loop();
            }
        }
    }

    private static LineReader reader(Terminal terminal, Session session, Interpreter interpreter) {
        Path file = Path.of(System.getProperty("user.home"), ".baton", "history");
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("baton")
                .parser(new Input(session::syntax))
                .highlighter(new SqlHighlighter(session::syntax))
                .completer(new Completion(session, interpreter))
                .history(new DiscreetHistory())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P    -> ")
                .variable(LineReader.HISTORY_SIZE, HISTORY_ENTRIES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_ENTRIES)
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // else backslashes vanish
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true);
        try {
            DiscreetHistory.prepare(file);
            builder.variable(LineReader.HISTORY_FILE, file);
        } catch (IOException e) {
            session.say("no history will be kept: " + e);
        }
        return builder.build();
    }

    private void loop() throws IOException {
        while (!interpreter.hasQuit()) {
            String input;
            try {
                input = reader.readLine(session.shownUrl().isPresent() ? "baton> " : "baton (not connected)> ");
            } catch (UserInterruptException e) {
                continue; // Ctrl-C empties the line
            } catch (EndOfFileException e) {
                return;
            }
            session.beginInput();
            // what is typed has no place; a failure has been reported, and the next prompt comes all the same
            interpreter.run(
                    new ScriptReader("", new BufferedReader(new StringReader(Input.command(input))), session::syntax));
        }
    }
}
