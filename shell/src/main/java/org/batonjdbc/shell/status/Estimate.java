package org.batonjdbc.shell.status;

import java.time.Duration;
import java.util.Optional;

/** How long a copy may still take, from how fast it has been since it was first seen. For one thread. */
public final class Estimate {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

    private long firstTime;
    private long firstRows = -1;

    /** Takes the status of that time; empty while nothing can be said. */
    public Optional<Duration> remaining(UpgradeStatus status, long nanoTime) {
        if (!status.isCopying() || status.rowsCopied() < firstRows) {
            firstRows = -1;
            return Optional.empty();
        }
        if (firstRows < 0) {
            firstRows = status.rowsCopied();
            firstTime = nanoTime;
        }
        long rows = status.rowsCopied() - firstRows;
        long nanos = nanoTime - firstTime;
        if (rows == 0 || nanos < LONG_ENOUGH.toNanos()) {
            return Optional.empty();
        }
        long missing = Math.max(0, status.rowsTotal() - status.rowsCopied());
        return Optional.of(Duration.ofNanos((long) ((double) nanos / rows * missing)));
    }

    /** The same as people say it; empty while nothing can be said. */
    public String text(UpgradeStatus status, long nanoTime) {
        return remaining(status, nanoTime)
                .map(time -> ", about " + spoken(time) + " left")
                .orElse("");
    }

    private static String spoken(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
