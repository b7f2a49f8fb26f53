package org.batonjdbc.store.dialect.h2;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What H2's exceptions say about a row that is there already, a transaction that was given up, and a store that is not there. */
final class H2Errors {
    private static final int DUPLICATE_KEY = 23505;
    private static final int DEADLOCK = 40001;
    private static final int NOT_FOUND = 90013;
    private static final int NOT_FOUND_IF_EXISTS = 90146;
    private static final int IN_USE = 90020;
    private static final int CONCURRENT_UPDATE = 90131;
    /** 1.4.200 reports some lost races inside its store as a general error. */
    private static final int GENERAL_ERROR = 50000;

    private H2Errors() {}

    static boolean isDuplicateKey(SQLException e) {
        return any(e, found -> found.getErrorCode() == DUPLICATE_KEY, new HashSet<>());
    }

    static boolean isAbsent(SQLException e) {
        return e.getErrorCode() == NOT_FOUND || e.getErrorCode() == NOT_FOUND_IF_EXISTS;
    }

    static boolean isInUse(SQLException e) {
        return e.getErrorCode() == IN_USE;
    }

    static boolean isSerializationFailure(SQLException e) {
        return any(
                e,
                found -> found.getErrorCode() == DEADLOCK
                        || found.getErrorCode() == CONCURRENT_UPDATE
                        || found.getErrorCode() == GENERAL_ERROR
                        || "40001".equals(found.getSQLState()),
                new HashSet<>());
    }

    /** Looks along both chains, next exceptions and causes; seen stops at loops. */
    private static boolean any(Throwable e, Predicate<SQLException> wanted, Set<Throwable> seen) {
        if (e == null || !seen.add(e)) {
            return false;
        }
        if (e instanceof SQLException found && (wanted.test(found) || any(found.getNextException(), wanted, seen))) {
            return true;
        }
        return any(e.getCause(), wanted, seen);
    }
}
