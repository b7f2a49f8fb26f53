package org.batonjdbc.store.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What each step of a switchover took, as a table for the log. Used by one thread. */
final class Timetable {
    private final LongSupplier nanos;
    private final List<Row> rows = new ArrayList<>();
    private String step;
    private String figures;
    private long begun;

    /** A table of nothing yet; the clock counts nanoseconds from any origin. */
    Timetable(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Row(String step, String millis, String figures) {}

    /** The step before ends, and this one begins. */
    void begin(String next) {
        end();
        step = next;
        figures = "";
        begun = nanos.getAsLong();
    }

    /** What is worth knowing of the step that runs. */
    void note(String text) {
        figures = text;
    }

    /** The last step ends. */
    void end() {
        if (step != null) {
            double millis = (nanos.getAsLong() - begun) / 1e6;
            rows.add(new Row(step, String.format(Locale.ROOT, "%,.1f", millis), figures));
            step = null;
        }
    }

    /** The step that runs has failed, and the switchover with it. */
    void failed(Throwable reason) {
        if (step != null) {
            figures = "failed: " + reason.getMessage();
            end();
        }
    }

    /** One line for each step, in columns. */
    @Override
    public String toString() {
        int steps = rows.stream().mapToInt(row -> row.step().length()).max().orElse(0);
        int millis = rows.stream().mapToInt(row -> row.millis().length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        for (Row row : rows) {
            String line = String.format(
                    Locale.ROOT,
                    "%n  %-" + steps + "s  %" + millis + "s ms  %s",
                    row.step(),
                    row.millis(),
                    row.figures());
            table.append(line.replaceAll(" +$", ""));
        }
        return table.toString();
    }
}
