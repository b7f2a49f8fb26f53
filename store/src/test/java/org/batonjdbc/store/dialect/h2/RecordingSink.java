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

    /** From now on everything is refused in these words. */
    void refuse(String message) {
        refusal = message;
    }

    /** What was reported since the last call. */
    List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        rows.clear();
        return taken;
    }

    /** The new rows (or the old ones of deletes) reported since the last {@link #takeEvents}. */
    List<Object[]> rows() {
        return rows;
    }

    @Override
    public void changed(Table table, Object[] before, Object[] after) {
        check();
        events.add(table.name().name() + " " + Arrays.toString(before) + " -> " + Arrays.toString(after));
        rows.add(after == null ? before : after);
    }

    @Override
    public void statementBegins() {
        check();
        events.add("begin");
    }

    private void check() {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
    }
}
