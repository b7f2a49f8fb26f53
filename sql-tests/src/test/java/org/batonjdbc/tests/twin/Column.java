package org.batonjdbc.tests.twin;

/**
 * A column.
 *
 * @param name as it is written, in quotes
 * @param clause what follows the type: NOT NULL, DEFAULT, CHECK
 * @param role what may be done with it
 */
record Column(String name, Type type, boolean nullable, String clause, Role role) {
    /** What statements may do with a column, and what of it can be compared. */
    enum Role {
        /** It is like any other. */
        PLAIN,
        /** It is numbered by the engine if no value is given. */
        IDENTITY,
        /** The engine computes it. */
        COMPUTED,
        /** Its default is a random value or the time, so that only the two stores can be compared. */
        UNREPEATABLE
    }

    boolean isWritten() {
        return role == Role.PLAIN || role == Role.IDENTITY;
    }

    boolean isRepeatable() {
        return role != Role.UNREPEATABLE;
    }

    String ddl() {
        return name + (role == Role.IDENTITY ? " " + clause : " " + type.sql() + clause);
    }

    @Override
    public String toString() {
        return name;
    }
}
