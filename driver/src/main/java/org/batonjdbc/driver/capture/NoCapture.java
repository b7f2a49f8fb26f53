package org.batonjdbc.driver.capture;

import java.sql.Connection;
import java.sql.SQLException;

/** Captures nothing, because nothing is replicated. Stateless. */
public final class NoCapture implements Capture {
    /** What every connection has when no upgrade runs. */
    public static final Capture INSTANCE = new NoCapture();

    private NoCapture() {}

    @Override
    public boolean needsTransaction(boolean changesRows) {
        return false;
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public void commit(Connection physical) throws SQLException {
        physical.commit();
    }
}
