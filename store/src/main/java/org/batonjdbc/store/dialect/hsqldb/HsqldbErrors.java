package org.batonjdbc.store.dialect.hsqldb;

import java.sql.SQLException;

/** What HSQLDB's exceptions say about a row that is there already, a transaction that was given up, a store that is not there. */
final class HsqldbErrors {
    private static final String DUPLICATE_KEY = "23505";
    private static final String ROLLBACK_CLASS = "40";
    private static final int NO_SUCH_DATABASE = -465;

    private static final int LOCKED_BY_OTHER_PROCESS = -451;

    private HsqldbErrors() {}

    static boolean isDuplicateKey(SQLException e) {
        return DUPLICATE_KEY.equals(e.getSQLState());
    }

    static boolean isAbsent(SQLException e) {
        return e.getErrorCode() == NO_SUCH_DATABASE;
    }

    static boolean isInUse(SQLException e) {
        return e.getErrorCode() == LOCKED_BY_OTHER_PROCESS;
    }

    static boolean isSerializationFailure(SQLException e) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            if (each.getSQLState() != null && each.getSQLState().startsWith(ROLLBACK_CLASS)) {
                return true;
            }
        }
        return false;
    }
}
