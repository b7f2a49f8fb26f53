package org.batonjdbc.driver.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.batonjdbc.driver.capture.Admission;
import org.batonjdbc.store.SqlState;

/**
 * Runs the statements of a session. Before a statement that may write it passes the gate, goes to the store that is
 * active, and asks whether the statement can be captured; after it, it puts the transaction in order, whatever happened:
 * what a failed statement changed is forgotten, what a batch landed is kept, what belongs to no transaction is committed.
 * Called under the session's lock.
 */
final class Execution {
    private final Session session;
    private final Home home;
    private final Transaction transaction;

    Execution(Session session) {
        this.session = session;
        this.home = session.home();
        this.transaction = session.transaction();
    }

    /** Runs a statement that is not of transaction control. */
    <T> T run(RoutedStatement statement, Command command, Work<Statement, T> work) throws SQLException {
        boolean warn = begin(command);
        int mark = transaction.capture().begin();
        T result;
        try {
            Statement delegate = statement.onLink();
            transaction.running(delegate);
            result = work.with(delegate);
        } catch (SQLException | RuntimeException | Error e) {
            transaction.capture().end();
            failed(command, mark, e);
            throw e;
        }
        transaction.capture().end();
        succeeded(statement, command, mark, result);
        if (warn) {
            statement.warn(Admission.localDdl(command.meaning()));
        }
        return result;
    }

    /** Changes a row through an open result set. */
    void changeRow(Link on, Closing.Step change) throws SQLException {
        begin(Command.ROW_CHANGE);
        int mark = transaction.capture().begin();
        try {
            if (on != session.link()) {
                throw SqlState.REFUSED.error("this result set was read from the store that was active before the"
                        + " switchover, so its rows cannot be changed; run its query again");
            }
            change.run();
        } catch (SQLException | RuntimeException | Error e) {
            transaction.capture().end();
            failed(Command.ROW_CHANGE, mark, e);
            throw e;
        }
        transaction.capture().end();
        succeeded(null, Command.ROW_CHANGE, mark, null);
    }

    /** Everything before a statement; returns whether to warn that it runs on the active store alone. */
    private boolean begin(Command command) throws SQLException {
        boolean mayWrite = command.mayWrite();
        boolean claimed = transaction.claim(mayWrite);
        boolean ready = false;
        try {
            session.follow(mayWrite);
            boolean warn = false;
            if (transaction.isCapturing()) {
                warn = heard(command);
            } else if (transaction.isObserving()) {
                observe(command);
            }
            transaction.begins(mayWrite, command.mayChangeRows());
            ready = true;
            return warn;
        } finally {
            if (!ready && claimed) {
                transaction.unclaim();
            }
        }
    }

    /** Admits a statement, and lets the rehearsal know of it and of what came of it. */
    private boolean heard(Command command) throws SQLException {
        try {
            boolean warn = admit(command);
            command.texts().forEach(home.rehearsal()::runs);
            return warn;
        } catch (SQLException e) {
            if (SqlState.REFUSED.code().equals(e.getSQLState())) {
                command.texts().forEach(home.rehearsal()::runs);
                home.rehearsal().refused(command.sql(), e.getMessage());
            }
            throw e;
        }
    }

    /** Lets the rehearsal know of a statement that runs while nothing is captured, and whether it could be. */
    private void observe(Command command) {
        command.texts().forEach(home.rehearsal()::runs);
        try {
            check(command);
        } catch (SQLException e) {
            home.rehearsal().refused(command.sql(), e.getMessage());
        }
    }

    /** Refuses what cannot be captured, and logs what is captured before the engine commits by itself. */
    private boolean admit(Command command) throws SQLException {
        boolean warn = check(command);
        if (command.commits() && !transaction.capture().isEmpty()) {
            transaction.commitFirst();
        }
        return warn;
    }

    /** Refuses what cannot be captured; returns whether to warn that it runs on the active store alone. */
    private boolean check(Command command) throws SQLException {
        boolean warn = false;
        if (command.commits() && !command.parts().isEmpty()) {
            throw SqlState.REFUSED.error(
                    "a statement that commits by itself, among others in one text or batch, is refused"
                            + " while an upgrade replicates; run it as a statement of its own");
        }
        for (Command part : command.parts()) {
            warn |= !isTemporary(part) && Admission.check(part.meaning(), home.ddl());
        }
        if (command.parts().isEmpty()) {
            warn = !isTemporary(command) && Admission.check(command.meaning(), home.ddl());
        }
        return warn;
    }

    /** Whether a statement is about a temporary table, which is the session's own business. */
    private boolean isTemporary(Command command) {
        return switch (command.meaning().kind()) {
            case DDL, TRUNCATE ->
                // Among several names, as in DROP TABLE A, B, only the first is known.
                command.meaning().temporary()
                        || (command.sql().indexOf(',') < 0
                                && session.state()
                                        .temporaryTables()
                                        .has(command.meaning().target()));
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

    private void succeeded(RoutedStatement statement, Command command, int mark, Object result) throws SQLException {
        transaction.capture().succeeded(ownStatements(command, result));
        if (transaction.isCapturing()
                && failedCounts(result) != null
                && !transaction.capture().cutFailedElements(mark, failedCounts(result))) {
            transaction.beginEnding();
            transaction.rollBackAll(null);
            throw unknownRemains(null);
        }
        remember(statement, command);
        if (command.endsTransaction()) {
            logIfCommitted();
            transaction.over();
        } else if (transaction.autoCommit()) {
            endAutomatically();
        } else if (!transaction.wrote()) {
            if (!transaction.capture().isEmpty()) {
                transaction.enterLate();
            }
        } else if (!transaction.endStatement()) {
            transaction.rollBackAll(null);
            throw Transaction.taken(null);
        }
        if (command.isOpaque()) {
            transaction.adoptAutoCommit();
        }
    }

    /** How many statements of the application's own have changed rows, where no function can have done so. */
    private static int ownStatements(Command command, Object result) {
        if (!command.parts().isEmpty() && !(result instanceof int[]) && !(result instanceof long[])) {
            return 0;
        }
        int statements =
                result instanceof int[] small ? small.length : result instanceof long[] large ? large.length : 1;
        return command.isPlainWrite() ? statements : 0;
    }

    private static int[] failedCounts(Object result) {
        int[] counts = result instanceof int[] small
                ? small
                : result instanceof long[] large
                        ? Arrays.stream(large).mapToInt(Execution::sign).toArray()
                        : null;
        return counts != null && Arrays.stream(counts).anyMatch(count -> count == Statement.EXECUTE_FAILED)
                ? counts
                : null;
    }

    private static int sign(long count) {
        return count == Statement.EXECUTE_FAILED ? Statement.EXECUTE_FAILED : 0;
    }

    private void remember(RoutedStatement statement, Command command) {
        for (Command part : command.parts()) {
            remember(statement, part);
        }
        if (!command.parts().isEmpty()) {
            return;
        }
        switch (command.meaning().kind()) {
            case SESSION -> session.state().ran(command, statement.repetition(command));
            case DDL -> {
                if (isTemporary(command)) {
                    session.state().ranOnTemporary(command, statement.repetition(command));
                }
            }
            case UNKNOWN, SCRIPT, LOCK -> session.spoil();
            case READ, INSERT, UPDATE, DELETE, MERGE, TRUNCATE, LOAD, TRANSACTION, CALL, ADMIN, UPGRADE, EMPTY -> {
                // these leave nothing in the session
            }
        }
    }

    /** A statement that the engine has committed by itself, or that was taken for a read, may have changed rows. */
    private void logIfCommitted() throws SQLException {
        if (!transaction.capture().isEmpty()) {
            transaction.capture().logCommitted(session.link().physical());
        }
    }

    private void endAutomatically() throws SQLException {
        if (!transaction.wrote()) {
            logIfCommitted();
            transaction.readOnly();
        } else if (session.link().autoCommit()) {
            logIfCommitted();
            transaction.over();
        } else if (transaction.beginEnding()) {
            transaction.commitCaptured();
        } else {
            transaction.rollBackAll(null);
            throw Transaction.taken(null);
        }
    }

    /** Puts in order what a failed statement leaves; the caller throws on what it threw, unless this throws. */
    private void failed(Command command, int mark, Throwable e) throws SQLException {
        SQLException sql = e instanceof SQLException engine ? engine : null;
        BatchUpdateException batch = e instanceof BatchUpdateException b ? b : null;
        boolean ended = transaction.isCapturing()
                && (sql == null || transaction.capture().endsTransaction(sql));
        boolean told = true;
        if (transaction.isCapturing() && !ended) {
            if (batch == null) {
                // What failed among several statements, or inside a query, is not undone by every engine.
                told = command.isUndoneByFailing() || transaction.capture().mark() == mark;
                transaction.capture().cutTo(mark);
            } else {
                told = batch instanceof OneByOne.Failed
                        || transaction.capture().cutFailedElements(mark, batch.getUpdateCounts());
            }
        }
        if (ended || !told) {
            giveUp(told, batch, e);
        } else if (!transaction.wrote()) {
            transaction.readOnly();
        } else if (transaction.autoCommit() ? !transaction.beginEnding() : !transaction.endStatement()) {
            doomed(e);
        } else if (transaction.autoCommit()) {
            endFailed(batch, e);
        }
    }

    /** The whole transaction goes, because the engine says so, or because what is left of it cannot be told. */
    private void giveUp(boolean told, BatchUpdateException batch, Throwable e) throws SQLException {
        if (transaction.wrote()) {
            transaction.beginEnding();
        }
        transaction.rollBackAll(e);
        if (transaction.autoCommit()) {
            if (batch != null) {
                throw allFailed(batch);
            }
        } else if (!told) {
            throw unknownRemains(e);
        }
    }

    private static SQLException unknownRemains(Throwable e) {
        return SqlState.RETRY.error(
                "a batch, or several statements in one, have failed in part, and which rows they have changed all the"
                        + " same cannot be told; the transaction is rolled back, run it again",
                e);
    }

    /** In autocommit mode counts are taken for rows that have landed, so they must say that none has. */
    private static BatchUpdateException allFailed(BatchUpdateException batch) {
        int[] none = new int[batch.getUpdateCounts().length];
        Arrays.fill(none, Statement.EXECUTE_FAILED);
        return new BatchUpdateException(batch.getMessage(), batch.getSQLState(), batch.getErrorCode(), none, batch);
    }

    private void doomed(Throwable e) throws SQLException {
        if (transaction.autoCommit() && session.link().autoCommit()) {
            transaction.over();
        } else {
            transaction.rollBackAll(e);
        }
        throw Transaction.taken(e);
    }

    /** Ends the statement's own transaction: the elements of a batch that have landed stay. */
    private void endFailed(BatchUpdateException batch, Throwable e) throws SQLException {
        if (session.link().autoCommit()) {
            transaction.over();
        } else if (batch == null) {
            transaction.rollBackAll(e);
        } else {
            try {
                transaction.commitCaptured();
            } catch (SQLException commit) {
                e.addSuppressed(commit);
                throw allFailed(batch);
            }
        }
    }
}
