package org.batonjdbc.driver.jdbc;

import java.sql.SQLException;

/** What a statement does with its delegate, once it may. */
@FunctionalInterface
interface Work<S, T> {
    T with(S delegate) throws SQLException;
}
