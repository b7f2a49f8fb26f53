package org.batonjdbc.shell.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of a demo.
 *
 * @param rowsAtFirst how many rows the shop was filled with
 * @param errors what the writers saw
 */
record Report(
        long rowsAtFirst,
        Comparison comparison,
        Tempo tempo,
        Outcome outcome,
        List<Exception> errors,
        String engineBefore,
        String engineAfter) {
    /** Whether the demo shows what it should: the engine changed, nothing was lost, and no writer noticed. */
    boolean isGood() {
        return outcome.isGood() && comparison.wrong() == 0 && errors.isEmpty();
    }

    void print(PrintStream out) {
        line(out, "engine", engineBefore + " before, " + engineAfter + " after");
        line(out, "rows", number(rowsAtFirst) + " at first, " + number(comparison.rows()) + " at the end");
        line(
                out,
                "transactions",
                number(tempo.commits(Stage.BEFORE)) + " committed before, "
                        + number(tempo.commits(Stage.DURING) + tempo.commits(Stage.SWITCHOVER)) + " during, "
                        + number(tempo.commits(Stage.AFTER)) + " after");
        line(out, "longest pause", millis(tempo.longest()) + " that any writer saw:");
        line(
                out,
                "",
                millis(tempo.longest(Stage.BEFORE)) + " before, " + millis(tempo.longest(Stage.DURING)) + " during, "
                        + millis(tempo.longest(Stage.SWITCHOVER)) + " at the switchover, "
                        + millis(tempo.longest(Stage.AFTER)) + " after");
        if (outcome.isGood()) {
            line(out, "gate closed", String.format(Locale.ROOT, "%.1f ms", outcome.heldMillis()));
        }
        line(
                out,
                "rows lost",
                number(comparison.lost()) + " (and " + number(comparison.resurrected()) + " that came back, "
                        + number(comparison.stale()) + " stale)");
        line(out, "errors", number(errors.size()) + " that writers saw");
        errors.stream().limit(5).forEach(error -> out.println("    " + error));
        if (!outcome.isGood()) {
            line(out, "failed", outcome.failure());
        }
        out.flush();
    }

    private static void line(PrintStream out, String label, String text) {
        out.printf(Locale.ROOT, "%-15s%s%n", label, text);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
