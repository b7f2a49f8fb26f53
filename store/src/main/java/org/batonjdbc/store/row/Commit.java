package org.batonjdbc.store.row;

import java.sql.SQLException;

/**
 * Commits what was written to the following store. It is not simply the connection's own method because the active store
 * must not be able to forget what the following one keeps.
 */
@FunctionalInterface
public interface Commit {
    void run() throws SQLException;
}
