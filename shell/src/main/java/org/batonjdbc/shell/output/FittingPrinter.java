package org.batonjdbc.shell.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A table where it fits the screen, else a line for each value; the first rows decide for the whole result. */
public final class FittingPrinter implements ResultPrinter {
    private final ResultPrinter table;
    private final ResultPrinter vertical;
    private final int screenWidth;
    private final Look look;
    private final List<Object[]> kept = new ArrayList<>();
    private List<Column> columns = List.of();
    private ResultPrinter chosen;

    public FittingPrinter(ResultPrinter table, ResultPrinter vertical, int screenWidth, Look look) {
        this.table = table;
        this.vertical = vertical;
        this.screenWidth = screenWidth;
        this.look = look;
    }

    @Override
    public void begin(List<Column> columns) {
        this.columns = columns;
    }

    @Override
    public void row(Object[] values) throws IOException {
        if (chosen != null) {
            chosen.row(values);
            return;
        }
        kept.add(values);
        if (kept.size() == TablePrinter.WINDOW) {
            choose();
        }
    }

    @Override
    public void end(boolean complete) throws IOException {
        if (chosen == null) {
            choose();
        }
        chosen.end(complete);
    }

    private void choose() throws IOException {
        // a heading alone is printed as a table, however wide: there is no value to list
        chosen = kept.isEmpty() || tableWidth() <= screenWidth ? table : vertical;
        chosen.begin(columns);
        for (Object[] values : kept) {
            chosen.row(values);
        }
        kept.clear();
    }

    private int tableWidth() {
        int width = -1; // bars stand between columns only
        for (int i = 0; i < columns.size(); i++) {
            int widest = Width.of(Cell.line(columns.get(i).label()));
            for (Object[] values : kept) {
                widest = Math.max(widest, Width.of(values[i] == null ? look.nullText() : Cell.line(values[i])));
            }
            width += widest + 3;
        }
        return width;
    }
}
