package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A Markdown table, row by row and not aligned, since whatever renders it does that. */
final class MarkdownPrinter implements ResultPrinter {
    private final Writer out;
    private final Look look;

    MarkdownPrinter(Writer out, Look look) {
        this.out = out;
        this.look = look;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        for (Column column : columns) {
            out.append("| ").append(escaped(column.label())).append(' ');
        }
        out.append("|\n");
        for (Column column : columns) {
            out.append(column.isNumber() ? "| ---: " : "| --- ");
        }
        out.append("|\n");
    }

    @Override
    public void row(Object[] values) throws IOException {
        for (Object value : values) {
            out.append("| ")
                    .append(value == null ? look.nullText() : escaped(Cell.text(value)))
                    .append(' ');
        }
        out.append("|\n");
    }

    private static String escaped(String text) {
        String marked = text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("\r\n", "<br>")
                .replace("\n", "<br>");
        return Cell.line(marked);
    }

    @Override
    public void end(boolean complete) throws IOException {
        out.append('\n'); // without it, what follows would belong to the table
    }
}
