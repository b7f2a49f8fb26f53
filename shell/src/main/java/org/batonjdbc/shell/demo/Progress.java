package org.batonjdbc.shell.demo;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.shell.status.UpgradeStatus;

/**
 * Says once a second where the upgrade and the writers stand: on a terminal in one line that is written over, elsewhere
 * in a line each. Its thread prints the progress, other threads what happens in between; a lock keeps lines whole.
 */
final class Progress implements AutoCloseable {
    private static final Duration LAST_STATUS = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean onTerminal;
    private final Connection connection;
    private final Tempo tempo;
    private final long begin = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::reportUntilClosed, "progress");
    private long lastCommits;
    private long lastTime = begin;

    private Progress(PrintStream out, boolean onTerminal, Connection connection, Tempo tempo) {
        this.out = out;
        this.onTerminal = onTerminal;
        this.connection = connection;
        this.tempo = tempo;
    }

    /** Begins to report; the connection is its own from now on, and closed with it. */
    static Progress start(PrintStream out, boolean onTerminal, Connection connection, Tempo tempo) {
        Progress progress = new Progress(out, onTerminal, connection, tempo);
        progress.thread.setDaemon(true);
        progress.thread.start();
        return progress;
    }

    /** Prints what stays on the screen. */
    synchronized void say(String line) {
        out.println((onTerminal ? CLEAR_LINE : "") + time() + line);
    }

    private void reportUntilClosed() {
        try {
            while (!closed.await(onTerminal ? 250 : 1000, TimeUnit.MILLISECONDS)) {
                print(time() + upgrade() + commits());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void print(String line) {
        if (onTerminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    private String time() {
        return String.format(Locale.ROOT, "%5.1f s  ", (System.nanoTime() - begin) / 1e9);
    }

    private String upgrade() {
        try {
            return UpgradeStatus.read(connection).progress();
        } catch (SQLException e) {
            return "no status: " + e.getMessage();
        }
    }

    private String commits() {
        long now = System.nanoTime();
        long commits = tempo.commits();
        double rate = (commits - lastCommits) * 1e9 / (now - lastTime);
        lastCommits = commits;
        lastTime = now;
        return String.format(
                Locale.ROOT,
                "; %,.0f transactions/s, the longest %,d ms",
                rate,
                tempo.longestOfLate().toMillis());
    }

    @Override
    public void close() throws SQLException {
        closed.countDown();
        try {
            thread.join(LAST_STATUS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (onTerminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        connection.close();
    }
}
