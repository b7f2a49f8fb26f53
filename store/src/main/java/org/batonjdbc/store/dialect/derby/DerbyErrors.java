package org.batonjdbc.store.dialect.derby;

import java.sql.SQLException;
import java.util.Set;

/** What Derby's exceptions say of a row that is there already, a transaction that was given up, a store that is not there. */
final class DerbyErrors {
    /** A second value of a primary key or unique constraint, and of a unique index. */
    private static final Set<String> DUPLICATE_KEY = Set.of("23505", "23500");
    /** A deadlock, and a lock that was not had in time: the statement is undone then, the transaction stays open. */
    private static final String DEADLOCK = "40001";

    private static final Set<String> NO_LOCK_IN_TIME = Set.of("40XL1", "40XL2");
    private static final String CANCELLED = "XCL52";
    private static final String NO_SUCH_DATABASE = "XJ004";
    private static final String BOOTED_ELSEWHERE = "XSDB6";
    private static final Set<String> CLOSED = Set.of("08006", "XJ015");

    private DerbyErrors() {}

    static boolean isDuplicateKey(SQLException e) {
        return is(e, DUPLICATE_KEY);
    }

    static boolean isSerializationFailure(SQLException e) {
        return is(e, Set.of(DEADLOCK)) || is(e, NO_LOCK_IN_TIME);
    }

    static boolean isTimeout(SQLException e) {
        return is(e, NO_LOCK_IN_TIME) || is(e, Set.of(CANCELLED));
    }

    static boolean isAbsent(SQLException e) {
        return is(e, Set.of(NO_SUCH_DATABASE));
    }

    static boolean isInUse(SQLException e) {
        return is(e, Set.of(BOOTED_ELSEWHERE));
    }

    /** A server says of a store that it does not know only what its own engine has said. */
    static boolean isClosed(SQLException e) {
        return is(e, CLOSED);
    }

    private static boolean is(SQLException e, Set<String> states) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            if (states.contains(each.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
