package org.batonjdbc.shell.session;

import java.time.Duration;
import java.util.Locale;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.shell.status.Progress;
import org.batonjdbc.shell.status.StatusFeed;
import org.batonjdbc.shell.status.UpgradeStatus;

/**
 * While a script waits in UPGRADE WAIT FOR, says once a second on standard error where the upgrade stands: in lines, or
 * on a terminal in one that is written over.
 */
final class WaitProgress implements StatusFeed.Listener, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int NARROWEST = 79;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Console console;
    private final Progress progress = new Progress();
    private final long begin = System.nanoTime();
    private StatusFeed feed;

    private WaitProgress(Console console) {
        this.console = console;
    }

    /** Whether a statement waits for an upgrade. */
    static boolean isWait(String sql, Session session) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return session.isPair()
                && lower.contains("wait")
                && lower.contains("upgrade")
                && Meaning.of(sql, session.syntax()).kind() == StatementKind.UPGRADE;
    }

    static WaitProgress start(Console console, Session session) {
        WaitProgress progress = new WaitProgress(console);
        progress.feed = StatusFeed.start(session.another(), INTERVAL, progress);
        return progress;
    }

    @Override
    public void status(UpgradeStatus status) {
        long now = System.nanoTime();
        long seconds = Duration.ofNanos(now - begin).toSeconds();
        String start = "baton: " + seconds + " s  ";
        if (console.isErrTerminal()) {
            // a line that is broken at the edge of the screen could not be written over
            console.err().print(CLEAR_LINE + start + progress.line(status, now, NARROWEST - start.length()));
            console.err().flush();
        } else {
            console.err().println(start + progress.line(status, now));
        }
    }

    @Override
    public void close() {
        feed.close();
        if (console.isErrTerminal()) {
            console.err().print(CLEAR_LINE);
            console.err().flush();
        }
    }
}
