package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A line for each value, its label before it; for rows that are wider than the screen. */
final class VerticalPrinter implements ResultPrinter {
    private final Writer out;
    private final Look look;
    private List<Column> columns = List.of();
    private int labelWidth;
    private long rows;

    VerticalPrinter(Writer out, Look look) {
        this.out = out;
        this.look = look;
    }

    @Override
    public void begin(List<Column> columns) {
        this.columns = columns;
        for (Column column : columns) {
            labelWidth = Math.max(labelWidth, Width.of(Cell.line(column.label())));
        }
    }

    @Override
    public void row(Object[] values) throws IOException {
        rows++;
        String title = "-- row " + rows + " ";
        out.append(look.faint()).append(title);
        Width.fill(out, '-', Math.max(2, labelWidth + 20 - title.length()));
        out.append(look.reset()).append('\n');
        for (int i = 0; i < values.length; i++) {
            String label = Cell.line(columns.get(i).label());
            out.append(look.heading()).append(label).append(look.reset());
            Width.fill(out, ' ', labelWidth - Width.of(label));
            out.append(" | ");
            if (values[i] == null) {
                out.append(look.faint()).append(look.nullText()).append(look.reset());
            } else {
                printLines(Cell.text(values[i]));
            }
            out.append('\n');
        }
    }

    /** A value of several lines keeps them; each stands behind the bar. */
    private void printLines(String text) throws IOException {
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                out.append('\n');
                Width.fill(out, ' ', labelWidth);
                out.append(" | ");
            }
            out.append(Cell.line(lines[i]));
        }
    }

    @Override
    public void end(boolean complete) throws IOException {
        out.append('(')
                .append(String.valueOf(rows))
                .append(rows == 1 ? " row" : " rows")
                .append(complete ? "" : ", incomplete")
                .append(")\n");
    }
}
