package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.shell.script.Fragment;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.ErrorText;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Secrets;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;

/** Takes fragments one after another, hands each to the {@link Treatment} of this run, and reports those that fail. */
public final class Interpreter {
    private static final int SHOWN_STATEMENT = 2000;

    private final Session session;
    private final Treatment treatment;
    private final Variables variables;
    private final Commands commands;
    private boolean quit;

    /** The login is the one with which {@code \c} connects. */
    public Interpreter(Session session, Login login, Variables variables, Treatment treatment) {
        this.session = session;
        this.treatment = treatment;
        this.variables = variables;
        commands = new Commands(this, session, login, variables);
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
            if (!run(fragment)) {
                well = false;
                if (session.settings().stopsOnError()) {
                    return false;
                }
            }
            if (session.isCancelled()) {
                return false;
            }
            if (quit) {
                break;
            }
        }
        return well;
    }

    /** Runs one fragment; false if it failed, which has been reported then. */
    public boolean run(Fragment fragment) throws IOException {
        String resolved = fragment.text();
        try {
            if (fragment.isCommand()) {
                echo(fragment, fragment.text());
                commands.run(fragment.text().substring(1), treatment);
            } else {
                resolved = variables.resolve(fragment.text(), session.syntax());
                echo(fragment, resolved);
                treatment.statement(fragment, resolved);
            }
            return true;
        } catch (SQLException e) {
            report(fragment, resolved, session.isCancelled() ? "cancelled" : failed(ErrorText.of(e, resolved)));
            explain(fragment, e);
        } catch (ShellException e) {
            report(fragment, resolved, failed(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            // a driver's defect must not take the shell with it
            report(fragment, resolved, failed("the driver failed with " + e));
        }
        return false;
    }

    private String failed(String message) {
        return treatment.verdict() + ": " + message;
    }

    private void echo(Fragment fragment, String resolved) {
        if (session.settings().isOn(Setting.ECHO)) {
            session.say(hidden(fragment, resolved, resolved) + (fragment.isCommand() ? "" : ";"));
        }
    }

    /** Where it happened, what happened, and, if it was not typed just now, the statement. */
    private void report(Fragment fragment, String resolved, String what) {
        session.say(fragment.place() + hidden(fragment, resolved, what));
        if (!fragment.source().isEmpty()) {
            String shown = hidden(fragment, resolved, fragment.text());
            shown = shown.length() > SHOWN_STATEMENT ? shown.substring(0, SHOWN_STATEMENT) + "..." : shown;
            session.say("    " + shown.replace("\n", "\n    "));
        }
    }

    /** Frequent reasons for what the engine calls a syntax error: a colon that was left alone, and an engine without Baton. */
    private void explain(Fragment fragment, SQLException e) {
        if (e.getSQLState() == null || !e.getSQLState().startsWith("42")) {
            return;
        }
        if (!session.isPair() && Meaning.of(fragment.text(), session.syntax()).kind() == StatementKind.UPGRADE) {
            session.say("    UPGRADE statements need a URL of Baton's: jdbc:baton:failover:(...)");
        }
        for (String name : variables.missing(fragment.text(), session.syntax())) {
            session.say("    :" + name + " has no value; \\set " + name + " VALUE, or --set " + name
                    + "=VALUE, gives it one");
        }
    }

    private String hidden(Fragment fragment, String resolved, String text) {
        if (fragment.isCommand()) {
            return Secrets.mayBeIn(resolved) ? Secrets.redactCommand(text) : text;
        }
        return Secrets.mayBeIn(resolved) ? Secrets.redactStrings(text, resolved, session.syntax()) : text;
    }

    /** All commands, for completion. */
    public List<Command> commands() {
        return commands.all();
    }

    /** The variables that statements may name. */
    public Variables variables() {
        return variables;
    }

    /** Runs the last statement again. */
    void again(boolean vertical) throws SQLException, ShellException {
        if (session.lastStatement().isEmpty()) {
            throw new ShellException("there is no statement to run again yet");
        }
        session.execute(session.lastStatement(), vertical);
    }

    /** Ends the run after the fragment that is running. */
    void quit() {
        quit = true;
    }

    /** Takes {@code \q} back. */
    public void stay() {
        quit = false;
    }

    /** Whether {@code \q} has been run. */
    public boolean hasQuit() {
        return quit;
    }
}
