package org.batonjdbc.shell.status;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said in one line of an upgrade that somebody waits for, in as many words as there is room for. For one thread. */
public final class Progress {
    private final Estimate estimate = new Estimate();

    /** All there is to say of the status of that time. */
    public String line(UpgradeStatus status, long nanoTime) {
        return lines(status, nanoTime).get(0);
    }

    /** The same, as much of it as fits. */
    public String line(UpgradeStatus status, long nanoTime, int room) {
        List<String> lines = lines(status, nanoTime);
        return lines.stream().filter(line -> line.length() <= room).findFirst().orElse(lines.get(lines.size() - 1));
    }

    /** The longest first. */
    private List<String> lines(UpgradeStatus status, long nanoTime) {
        String speed = estimate.text(status, nanoTime);
        if (status.phase().equals("IDLE") || status.phase().equals("FAILED")) {
            return List.of(status.progress());
        }
        String phase = status.phase() + (status.isPaused() ? " (paused)" : "");
        String pending = String.format(Locale.ROOT, "%,d changes pending", status.changesPending());
        if (status.isCopying()) {
            String percent = phase + " " + status.percent() + " %";
            String rows = String.format(Locale.ROOT, "%,d of %,d rows", status.rowsCopied(), status.rowsTotal());
            return List.of(
                    joined(percent, rows, speed, pending),
                    joined(percent, rows, speed),
                    joined(percent, speed),
                    percent);
        }
        String lag = String.format(Locale.ROOT, "lag %,d ms", status.lagMillis());
        return List.of(status.progress(), joined(phase, pending, lag), joined(phase, lag));
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }
}
