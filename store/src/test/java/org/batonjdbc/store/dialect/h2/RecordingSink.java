package org.batonjdbc.store.dialect.h2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.RowSink;

/** Writes down what triggers report, one line an event: {@code begin}, {@code T null -> [1, a]}. */
final class RecordingSink implements RowSink {
    private final List<String> events = new ArrayList<>();
    private final List<Object[]> rows = new ArrayList<>();
    private String refusal;

    @Override
    public String name() {
        return "recording";
    }

    /** From now on everything is refused in these words. */
    synchronized void refuse(String message) {
        refusal = message;
    }

    /** Waits until another thread has caused this event; at most 20 seconds. */
    synchronized void await(String event) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!events.contains(event)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(event + " did not come, but " + events);
            }
            wait(left);
        }
    }

    /** What was reported since the last call. */
    synchronized List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        rows.clear();
        return taken;
    }

    /** The new rows (or the old ones of deletes) reported since the last {@link #takeEvents}. */
    synchronized List<Object[]> rows() {
        return List.copyOf(rows);
    }

    @Override
    public synchronized void changed(Table table, Object[] before, Object[] after) {
        check();
        events.add(table.name().name() + " " + Arrays.toString(before) + " -> " + Arrays.toString(after));
        rows.add(after == null ? before : after);
        notifyAll();
    }

    @Override
    public synchronized void statementBegins() {
        check();
        events.add("begin");
    }

    private void check() {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
    }
}
