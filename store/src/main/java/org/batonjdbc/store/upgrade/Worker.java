package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.batonjdbc.store.SqlState;

/**
 * The one thread of a pair: it alternates the steps of its work with the commands that others ask of it, so that whatever
 * changes an upgrade happens on one thread and needs no lock.
 *
 * <p>Any thread may {@link #call} and {@link #close}; {@code work} belongs to the worker's own thread.
 */
final class Worker implements AutoCloseable {
    /** How long it rests when a step moved nothing: what is committed then waits that long to be applied. */
    private static final long REST_MILLIS = 1;

    private static final long CLOSE_MILLIS = 10_000;

    private final LinkedBlockingQueue<FutureTask<?>> commands = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private Work work = Work.NONE;

    /** A worker of that name, which is running. */
    static Worker start(String name) {
        Worker worker = new Worker(name);
        worker.thread.start();
        return worker;
    }

    private Worker(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** The thread whose writes to the following store are Baton's own. */
    Thread thread() {
        return thread;
    }

    /** From now on, does this between commands; called by a command. */
    void work(Work newWork) {
        work = newWork;
    }

    /**
     * Runs a command on the worker's thread and returns its result.
     *
     * @throws SQLException what the command threw, as the cause of 55000 if it is an engine's, or 55P03 if it does not end in time; it then goes on if it has begun
     */
    <T> T call(String what, Duration timeout, Callable<T> command) throws SQLException {
        if (closed) {
            throw SqlState.REFUSED.error(what + " cannot run: the pair is closed");
        }
        FutureTask<T> task = new FutureTask<>(command);
        commands.add(task);
        if (closed && commands.remove(task)) {
            // The thread may have ended between the look above and here.
            task.cancel(false);
        }
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw rethrown(what, e.getCause());
        } catch (TimeoutException e) {
            throw unwaited(task, what, "has not ended after " + timeout.toSeconds() + " s", e);
        } catch (CancellationException e) {
            throw SqlState.REFUSED.error(what + " did not run: the pair was closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwaited(task, what, "was interrupted", e);
        }
    }

    /** What has begun goes on; what has not must not happen later, when nobody expects it any more. */
    private SQLException unwaited(FutureTask<?> task, String what, String why, Exception reason) {
        boolean withdrawn = commands.remove(task);
        return SqlState.TIMED_OUT.error(
                what + " " + why
                        + (withdrawn ? " and has not begun; nothing was done" : " and goes on; see UPGRADE STATUS"),
                reason);
    }

    private static SQLException rethrown(String what, Throwable cause) {
        if (cause instanceof SQLException e) {
            // It comes from a connection of the worker's; the caller's is as good as before.
            return SqlState.isKnown(e) ? e : SqlState.REFUSED.error(what + " failed: " + e.getMessage(), e);
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return SqlState.REFUSED.error(what + " failed: " + cause, cause);
    }

    private void run() {
        int moved = 0;
        while (!closed) {
            FutureTask<?> command = next(moved);
            if (command != null) {
                command.run();
            }
            moved = closed ? 0 : work.step();
        }
        for (FutureTask<?> left = commands.poll(); left != null; left = commands.poll()) {
            left.cancel(false);
        }
    }

    private FutureTask<?> next(int moved) {
        try {
            if (moved > 0) {
                return commands.poll();
            }
            return work == Work.NONE ? commands.take() : commands.poll(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only close() interrupts, and it has set closed before.
            return null;
        }
    }

    /** Ends the thread after the step that runs now; gives up waiting for it after ten seconds. */
    @Override
    public void close() {
        closed = true;
        commands.add(new FutureTask<>(() -> null));
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
