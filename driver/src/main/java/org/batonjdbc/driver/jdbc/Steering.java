package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.driver.sql.TransactionControl;
import org.batonjdbc.store.SqlState;

/**
 * Transaction control that is given as SQL text. The text itself runs, so that the application gets the engine's answer,
 * surrounded by what the methods of the connection would do. Called under the session's lock.
 */
final class Steering {
    private final Transaction transaction;
    private final Session session;

    Steering(Session session) {
        this.session = session;
        this.transaction = session.transaction();
    }

    <T> T run(RoutedStatement statement, Command command, Work<Statement, T> work) throws SQLException {
        TransactionControl control = command.meaning().transaction().orElseThrow();
        Work<Connection, T> step = physical -> work.with(statement.onLink());
        return switch (control.verb()) {
            case COMMIT -> end(true, control, step);
            case ROLLBACK -> end(false, control, step);
            case BEGIN -> begin(command, step);
            case SAVEPOINT -> transaction.setSavepoint(control.savepoint(), step);
            case ROLLBACK_TO -> {
                T result = transaction.inside(step);
                transaction.rolledBackTo(control.savepoint());
                yield result;
            }
            case RELEASE -> transaction.inside(step);
            case SET_TRANSACTION -> {
                T result = transaction.inside(step);
                transaction.choseItsMode();
                yield result;
            }
            case AUTOCOMMIT_ON -> {
                T result = transaction.end(true, step);
                transaction.adoptAutoCommit();
                yield result;
            }
            case AUTOCOMMIT_OFF -> {
                T result = transaction.inside(step);
                transaction.switchedOff();
                yield result;
            }
            case AUTOCOMMIT_UNKNOWN, TWO_PHASE -> {
                refuseWhileCapturing(command);
                T result = transaction.inside(step);
                transaction.adoptAutoCommit();
                yield result;
            }
        };
    }

    private <T> T end(boolean commits, TransactionControl control, Work<Connection, T> step) throws SQLException {
        boolean begun = transaction.isBegunByStatement();
        T result = transaction.end(commits, step);
        session.link().askAutoCommit();
        if (control.chain() && begun) {
            transaction.begun();
        } else if (control.chain()) {
            transaction.began();
        } else if (begun) {
            session.link().autoCommit(true);
        }
        return result;
    }

    private <T> T begin(Command command, Work<Connection, T> step) throws SQLException {
        T result = command.commits() ? transaction.end(true, step) : transaction.inside(step);
        transaction.begun();
        return result;
    }

    private void refuseWhileCapturing(Command command) throws SQLException {
        if (transaction.isCapturing()) {
            throw SqlState.REFUSED.error(
                    command.meaning().verb() + " is refused while an upgrade replicates, because its"
                            + " text does not tell which transaction ends how; use setAutoCommit, commit and rollback");
        }
    }
}
