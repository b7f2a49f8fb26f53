package org.batonjdbc.store.preflight;

import java.sql.Connection;
import java.sql.SQLException;

/** Whose a store is that is to become the upgraded one, as its control row tells. */
public enum Tenant {
    /** It has no control row. */
    NOBODY,
    /** A cancelled or broken upgrade of the same pair has left what it holds; it may go. */
    SAME_PAIR,
    /** Another pair builds it, or has it as its active store. */
    OTHER_PAIR;

    /** Reads the control row of a store; what it is, preflight does not know. */
    @FunctionalInterface
    public interface Reader {
        Tenant of(Connection upgraded) throws SQLException;
    }
}
