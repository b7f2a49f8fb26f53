package org.batonjdbc.store.preflight;

import java.sql.SQLException;

/** One thing that can stand in an upgrade's way. Implementations are stateless. */
interface Rule {
    /** As it stands in findings, such as {@code primary-key}. */
    String name();

    /** Whether there is anything to look at; where not, another rule has said why. */
    default boolean applies(Facts facts) {
        return true;
    }

    /** Adds what is wrong; nothing if all is well. */
    void check(Facts facts, Findings findings) throws SQLException;

    /** What is so if nothing is wrong. */
    String passed(Facts facts);
}
