package org.batonjdbc.store.upgrade;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log how far an upgrade is: every few seconds while it copies, and at each change of phase. Used by the worker. */
final class ProgressLine {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLine.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final String pair;
    private final Clock clock;
    private long toldAt;
    private long rowsThen;

    ProgressLine(String pair, Clock clock) {
        this.pair = pair;
        this.clock = clock;
    }

    /** The phase has changed. */
    void changed(Phase from, Status now, String why) {
        LOG.info("pair {}: {} -> {}: {}; {}", pair, from, now.phase(), why, figures(now));
        toldAt = clock.millis();
        rowsThen = now.rowsCopied();
    }

    /** Whether it is time to say something again, if the copy runs. */
    boolean isDue() {
        return clock.millis() - toldAt >= EVERY.toMillis();
    }

    /** A while of copying has passed. */
    void copying(Status now) {
        long millis = clock.millis() - toldAt;
        LOG.info("pair {}: {}", pair, copied(now, (now.rowsCopied() - rowsThen) * 1000.0 / millis));
        toldAt = clock.millis();
        rowsThen = now.rowsCopied();
    }

    /** The copy's figures at so many rows a second. */
    static String copied(Status now, double rate) {
        long left = Math.max(0, now.rowsTotal() - now.rowsCopied());
        String time = rate < 1 ? "at a standstill" : String.format(Locale.ROOT, "%,d s left", Math.round(left / rate));
        return String.format(
                Locale.ROOT,
                "COPYING: %,d of %,d rows, %,.0f rows/s, %s; %s",
                now.rowsCopied(),
                now.rowsTotal(),
                rate,
                time,
                changes(now));
    }

    private static String figures(Status now) {
        return String.format(
                Locale.ROOT, "%,d of %,d rows copied; %s", now.rowsCopied(), now.rowsTotal(), changes(now));
    }

    private static String changes(Status now) {
        return String.format(
                Locale.ROOT,
                "%,d changes applied, %,d pending, lag %,d ms",
                now.changesApplied(),
                now.changesPending(),
                now.lagMillis());
    }
}
