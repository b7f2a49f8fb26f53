package org.batonjdbc.shell.session;

import java.sql.SQLException;
import java.sql.SQLWarning;

/** What a user is told about an SQLException: the engine's message without the statement that it repeats, and the SQLState. */
public final class ErrorText {
    private ErrorText() {}

    /** The error and, a line each, those that are chained to it, as those of a batch are. */
    public static String of(SQLException error, String sql) {
        StringBuilder text = new StringBuilder(one(error, sql));
        SQLException next = error.getNextException();
        for (int i = 0; next != null && i < 10; i++) {
            text.append("\n  next: ").append(one(next, sql));
            next = next.getNextException();
        }
        return text.toString();
    }

    static String of(SQLWarning warning) {
        return "warning: " + one(warning, "");
    }

    private static String one(SQLException error, String sql) {
        String message = error.getMessage() == null ? error.getClass().getName() : error.getMessage();
        if (!sql.isEmpty()) {
            // H2 repeats the statement; where it stands is for the caller to say
            message = message.replace("; SQL statement:\n" + sql, "");
        }
        String state = error.getSQLState() == null ? "none" : error.getSQLState();
        return message + " (SQLState " + state + ")";
    }
}
