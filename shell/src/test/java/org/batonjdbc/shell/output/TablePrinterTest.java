package org.batonjdbc.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TablePrinterTest {
    private static final List<Column> ONE = List.of(new Column("V", Types.VARCHAR));

    @Test
    void aLaterWindowThatNeedsMoreRoomGetsAHeadingOfItsOwn() throws IOException {
        StringWriter out = new StringWriter();
        TablePrinter printer = new TablePrinter(out, Look.PLAIN);

        printer.begin(ONE);
        for (int i = 0; i < TablePrinter.WINDOW; i++) {
            printer.row(new Object[] {"a"});
        }
        printer.row(new Object[] {"much wider"});
        printer.end(true);

        assertThat(out.toString().lines().filter(" V"::equals)).hasSize(2);
        assertThat(out.toString()).endsWith("------------\n much wider\n(1001 rows)\n");
    }

    @Test
    void aMillionRowsPassThroughWithoutBeingKept() throws IOException {
        long[] longestGap = {0};
        long[] rowsSinceWrite = {0};
        Writer counting = new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) {
                longestGap[0] = Math.max(longestGap[0], rowsSinceWrite[0]);
                rowsSinceWrite[0] = 0;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        TablePrinter printer = new TablePrinter(counting, Look.PLAIN);

        printer.begin(ONE);
        for (int i = 0; i < 1_000_000; i++) {
            rowsSinceWrite[0]++;
            printer.row(new Object[] {"value " + i});
        }
        printer.end(true);

        assertThat(longestGap[0]).isBetween(1L, (long) TablePrinter.WINDOW);
    }

    @Test
    void whatDoesNotFitTheScreenIsPrintedVertically() throws IOException {
        assertThat(fitted(40)).isEqualTo(" V\n------------\n 1234567890\n(1 row)\n");
        assertThat(fitted(12)).startsWith(" V\n");
        assertThat(fitted(11)).startsWith("-- row 1 ");
    }

    private static String fitted(int width) throws IOException {
        StringWriter out = new StringWriter();
        ResultPrinter printer = new FittingPrinter(
                new TablePrinter(out, Look.PLAIN), new VerticalPrinter(out, Look.PLAIN), width, Look.PLAIN);
        printer.begin(ONE);
        printer.row(new Object[] {"1234567890"});
        printer.end(true);
        return out.toString();
    }
}
