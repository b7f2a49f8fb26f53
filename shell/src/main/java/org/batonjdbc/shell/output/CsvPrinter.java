package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/** Comma-separated values with a heading. A null is an empty field, and an empty string a pair of quotes. */
final class CsvPrinter implements ResultPrinter {
    private static final CSVFormat PLAIN = CSVFormat.RFC4180
            .builder()
            .setQuoteMode(QuoteMode.MINIMAL)
            .setRecordSeparator('\n')
            .get();
    private static final CSVFormat QUOTED =
            PLAIN.builder().setQuoteMode(QuoteMode.ALL).get();

    private final Writer out;

    CsvPrinter(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        row(columns.stream().map(Column::label).toArray());
    }

    @Override
    public void row(Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            String text = values[i] == null ? null : Cell.text(values[i]);
            // a record that consists of one null would be an empty line, which readers skip
            boolean quote = text == null ? values.length == 1 : text.isEmpty();
            (quote ? QUOTED : PLAIN).print(text, out, i == 0);
        }
        PLAIN.println(out);
    }

    @Override
    public void end(boolean complete) {
        // nothing ends a file of this kind
    }
}
