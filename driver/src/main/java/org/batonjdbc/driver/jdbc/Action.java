package org.batonjdbc.driver.jdbc;

import java.sql.SQLException;

/** Something that was done to an object of one store, and can be done again to its counterpart at another. */
@FunctionalInterface
interface Action<T> {
    void on(T target) throws SQLException;
}
