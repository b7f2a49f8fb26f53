package org.batonjdbc.driver.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.Meanings;
import org.batonjdbc.driver.sql.Part;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.driver.sql.Verdict;

/**
 * A statement, or several that run as one, with what it means to a connection. Immutable.
 *
 * @param sql its text; of a batch, all texts
 * @param meaning what it does as a whole; of a batch, its strictest statement's
 * @param parts the statements in it, where there are several
 */
record Command(String sql, Meaning meaning, List<Command> parts) {
    /** A change of a row through a result set. */
    static final Command ROW_CHANGE = new Command(
            "a change of a row through a result set",
            new Meaning(
                    StatementKind.UPDATE,
                    "UPDATE",
                    null,
                    null,
                    Verdict.CAPTURE,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    null,
                    List.of()),
            List.of());

    /** What the text is to a connection. */
    static Command of(String sql, Meanings meanings) {
        return of(sql, meanings.of(sql));
    }

    private static Command of(String sql, Meaning meaning) {
        if (meaning.parts().isEmpty()) {
            return new Command(sql, meaning, List.of());
        }
        List<Command> parts = new ArrayList<>();
        for (Part part : meaning.parts()) {
            parts.add(of(sql.substring(part.start(), part.end()), part.meaning()));
        }
        return new Command(sql, meaning, List.copyOf(parts));
    }

    /** Statements that one {@code executeBatch} runs; not empty. */
    static Command ofBatch(List<Command> statements) {
        Command strictest = statements.get(0);
        for (Command statement : statements) {
            if (statement.meaning.verdict().compareTo(strictest.meaning.verdict()) > 0) {
                strictest = statement;
            }
        }
        return new Command(strictest.sql, strictest.meaning, List.copyOf(statements));
    }

    /** The same, of which it has turned out that it changes rows although its text does not say so. */
    Command writing(Meanings meanings) {
        return new Command(
                sql,
                meanings.writes(sql),
                parts.stream().map(part -> part.writing(meanings)).toList());
    }

    /** The texts that the application gave: one, or those of a batch. */
    List<String> texts() {
        if (parts.isEmpty()) {
            return List.of(sql);
        }
        List<String> texts = parts.stream().map(Command::sql).toList();
        return texts.contains(sql) ? texts : List.of(sql);
    }

    /** Whether it may write or lock, so that it has to pass the gate. */
    boolean mayWrite() {
        return (!meaning.certainRead() && meaning.kind() != StatementKind.EMPTY)
                || (!parts.isEmpty() && parts.stream().anyMatch(Command::mayWrite));
    }

    /** Whether it may do more than set something or look after the database. */
    boolean mayChangeRows() {
        return !parts.isEmpty() || (meaning.kind() != StatementKind.SESSION && meaning.kind() != StatementKind.ADMIN);
    }

    /** Whether it begins, ends or marks a transaction and does nothing else. */
    boolean isControl() {
        return meaning.kind() == StatementKind.TRANSACTION && parts.isEmpty();
    }

    /** Whether the transaction is over when it has succeeded. */
    boolean endsTransaction() {
        return parts.isEmpty()
                && commits()
                && switch (meaning.kind()) {
                    case DDL, TRUNCATE, ADMIN, SESSION -> true;
                    case READ,
                            INSERT,
                            UPDATE,
                            DELETE,
                            MERGE,
                            LOAD,
                            TRANSACTION,
                            LOCK,
                            CALL,
                            SCRIPT,
                            UPGRADE,
                            EMPTY,
                            UNKNOWN -> false;
                };
    }

    /** Whether the engine commits what is open, by this statement or any part of it. */
    boolean commits() {
        return meaning.commitsByItself() || (!parts.isEmpty() && parts.stream().anyMatch(Command::commits));
    }

    /** Whether all that it changed is surely undone when it fails. */
    boolean isUndoneByFailing() {
        return parts.isEmpty()
                && !meaning.disguised()
                && switch (meaning.kind()) {
                    case INSERT, UPDATE, DELETE, MERGE -> true;
                    case READ,
                            TRUNCATE,
                            LOAD,
                            DDL,
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

    /** Whether it changes rows by itself alone, without code inside the engine that could undo what it did. */
    boolean isPlainWrite() {
        return parts.isEmpty()
                ? isUndoneByFailing() && !meaning.callsUnknown()
                : parts.stream().allMatch(Command::isPlainWrite);
    }

    /** Whether it inserts the rows of a query that begins with WITH. */
    boolean insertsWith() {
        return (meaning.nestsWith() && meaning.kind() == StatementKind.INSERT)
                || (!parts.isEmpty() && parts.stream().anyMatch(Command::insertsWith));
    }

    /** Whether it may do things to the session or the transaction that its text does not tell. */
    boolean isOpaque() {
        return !parts.isEmpty()
                || switch (meaning.kind()) {
                    case UNKNOWN, CALL, SCRIPT, LOAD -> true;
                    case READ,
                            INSERT,
                            UPDATE,
                            DELETE,
                            MERGE,
                            TRUNCATE,
                            DDL,
                            SESSION,
                            TRANSACTION,
                            LOCK,
                            ADMIN,
                            UPGRADE,
                            EMPTY -> false;
                };
    }
}
