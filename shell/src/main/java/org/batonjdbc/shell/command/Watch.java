package org.batonjdbc.shell.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.driver.upgrade.VerbPage;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/** Runs the last statement, or UPGRADE STATUS behind another UPGRADE statement, again and again: until the user cancels, or until the upgrade has reached a phase. */
final class Watch {
    private static final Pattern ARGUMENT = Pattern.compile("(?i)(\\d+(?:\\.\\d+)?)?\\s*(?:until\\s+(\\w+))?");
    private static final String STATUS = "UPGRADE STATUS";
    private static final String FAILED = "FAILED";
    private static final String IDLE = "IDLE";

    private final Session session;

    /** Whether an upgrade was under way since the watch began. */
    private boolean begun;

    Watch(Session session) {
        this.session = session;
    }

    void run(String argument) throws SQLException, ShellException {
        Matcher matcher = ARGUMENT.matcher(argument);
        if (!matcher.matches()) {
            throw new ShellException("\\watch takes [SECONDS] [until PHASE], such as \\watch 1 until REPLICATING");
        }
        double seconds = matcher.group(1) == null ? 2 : Double.parseDouble(matcher.group(1));
        Duration pause = Duration.ofMillis(Math.max(10, Math.round(seconds * 1000)));
        String phase = matcher.group(2) == null ? null : known(matcher.group(2));
        String statement = statement(phase != null);
        begun = false;
        boolean last;
        do {
            // the phase first: what is printed last must not be older than the phase that ended the watch
            last = phase != null && isReached(phase);
            session.execute(statement);
        } while (!last && !session.waitForCancel(pause));
    }

    /** Behind UPGRADE START one wants to watch the upgrade, and not to start it again and again. */
    private String statement(boolean watchesUpgrade) throws ShellException {
        String last = session.lastStatement();
        if (last.isEmpty() && !watchesUpgrade) {
            throw new ShellException("\\watch repeats the last statement, and there is none yet");
        }
        boolean isUpgrade = Meaning.of(last, session.syntax()).kind() == StatementKind.UPGRADE;
        return last.isEmpty() || isUpgrade ? STATUS : last;
    }

    private static String known(String phase) throws ShellException {
        String upper = phase.toUpperCase(Locale.ROOT);
        if (!VerbPage.phases().contains(upper)) {
            throw new ShellException("there is no phase " + phase + ";"
                    + Names.nearest(upper, VerbPage.phases())
                            .map(near -> " did you mean " + near + "?")
                            .orElse(" there are " + String.join(", ", VerbPage.phases())));
        }
        return upper;
    }

    private boolean isReached(String wanted) throws SQLException, ShellException {
        try (Statement statement = session.connection().createStatement();
                ResultSet status = statement.executeQuery(STATUS)) {
            String phase = status.next() ? status.getString("phase") : "none";
            if (phase.equals(FAILED) && !wanted.equals(FAILED)) {
                throw new ShellException(
                        "the upgrade has failed and will not become " + wanted + ": " + status.getString("error"));
            }
            if (begun && phase.equals(IDLE) && !wanted.equals(IDLE)) {
                throw new ShellException("the upgrade has ended and will not become " + wanted);
            }
            begun = !phase.equals(IDLE);
            return phase.equals(wanted);
        }
    }
}
