package org.batonjdbc.shell.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalDouble;

/** How fast rows are being copied and how long that may still take, from what was seen in the last seconds. For one thread. */
public final class Estimate {
    private static final long WINDOW = Duration.ofSeconds(15).toNanos();
    private static final long LONG_ENOUGH = Duration.ofMillis(1500).toNanos();

    private final Deque<Seen> seen = new ArrayDeque<>();

    private record Seen(long rows, long nanoTime) {}

    /** Rows a second; empty while nothing can be said: nothing was copied, or it was not watched for long. */
    OptionalDouble rate(UpgradeStatus status, long nanoTime) {
        if (!status.isCopying() || (!seen.isEmpty() && status.rowsCopied() < seen.getLast().rows)) {
            seen.clear(); // no copy, or another one
        }
        if (!status.isCopying()) {
            return OptionalDouble.empty();
        }
        seen.addLast(new Seen(status.rowsCopied(), nanoTime));
        while (nanoTime - seen.getFirst().nanoTime > WINDOW) {
            seen.removeFirst();
        }
        long rows = status.rowsCopied() - seen.getFirst().rows;
        long nanos = nanoTime - seen.getFirst().nanoTime;
        return rows == 0 || nanos < LONG_ENOUGH ? OptionalDouble.empty() : OptionalDouble.of(rows * 1e9 / nanos);
    }

    /** Takes the status of that time and tells rate and remaining time as people say them; empty while nothing can be said. */
    String text(UpgradeStatus status, long nanoTime) {
        OptionalDouble rate = rate(status, nanoTime);
        if (rate.isEmpty()) {
            return "";
        }
        long missing = Math.max(0, status.rowsTotal() - status.rowsCopied());
        return String.format(
                Locale.ROOT,
                "%,d rows/s, about %s left",
                Math.round(rate.getAsDouble()),
                spoken(Math.round(missing / rate.getAsDouble())));
    }

    private static String spoken(long time) {
        long seconds = Math.max(1, time);
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
