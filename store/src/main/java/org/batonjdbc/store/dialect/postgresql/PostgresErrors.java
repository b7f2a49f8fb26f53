package org.batonjdbc.store.dialect.postgresql;

import java.sql.SQLException;
import java.util.Set;

/** What PostgreSQL's exceptions say of a row that is there already, and of a transaction that was given up. */
final class PostgresErrors {
    private static final String DUPLICATE_KEY = "23505";
    /** A serialization failure, and a deadlock. */
    private static final Set<String> GIVEN_UP = Set.of("40001", "40P01");

    private static final String CANCELLED = "57014";

    private PostgresErrors() {}

    static boolean isTimeout(SQLException e) {
        return CANCELLED.equals(e.getSQLState());
    }

    static boolean isDuplicateKey(SQLException e) {
        return DUPLICATE_KEY.equals(e.getSQLState());
    }

    static boolean isSerializationFailure(SQLException e) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            if (GIVEN_UP.contains(each.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
