package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** An HTML table without a page around it. Nulls are cells of class {@code null}. */
final class HtmlPrinter implements ResultPrinter {
    private final Writer out;
    private final Look look;
    private List<Column> columns = List.of();

    HtmlPrinter(Writer out, Look look) {
        this.out = out;
        this.look = look;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        this.columns = columns;
        out.append("<table>\n<thead>\n<tr>");
        for (Column column : columns) {
            out.append("<th>").append(escaped(column.label())).append("</th>");
        }
        out.append("</tr>\n</thead>\n<tbody>\n");
    }

    @Override
    public void row(Object[] values) throws IOException {
        out.append("<tr>");
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                out.append("<td class=\"null\">").append(escaped(look.nullText()));
            } else {
                out.append(columns.get(i).isNumber() ? "<td align=\"right\">" : "<td>")
                        .append(escaped(Cell.text(values[i])).replace("\n", "<br>"));
            }
            out.append("</td>");
        }
        out.append("</tr>\n");
    }

    /** Line ends stay; other control characters, which no HTML may hold, become escapes. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n', '\t' -> escaped.append(c);
                default -> escaped.append(Character.isISOControl(c) ? Cell.line(String.valueOf(c)) : String.valueOf(c));
            }
        }
        return escaped.toString();
    }

    @Override
    public void end(boolean complete) throws IOException {
        out.append("</tbody>\n</table>\n");
    }
}
