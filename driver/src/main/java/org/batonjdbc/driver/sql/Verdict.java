package org.batonjdbc.driver.sql;

/** What has to be done about a statement while an upgrade captures changes; of several statements the last one here. */
public enum Verdict {
    /** It changes no row of a user's table and no schema object. */
    PASS,
    /** It begins, ends or marks a transaction, which is Baton's to do. */
    CONTROL,
    /** It changes rows, and says of which table. */
    CAPTURE,
    /** It runs code that may change rows: triggers would see them, a capture by understanding would not. */
    OPAQUE,
    /** It changes schema objects: refused, or run on the active store alone where {@code ddl=local}. */
    DDL,
    /** It could change rows unseen, or was not understood. */
    REFUSE,
    /** It is Baton's own and never reaches a store. */
    UPGRADE
}
