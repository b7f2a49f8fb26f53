package org.batonjdbc.shell.session;

import java.sql.Connection;
import java.sql.SQLException;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.TransactionControl;

/**
 * Whether a transaction is open, as the statements that ran tell: JDBC has no method that would. It errs on the side of
 * an open one.
 */
final class TransactionState {
    /** Begun by a statement, whatever the connection's autocommit mode is. */
    private boolean begun;

    private boolean open;

    boolean isOpen() {
        return open;
    }

    /** A new connection, or one whose transaction was ended by a method. */
    void reset() {
        begun = false;
        open = false;
    }

    /** A statement has run. */
    void ran(String sql, Syntax syntax, Connection connection) throws SQLException {
        if (!begun && connection.getAutoCommit() && !mayControl(sql)) {
            open = false;
            return; // the common case, without a look at the statement
        }
        Meaning meaning = Meaning.of(sql, syntax);
        meaning.transaction().ifPresent(this::control);
        boolean implicit = begun || !connection.getAutoCommit();
        open = implicit && (begun || (!endsTransaction(meaning) && (open || touchesData(meaning))));
    }

    private static boolean mayControl(String sql) {
        String start = sql.substring(0, Math.min(sql.length(), 40)).stripLeading();
        return start.isEmpty() || !(startsWith(start, "SELECT") || startsWith(start, "INSERT"));
    }

    private static boolean startsWith(String text, String word) {
        return text.regionMatches(true, 0, word, 0, word.length());
    }

    private void control(TransactionControl control) {
        switch (control.verb()) {
            case BEGIN, AUTOCOMMIT_OFF -> begun = true;
            case COMMIT, ROLLBACK -> begun = control.chain();
            case AUTOCOMMIT_ON, AUTOCOMMIT_UNKNOWN -> begun = false;
            case SAVEPOINT, ROLLBACK_TO, RELEASE, SET_TRANSACTION, TWO_PHASE -> {
                // these stay in the transaction that there is
            }
        }
    }

    private static boolean endsTransaction(Meaning meaning) {
        boolean ends = meaning.transaction()
                .map(TransactionControl::verb)
                .map(verb -> verb == TransactionControl.Verb.COMMIT || verb == TransactionControl.Verb.ROLLBACK)
                .orElse(false);
        return ends || meaning.commitsByItself();
    }

    private static boolean touchesData(Meaning meaning) {
        return meaning.kind() != StatementKind.UPGRADE && meaning.kind() != StatementKind.SESSION;
    }
}
