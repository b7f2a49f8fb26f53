package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.shell.script.Fragment;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.session.ErrorText;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Secrets;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/** Runs fragments one after another and reports those that fail. */
public final class Interpreter {
    private static final int SHOWN_STATEMENT = 2000;

    private final Session session;
    private final Commands commands;
    private boolean quit;

    /** The login is the one with which {@code \c} connects. */
    public Interpreter(Session session, Login login) {
        this.session = session;
        commands = new Commands(this, session, login);
    }

    /**
     * Runs a script to its end, to the first failure unless the settings say to go on, or until the user cancels or
     * quits.
     *
     * @return whether everything that ran went well
     */
    public boolean run(ScriptReader script) throws IOException {
        boolean well = true;
        for (Fragment fragment = script.next(); fragment != null; fragment = script.next()) {
            if (session.isCancelled()) {
                return false;
            }
            if (!run(fragment)) {
                well = false;
                if (session.settings().stopsOnError()) {
                    return false;
                }
            }
            if (quit) {
                break;
            }
        }
        return well;
    }

    /** Runs one fragment; false if it failed, which has been reported then. */
    public boolean run(Fragment fragment) throws IOException {
        try {
            if (fragment.isCommand()) {
                commands.run(fragment.text().substring(1));
            } else {
                session.execute(fragment.text());
            }
            return true;
        } catch (SQLException e) {
            report(fragment, session.isCancelled() ? "cancelled" : ErrorText.of(e, fragment.text()));
        } catch (ShellException e) {
            report(fragment, "error: " + e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // a driver's defect must not take the shell with it
            report(fragment, "error: the driver failed with " + e);
        }
        return false;
    }

    /** Where it happened, what happened, and, if it was not typed just now, the statement. */
    private void report(Fragment fragment, String what) {
        session.say(fragment.place() + hidden(fragment, what));
        if (!fragment.source().isEmpty()) {
            String shown = hidden(fragment, fragment.text());
            shown = shown.length() > SHOWN_STATEMENT ? shown.substring(0, SHOWN_STATEMENT) + "..." : shown;
            session.say("    " + shown.replace("\n", "\n    "));
        }
    }

    private String hidden(Fragment fragment, String text) {
        if (!Secrets.mayBeIn(fragment.text())) {
            return text;
        }
        return fragment.isCommand()
                ? Secrets.redactUrl(text)
                : Secrets.redactStrings(text, fragment.text(), session.syntax());
    }

    /** How all commands begin, for completion. */
    public List<String> commandNames() {
        return commands.all().stream()
                .map(command -> "\\" + command.names().get(0))
                .toList();
    }

    /** Ends the run after the fragment that is running. */
    void quit() {
        quit = true;
    }

    /** Whether {@code \q} has been run. */
    public boolean hasQuit() {
        return quit;
    }
}
