package org.batonjdbc.driver.jdbc;

import java.sql.SQLException;

/** Runs every step of closing something, whatever fails, and reports the first failure with the others attached. */
final class Closing {
    private SQLException failure;

    /** One step. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    void run(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
    }

    void end() throws SQLException {
        if (failure != null) {
            throw failure;
        }
    }
}
