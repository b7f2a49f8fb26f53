package org.batonjdbc.driver.sql;

/** What a statement does, as far as its text tells. */
public enum StatementKind {
    /** Returns rows: SELECT, VALUES, TABLE, SHOW, EXPLAIN, and so on. Not always certain; see {@link Meaning}. */
    READ,
    INSERT,
    UPDATE,
    DELETE,
    /** MERGE, and what inserts or replaces: REPLACE. */
    MERGE,
    TRUNCATE,
    /** Moves rows past SQL: COPY ... FROM, LOAD DATA, RUNSCRIPT, IMPORT. */
    LOAD,
    /** Creates, changes or drops schema objects, or rights to them. */
    DDL,
    /** Sets or resets something in the session, to be repeated on another store. */
    SESSION,
    /** Begins or ends a transaction, or sets a savepoint; see {@link TransactionControl}. */
    TRANSACTION,
    /** Takes or gives up locks of tables. */
    LOCK,
    /** Runs code that is not in the text: CALL, EXECUTE, DO. */
    CALL,
    /** Several statements, not all of them reads. */
    SCRIPT,
    /** Looks after the database: ANALYZE, CHECKPOINT, BACKUP, and settings that hold for all sessions. */
    ADMIN,
    /** One of Baton's own; see {@link UpgradeStatement}. */
    UPGRADE,
    /** Nothing but white space, comments and semicolons. */
    EMPTY,
    /** Not understood; it may do anything. */
    UNKNOWN
}
