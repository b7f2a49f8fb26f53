package org.batonjdbc.shell.session;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A statement that runs, for the thread that cancels it. Engines forget a cancel that comes before they have begun with the
 * statement, so it is repeated until the statement is over, or for some seconds: what an engine cannot cancel goes on.
 */
final class Cancellable {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MOST = 50;

    private final Statement statement;
    private final CountDownLatch over = new CountDownLatch(1);

    Cancellable(Statement statement) {
        this.statement = statement;
    }

    /** The statement is no longer running. */
    void end() {
        over.countDown();
    }

    /** Cancels it; a failure to do so is thrown unless the statement was over by then. */
    void cancel() throws SQLException {
        try {
            for (int i = 0; i < MOST && over.getCount() > 0; i++) {
                statement.cancel();
                if (over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (SQLException e) {
            if (over.getCount() > 0) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
