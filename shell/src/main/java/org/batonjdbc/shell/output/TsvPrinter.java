package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Values between tabs, with a heading. Tabs, line ends and backslashes are escaped, and a null is {@code \N}. */
final class TsvPrinter implements ResultPrinter {
    private final Writer out;

    TsvPrinter(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        row(columns.stream().map(Column::label).toArray());
    }

    @Override
    public void row(Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            out.append(i == 0 ? "" : "\t").append(values[i] == null ? "\\N" : escaped(Cell.text(values[i])));
        }
        out.append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    @Override
    public void end(boolean complete) {
        // nothing ends a file of this kind
    }
}
