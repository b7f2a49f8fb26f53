package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.batonjdbc.driver.capture.Admission;
import org.batonjdbc.driver.upgrade.Rehearsal;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.upgrade.Replication;

/**
 * Looks at each statement before it runs: lets the rehearsal hear of it, refuses what cannot be captured, and logs what is
 * captured already before the engine commits by itself. Called under the session's lock.
 */
final class Scrutiny {
    private final Session session;
    private final Transaction transaction;
    private final Rehearsal rehearsal;

    Scrutiny(Session session) {
        this.session = session;
        this.transaction = session.transaction();
        this.rehearsal = session.home().rehearsal();
    }

    /** Lets a statement pass or refuses it; returns whether to warn that it runs on the active store alone. */
    boolean admit(Command command) throws SQLException {
        if (transaction.isCapturing()) {
            return hear(command);
        }
        if (transaction.isObserving()) {
            observe(command);
        }
        return false;
    }

    private boolean hear(Command command) throws SQLException {
        try {
            boolean warn = check(command);
            if (command.commits() && !transaction.capture().isEmpty()) {
                checkThatItCanBeRead(command);
                transaction.commitFirst();
            }
            command.texts().forEach(rehearsal::runs);
            return warn;
        } catch (SQLException e) {
            if (SqlState.REFUSED.code().equals(e.getSQLState())) {
                command.texts().forEach(rehearsal::runs);
                rehearsal.refused(command.sql(), e.getMessage());
            }
            throw e;
        }
    }

    /** While nothing is captured: would it be refused if something were? */
    private void observe(Command command) {
        command.texts().forEach(rehearsal::runs);
        try {
            check(command);
        } catch (SQLException e) {
            rehearsal.refused(command.sql(), e.getMessage());
        }
    }

    /** A text that the engine cannot even read ends no transaction, so it must not end one here. */
    private void checkThatItCanBeRead(Command command) throws SQLException {
        try (PreparedStatement read = session.link().physical().prepareStatement(command.sql())) {
            read.clearWarnings();
        }
    }

    private boolean check(Command command) throws SQLException {
        boolean warn = false;
        if (command.commits() && !command.parts().isEmpty()) {
            throw SqlState.REFUSED.error(
                    "a statement that commits by itself, among others in one text or batch, is refused"
                            + " while an upgrade replicates; run it as a statement of its own");
        }
        for (Command part : command.parts()) {
            warn |= !isHarmless(part)
                    && Admission.check(part.meaning(), session.home().ddl());
        }
        if (command.parts().isEmpty()) {
            warn = !isHarmless(command)
                    && Admission.check(command.meaning(), session.home().ddl());
        }
        return warn;
    }

    /** Whether a change of the schema, or a TRUNCATE, is nobody's business but the session's. */
    private boolean isHarmless(Command command) throws SQLException {
        return isTemporary(command)
                || (command.meaning().verb().equals("DROP TABLE")
                        && isAboutOneTable(command)
                        && isAbsent(command.meaning().target()));
    }

    /** Whether a statement is about a temporary table, which is the session's own business. */
    boolean isTemporary(Command command) throws SQLException {
        return switch (command.meaning().kind()) {
            case DDL, TRUNCATE ->
                command.meaning().temporary()
                        || (isAboutOneTable(command)
                                && session.state().temporaryTables().has(command.meaning())
                                && !isReplicated(TemporaryTables.table(command.meaning())));
            case READ,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    LOAD,
                    SESSION,
                    TRANSACTION,
                    LOCK,
                    CALL,
                    SCRIPT,
                    ADMIN,
                    UPGRADE,
                    EMPTY,
                    UNKNOWN -> false;
        };
    }

    /** Among several names, as in DROP TABLE A, B, only the first is known; the columns of an index are no names of tables. */
    private static boolean isAboutOneTable(Command command) {
        return command.meaning().target() != null
                && (command.sql().indexOf(',') < 0 || command.meaning().verb().equals("CREATE INDEX"));
    }

    /** Whether a replicated table of any schema has that name: which of the two the engine would take is its own affair. */
    private boolean isReplicated(String name) throws SQLException {
        Replication replication = session.replication();
        if (replication == null) {
            return false;
        }
        String simple = TemporaryTables.simple(name);
        boolean exact = !name.endsWith(simple)
                && session.link().physical().getMetaData().supportsMixedCaseQuotedIdentifiers();
        return replication.catalog().tables().stream()
                .map(table -> table.name().name())
                .anyMatch(known -> exact ? known.equals(simple) : known.equalsIgnoreCase(simple));
    }

    /** Whether the store has nothing of that name, so that the engine can only say so. */
    private boolean isAbsent(String name) throws SQLException {
        String simple = TemporaryTables.simple(name);
        Connection physical = session.link().physical();
        try (ResultSet tables = physical.getMetaData().getTables(null, null, "%", null)) {
            while (tables.next()) {
                if (tables.getString("TABLE_NAME").equalsIgnoreCase(simple)) {
                    return false;
                }
            }
        }
        return true;
    }
}
