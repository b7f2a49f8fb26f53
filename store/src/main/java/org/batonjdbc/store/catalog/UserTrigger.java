package org.batonjdbc.store.catalog;

/**
 * A trigger that users have made.
 *
 * @param name its name, with its schema where the engine has one
 * @param table the table that it watches
 * @param effect what it may do, as far as can be told without running it
 * @param body its source, or the name of its class; for messages
 */
public record UserTrigger(String name, TableName table, Effect effect, String body) {
    /** What a trigger may do. */
    public enum Effect {
        /** It only edits the row for which it fires. */
        OWN_ROW,
        /** It writes other rows, or runs too late to edit its own. */
        OTHER_ROWS,
        /** Whatever it writes, it does not fire for what Baton writes, and what it writes is captured. */
        QUIET,
        /** Its code cannot be looked into. */
        UNKNOWN
    }
}
