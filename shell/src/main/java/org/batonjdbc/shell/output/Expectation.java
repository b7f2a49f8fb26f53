package org.batonjdbc.shell.output;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a script expects of a result: that in every row a column has one of some values, or none of them. Letters may be
 * of either case.
 *
 * @param unwanted whether the values must not occur
 * @param values in lower case
 */
public record Expectation(String column, boolean unwanted, Set<String> values) {
    /** Told what was found instead; an empty text for what was expected. */
    public static final class Finding {
        private String text = "";

        /** Empty if all was as expected. */
        public String text() {
            return text;
        }

        private void found(String what) {
            if (text.isEmpty()) {
                text = what;
            }
        }
    }

    /** A printer that looks at what it hands on. */
    public ResultPrinter watching(ResultPrinter printer, Finding finding) {
        return new Watching(printer, finding);
    }

    private String wanted() {
        String list = String.join(" or ", values).toUpperCase(Locale.ROOT);
        return unwanted ? "no " + column + " " + list : "every " + column + " to be " + list;
    }

    private final class Watching implements ResultPrinter {
        private final ResultPrinter printer;
        private final Finding finding;
        private int at = -1;
        private long rows;

        Watching(ResultPrinter printer, Finding finding) {
            this.printer = printer;
            this.finding = finding;
        }

        @Override
        public void begin(List<Column> columns) throws IOException {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).label().equalsIgnoreCase(column)) {
                    at = i;
                }
            }
            if (at < 0) {
                finding.found("expected " + wanted() + ", but the result has no column " + column);
            }
            printer.begin(columns);
        }

        @Override
        public void row(Object[] row) throws IOException {
            rows++;
            if (at >= 0) {
                String value = row[at] == null ? "null" : Cell.text(row[at]);
                if (values.contains(value.toLowerCase(Locale.ROOT)) == unwanted) {
                    finding.found("expected " + wanted() + "; row " + rows + " has " + value);
                }
            }
            printer.row(row);
        }

        @Override
        public void end(boolean complete) throws IOException {
            printer.end(complete);
        }
    }
}
