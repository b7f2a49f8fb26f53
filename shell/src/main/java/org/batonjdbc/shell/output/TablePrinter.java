package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns. Rows are kept until there are {@value #WINDOW}, then measured and printed; should a later window need
 * wider columns, the heading is printed again above it.
 */
final class TablePrinter implements ResultPrinter {
    static final int WINDOW = 1000;

    private final Writer out;
    private final Look look;
    private final List<Object[]> window = new ArrayList<>();
    private List<Column> columns = List.of();
    private int[] widths = {};
    private boolean headed;
    private long rows;

    TablePrinter(Writer out, Look look) {
        this.out = out;
        this.look = look;
    }

    @Override
    public void begin(List<Column> columns) {
        this.columns = columns;
        widths = columns.stream()
                .mapToInt(column -> Width.of(Cell.line(column.label())))
                .toArray();
    }

    @Override
    public void row(Object[] values) throws IOException {
        window.add(values);
        rows++;
        if (window.size() == WINDOW) {
            printWindow();
        }
    }

    @Override
    public void end(boolean complete) throws IOException {
        printWindow();
        out.append('(')
                .append(String.valueOf(rows))
                .append(rows == 1 ? " row" : " rows")
                .append(complete ? "" : ", incomplete")
                .append(")\n");
    }

    private void printWindow() throws IOException {
        boolean wider = false;
        for (Object[] values : window) {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == null ? null : Cell.line(values[i]);
                int width = Width.of(values[i] == null ? look.nullText() : (String) values[i]);
                if (width > widths[i]) {
                    widths[i] = width;
                    wider = true;
                }
            }
        }
        if (wider || !headed) {
            printHeading();
        }
        for (Object[] values : window) {
            printRow(values);
        }
        window.clear();
    }

    private void printHeading() throws IOException {
        for (int i = 0; i < widths.length; i++) {
            String label = Cell.line(columns.get(i).label());
            out.append(i == 0 ? " " : "| ").append(look.heading());
            pad(label, label, i, columns.get(i).isNumber());
            out.append(look.reset()).append(i == widths.length - 1 ? "" : " ");
        }
        out.append('\n');
        for (int i = 0; i < widths.length; i++) {
            out.append(i == 0 ? "" : "+");
            Width.fill(out, '-', widths[i] + 2);
        }
        out.append('\n');
        headed = true;
    }

    private void printRow(Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            out.append(i == 0 ? " " : "| ");
            if (values[i] == null) {
                String shown = look.faint() + look.nullText() + look.reset();
                pad(look.nullText(), shown, i, columns.get(i).isNumber());
            } else {
                pad((String) values[i], (String) values[i], i, columns.get(i).isNumber());
            }
            out.append(i == widths.length - 1 ? "" : " ");
        }
        out.append('\n');
    }

    /** Nothing follows the last column, so nothing fills it up either: lines carry no spaces at their end. */
    private void pad(String text, String shown, int column, boolean right) throws IOException {
        int missing = widths[column] - Width.of(text);
        if (right) {
            Width.fill(out, ' ', missing);
        }
        out.append(shown);
        if (!right && column < widths.length - 1) {
            Width.fill(out, ' ', missing);
        }
    }
}
