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
 *
 * <p>A statement whose text says that it reads is run as a read, and whoever changes rows in it all the same (a function
 * in a view) is refused by the triggers. That is noted, and the statement runs again, admitted as a write; from then on its
 * text is known to write.
 */
final class Execution {
    private final Session session;
    private final Transaction transaction;
    private final Scrutiny scrutiny;

    Execution(Session session) {
        this.session = session;
        this.transaction = session.transaction();
        this.scrutiny = new Scrutiny(session);
    }

    /** Runs a statement that is not of transaction control. */
    <T> T run(RoutedStatement statement, Command command, Work<Statement, T> work) throws SQLException {
        return command.mayWrite() || transaction.wrote()
                ? write(statement, command, work)
                : read(statement, command, work);
    }

    /** Runs what has turned out to be no read, though its text says so; what it has done until now is undone or nothing. */
    <T> T runAsWrite(RoutedStatement statement, Command command, Work<Statement, T> work) throws SQLException {
        Command writing = command.writing(session.home().meanings());
        statement.learned(writing);
        transaction.wasNoRead();
        return write(statement, writing, work);
    }

    private <T> T read(RoutedStatement statement, Command command, Work<Statement, T> work) throws SQLException {
        begin(command);
        transaction.capture().beginRead();
        T result;
        try {
            result = work.with(statement.onLink());
        } catch (SQLException | RuntimeException | Error e) {
            if (transaction.capture().endRead(e)) {
                return runAsWrite(statement, command, work);
            }
            failed(command, transaction.capture().mark(), e);
            throw e;
        }
        if (transaction.capture().endRead(null)) {
            return runAsWrite(statement, command, work);
        }
        succeeded(statement, command, result);
        return result;
    }

    private <T> T write(RoutedStatement statement, Command command, Work<Statement, T> work) throws SQLException {
        boolean warn = begin(command);
        int mark = transaction.capture().begin();
        T result;
        try {
            Statement delegate = statement.onLink();
            transaction.running(delegate);
            result = work.with(delegate);
        } catch (SQLException | RuntimeException | Error e) {
            transaction.capture().end();
            session.link().tidyBehind(command);
            failed(command, mark, e);
            throw e;
        }
        transaction.capture().end();
        session.link().tidyBehind(command);
        succeeded(statement, command, result);
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
        succeeded(null, Command.ROW_CHANGE, null);
    }

    /** Everything before a statement; returns whether to warn that it runs on the active store alone. */
    private boolean begin(Command command) throws SQLException {
        boolean mayWrite = command.mayWrite();
        boolean claimed = transaction.claim(mayWrite);
        boolean ready = false;
        try {
            session.follow(mayWrite);
            boolean warn = scrutiny.admit(command);
            transaction.begins(mayWrite, command.mayChangeRows());
            ready = true;
            return warn;
        } finally {
            if (!ready && claimed) {
                transaction.unclaim();
            }
        }
    }

    // ---- behind a statement that has succeeded

    private void succeeded(RoutedStatement statement, Command command, Object result) throws SQLException {
        transaction.capture().succeeded(ownStatements(command, result));
        if (hasFailedElement(result)) {
            transaction.capture().doubt();
        }
        remember(statement, command);
        if (command.endsTransaction()) {
            logIfCommitted();
            transaction.over();
        } else if (transaction.autoCommit()) {
            endAutomatically();
        } else if (transaction.wrote() && !transaction.endStatement()) {
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

    private static boolean hasFailedElement(Object result) {
        return result instanceof int[] small
                ? Arrays.stream(small).anyMatch(count -> count == Statement.EXECUTE_FAILED)
                : result instanceof long[] large
                        && Arrays.stream(large).anyMatch(count -> count == Statement.EXECUTE_FAILED);
    }

    private void remember(RoutedStatement statement, Command command) throws SQLException {
        for (Command part : command.parts()) {
            remember(statement, part);
        }
        if (!command.parts().isEmpty()) {
            return;
        }
        switch (command.meaning().kind()) {
            case SESSION -> session.state().ran(command, statement.repetition(command));
            case DDL -> {
                if (scrutiny.isTemporary(command)) {
                    session.state().ranOnTemporary(command, statement.repetition(command));
                }
            }
            // BEGIN comes here only among other statements, and may have left a transaction that the driver does not
            // tell of.
            case UNKNOWN, SCRIPT, LOCK, TRANSACTION -> session.spoil();
            case READ, INSERT, UPDATE, DELETE, MERGE, TRUNCATE, LOAD, CALL, ADMIN, UPGRADE, EMPTY -> {
                // these leave nothing in the session but variables
            }
        }
        session.state().variables().mentioned(command, session.home().meanings().syntax());
    }

    /** What a statement has changed that the engine has committed by itself is logged now. */
    private void logIfCommitted() throws SQLException {
        if (!transaction.capture().isEmpty()) {
            transaction.capture().logCommitted(session.link().physical());
        }
    }

    private void endAutomatically() throws SQLException {
        if (!transaction.wrote()) {
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

    // ---- behind a statement that has failed

    /** Puts in order what a failed statement leaves; the caller throws on what it threw, unless this throws. */
    private void failed(Command command, int mark, Throwable e) throws SQLException {
        BatchUpdateException batch = e instanceof BatchUpdateException b ? b : null;
        boolean undone = batch == null && command.isUndoneByFailing();
        if (transaction.isCapturing()
                && (!(e instanceof SQLException sql) || transaction.capture().endsTransaction(sql))) {
            giveUp(batch, e);
            return;
        }
        if (undone) {
            transaction.capture().cutTo(mark);
        } else if (transaction.capture().mark() != mark) {
            transaction.capture().doubt();
        }
        if (!transaction.wrote()) {
            transaction.readOnly();
        } else if (transaction.autoCommit() ? !transaction.beginEnding() : !transaction.endStatement()) {
            doomed(e);
        } else if (transaction.autoCommit()) {
            endFailed(undone, batch, e);
        }
    }

    /** The whole transaction goes, because the engine says so. */
    private void giveUp(BatchUpdateException batch, Throwable e) throws SQLException {
        if (transaction.wrote()) {
            transaction.beginEnding();
        }
        transaction.rollBackAll(e);
        if (transaction.autoCommit() && batch != null) {
            throw allFailed(batch);
        }
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

    /** Ends the statement's own transaction: what has landed of a batch, a script or a routine stays, as on the engine. */
    private void endFailed(boolean undone, BatchUpdateException batch, Throwable e) throws SQLException {
        if (session.link().autoCommit()) {
            transaction.over();
        } else if (undone) {
            transaction.rollBackAll(e);
        } else {
            try {
                transaction.commitCaptured();
            } catch (SQLException commit) {
                e.addSuppressed(commit);
                if (batch != null) {
                    throw allFailed(batch);
                }
            }
        }
    }
}
