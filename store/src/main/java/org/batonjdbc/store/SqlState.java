package org.batonjdbc.store;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * The states of Baton's own errors, and the only maker of its SQLExceptions. None of them is taken for a broken
 * connection by a connection pool; an engine's own exception is never replaced, at most it becomes the cause.
 */
public enum SqlState {
    /** Refused in this phase: DDL while replicating, a write that cannot be captured, a verb out of phase. */
    REFUSED("55000"),
    /** Held longer than allowed: at the closed gate, in UPGRADE WAIT FOR, or while transactions were drained. */
    TIMED_OUT("55P03"),
    /** Rolled back by a switchover; the same transaction may simply be run again. */
    RETRY("40001"),
    /** An UPGRADE statement that cannot be read. */
    SYNTAX("42601"),
    /** An option or URL that is not allowed. */
    BAD_OPTION("22023");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    /** The five characters of the SQL standard. */
    public String code() {
        return code;
    }

    /** Whether an exception has one of these states, on which no pool drops the connection that it came from. */
    public static boolean isKnown(SQLException e) {
        return Arrays.stream(values()).anyMatch(state -> state.isOf(e));
    }

    /** Whether an exception has this state, whoever made it. */
    public boolean isOf(SQLException e) {
        return code.equals(e.getSQLState());
    }

    /** An exception of this state whose message says what was asked, what is so, and what to do. */
    public SQLException error(String message) {
        return new SQLException(message, code);
    }

    /** As {@link #error(String)}, with what the engine said as the cause and never as the next exception. */
    public SQLException error(String message, Throwable cause) {
        return new SQLException(message, code, cause);
    }
}
