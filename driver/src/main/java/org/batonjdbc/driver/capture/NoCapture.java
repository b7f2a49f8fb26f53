package org.batonjdbc.driver.capture;

import java.sql.Connection;
import java.sql.SQLException;

/** Captures nothing, because nothing is replicated. Stateless. */
final class NoCapture implements Capture {
    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public boolean needsTransaction(boolean changesRows) {
        return false;
    }

    @Override
    public void admit(Connection physical) {}

    @Override
    public int begin() {
        return 0;
    }

    @Override
    public void end() {}

    @Override
    public void succeeded(int statements) {}

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public void cutTo(int mark) {}

    @Override
    public boolean cutFailedElements(int mark, int[] counts) {
        return true;
    }

    @Override
    public boolean marksElements() {
        return true;
    }

    @Override
    public boolean endsBatchAtFailure() {
        return false;
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public void forget() {}

    @Override
    public void commit(Connection physical) throws SQLException {
        physical.commit();
    }

    @Override
    public void logCommitted(Connection physical) {}

    @Override
    public boolean endsTransaction(SQLException e) {
        return false;
    }
}
