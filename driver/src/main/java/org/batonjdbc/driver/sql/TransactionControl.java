package org.batonjdbc.driver.sql;

/**
 * A statement that begins, ends or marks a transaction.
 *
 * @param savepoint its name as written; null for all but the verbs of savepoints
 * @param chain whether a new transaction begins at once (AND CHAIN)
 */
public record TransactionControl(Verb verb, String savepoint, boolean chain) {
    /** What it does. */
    public enum Verb {
        BEGIN,
        COMMIT,
        ROLLBACK,
        SAVEPOINT,
        ROLLBACK_TO,
        RELEASE,
        /** Commits, as {@code setAutoCommit(true)} does. */
        AUTOCOMMIT_ON,
        AUTOCOMMIT_OFF,
        /** Sets autocommit to something that the text does not tell, such as a variable. */
        AUTOCOMMIT_UNKNOWN,
        /** Sets isolation, access mode or the like of one transaction: SET TRANSACTION, SET LOCAL, SET CONSTRAINTS. */
        SET_TRANSACTION,
        /** Takes part in a two-phase commit: PREPARE TRANSACTION, COMMIT PREPARED, XA. */
        TWO_PHASE
    }
}
