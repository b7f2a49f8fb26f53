package org.batonjdbc.shell.status;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks where the upgrade stands, again and again, on a connection of its own and in a thread of its own, in which the
 * listener is told. A connection that fails is opened anew with the next question.
 */
public final class StatusFeed implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(15);

    private final Source source;
    private final Listener listener;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::askUntilClosed, "baton-status");
    private Connection connection;

    private StatusFeed(Source source, Listener listener, Duration interval) {
        this.source = source;
        this.listener = listener;
        this.interval = interval;
    }

    /** Where the connection comes from. */
    @FunctionalInterface
    public interface Source {
        Connection connect() throws Exception;
    }

    /** Who wants to know; called by the feed's thread alone. */
    public interface Listener {
        void status(UpgradeStatus status);

        /** There was no answer this time. */
        default void noStatus(@SuppressWarnings("unused") Exception why) {
            // an upgrade that is under way may be busy with its switchover, and the next question is near
        }
    }

    /** Begins to ask; the first answer comes after the first interval. */
    public static StatusFeed start(Source source, Duration interval, Listener listener) {
        StatusFeed feed = new StatusFeed(source, listener, interval);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    private void askUntilClosed() {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void ask() {
        try {
            if (connection == null) {
                connection = source.connect();
            }
            UpgradeStatus status = UpgradeStatus.read(connection);
            if (closed.getCount() > 0) {
                listener.status(status);
            }
        } catch (Exception e) {
            // Whatever a driver or a process that ends throws: the status line goes, and the next look tries again.
            disconnect();
            listener.noStatus(e);
        }
    }

    private void disconnect() {
        Connection closing = connection;
        connection = null;
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (SQLException e) {
            listener.noStatus(e);
        }
    }

    /** Tells the listener nothing more, and waits for the thread to end, unless that takes long. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
