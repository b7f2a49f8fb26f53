package org.batonjdbc.store.dialect.mariadb;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;

/** What MariaDB's exceptions say, by the server's own numbers. */
final class MariadbErrors {
    /** There is no such database. */
    static final int NO_DATABASE = 1049;
    /** There is nothing that could be revoked, of a schema or of a table. */
    static final Set<Integer> NO_GRANT = Set.of(1141, 1147);
    /** A lock was not to be had in time. */
    static final int LOCK_WAIT = 1205;

    private static final int DUPLICATE_KEY = 1062;
    private static final int DEADLOCK = 1213;
    /** A statement ran longer than it may, or was killed. */
    private static final Set<Integer> CANCELLED = Set.of(1969, 1317);

    private MariadbErrors() {}

    static boolean isDuplicateKey(SQLException e) {
        return e.getErrorCode() == DUPLICATE_KEY;
    }

    static boolean isTimeout(SQLException e) {
        return e instanceof SQLTimeoutException || CANCELLED.contains(e.getErrorCode());
    }

    /** InnoDB has rolled back the whole transaction then. */
    static boolean isSerializationFailure(SQLException e) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            if (each.getErrorCode() == DEADLOCK || "40001".equals(each.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
