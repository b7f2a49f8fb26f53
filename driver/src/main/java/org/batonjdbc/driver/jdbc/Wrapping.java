package org.batonjdbc.driver.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.batonjdbc.store.SqlState;

/** How Baton's objects are unwrapped: the object itself, then what it stands for, then what that wraps. */
final class Wrapping {
    private Wrapping() {}

    static <T> T unwrap(Wrapper self, Wrapper delegate, Class<T> type) throws SQLException {
        if (type.isInstance(self)) {
            return type.cast(self);
        }
        if (type.isInstance(delegate)) {
            return type.cast(delegate);
        }
        if (delegate == null) {
            throw SqlState.REFUSED.error("this object wraps nothing that is a " + type.getName());
        }
        return delegate.unwrap(type);
    }

    static boolean wraps(Wrapper self, Wrapper delegate, Class<?> type) throws SQLException {
        return type.isInstance(self) || type.isInstance(delegate) || (delegate != null && delegate.isWrapperFor(type));
    }
}
