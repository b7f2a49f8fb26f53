package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/** Values between separators, with a heading: CSV, where a null is an empty field, and TSV, where it is {@code \N}. */
final class SeparatedPrinter implements ResultPrinter {
    private final Writer out;
    private final CSVFormat format;
    private final CSVFormat emptyString;

    private SeparatedPrinter(Writer out, CSVFormat format, CSVFormat emptyString) {
        this.out = out;
        this.format = format;
        this.emptyString = emptyString;
    }

    static SeparatedPrinter csv(Writer out) {
        CSVFormat minimal = CSVFormat.RFC4180
                .builder()
                .setQuoteMode(QuoteMode.MINIMAL)
                .setRecordSeparator('\n')
                .get();
        // the only mark by which a reader can tell an empty string from a null
        CSVFormat quoted = minimal.builder().setQuoteMode(QuoteMode.ALL).get();
        return new SeparatedPrinter(out, minimal, quoted);
    }

    static SeparatedPrinter tsv(Writer out) {
        CSVFormat format = CSVFormat.MYSQL;
        return new SeparatedPrinter(out, format, format);
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
            (quote ? emptyString : format).print(text, out, i == 0);
        }
        format.println(out);
    }

    @Override
    public void end(boolean complete) {
        // nothing ends a file of this kind
    }
}
