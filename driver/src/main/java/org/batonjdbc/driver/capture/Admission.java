package org.batonjdbc.driver.capture;

import java.sql.SQLException;
import java.sql.SQLWarning;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.store.SqlState;

/**
 * What may run on the active store while row triggers capture. Code that the text does not show (a routine, a function)
 * may: triggers see what it does. What changes rows past them may not, nor what changes the schema of users' objects.
 */
public final class Admission {
    private static final String AFTERWARDS = "; run it when no upgrade runs: after UPGRADE COMPLETE or UPGRADE CANCEL";

    private Admission() {}

    /**
     * Lets a statement pass or refuses it.
     *
     * @return whether it runs on the active store alone, of which {@link #localDdl} is to warn
     * @throws SQLException 55000, saying why and what to do
     */
    public static boolean check(Meaning meaning, DdlRule ddl) throws SQLException {
        return switch (meaning.verdict()) {
            case PASS, OPAQUE -> false;
            case CAPTURE -> {
                // No row trigger fires for these.
                if (meaning.kind() == StatementKind.TRUNCATE || meaning.kind() == StatementKind.LOAD) {
                    throw refused(meaning);
                }
                yield false;
            }
            case DDL -> !meaning.temporary() && checkDdl(meaning, ddl);
            case CONTROL ->
                throw SqlState.REFUSED.error(meaning.verb() + " among other statements is refused while an"
                        + " upgrade replicates; run it as a statement of its own");
            case UPGRADE ->
                throw SqlState.REFUSED.error(
                        "UPGRADE among other statements is not understood; run it as a statement of its own");
            case REFUSE -> throw refused(meaning);
        };
    }

    private static SQLException refused(Meaning meaning) {
        return SqlState.REFUSED.error(
                subject(meaning) + " is refused while an upgrade replicates, " + reason(meaning.kind()));
    }

    private static boolean checkDdl(Meaning meaning, DdlRule ddl) throws SQLException {
        return switch (ddl) {
            case LOCAL -> true;
            case REFUSE ->
                throw SqlState.REFUSED.error(subject(meaning) + " is refused while an upgrade replicates,"
                        + " because both stores must keep the same schema" + AFTERWARDS
                        + ", or with ddl=local in the URL"
                        + " on the active store alone");
        };
    }

    private static String reason(StatementKind kind) {
        return switch (kind) {
            case TRUNCATE -> "because the engine does not tell which rows it removes; use DELETE without WHERE instead";
            case LOAD ->
                "because the engine does not tell which rows it brings; use INSERT instead, or run it when no"
                        + " upgrade runs: after UPGRADE COMPLETE or UPGRADE CANCEL";
            case UNKNOWN -> "because it is not understood and could write" + AFTERWARDS;
            case READ,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    DDL,
                    SESSION,
                    TRANSACTION,
                    LOCK,
                    CALL,
                    SCRIPT,
                    ADMIN,
                    UPGRADE,
                    EMPTY -> "because what it changes cannot be captured" + AFTERWARDS;
        };
    }

    private static String subject(Meaning meaning) {
        String verb = meaning.verb().isEmpty() ? "this statement" : meaning.verb();
        return meaning.target() == null ? verb : verb + " " + meaning.target();
    }

    /** Tells that DDL has run on the active store alone. */
    public static SQLWarning localDdl(Meaning meaning) {
        return new SQLWarning(
                subject(meaning) + " has run on the active store alone (ddl=local); run it on the upgraded store too"
                        + " before the switchover, or rows of the two may not fit",
                SqlState.REFUSED.code());
    }
}
