package org.batonjdbc.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FormatTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("ID", Types.BIGINT),
            new Column("NAME", Types.VARCHAR),
            new Column("NAME", Types.VARCHAR),
            new Column("TOTAL", Types.DECIMAL),
            new Column("RATIO", Types.DOUBLE),
            new Column("PAID", Types.BOOLEAN),
            new Column("RAW", Types.VARBINARY),
            new Column("TAGS", Types.ARRAY));

    private static final List<Object[]> ROWS = List.of(
            new Object[] {1L, "Ada", "", new BigDecimal("12.50"), 0.5, true, new byte[] {0, (byte) 0xff}, List.of(1, 2)
            },
            new Object[] {null, null, null, null, null, null, null, null},
            new Object[] {
                -20L,
                "東京 👍 e\u0301",
                "two\nlines\tand \"quotes\", a | bar, a \\ and <tags>",
                new BigDecimal("1E+5"),
                Double.NaN,
                false,
                new byte[0],
                Arrays.asList("a", null)
            },
            new Object[] {3L, "(null)", "\u001b[31mred", new BigDecimal("-0.001"), 1e30, true, null, List.of()});

    @ParameterizedTest
    @EnumSource(Format.class)
    void eachFormatPrintsWhatItsGoldenFileShows(Format format) throws IOException {
        accept(format + ".txt", print(format, COLUMNS, ROWS));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void eachFormatPrintsAResultWithoutRows(Format format) throws IOException {
        accept(format + "-empty.txt", print(format, COLUMNS.subList(0, 2), List.of()));
    }

    @Test
    void aTerminalShowsHeadingsAndNullsInTheirOwnStyle() throws IOException {
        StringWriter out = new StringWriter();
        ResultPrinter printer = Format.TABLE.printer(out, Look.TERMINAL);

        printer.begin(List.of(new Column("A", Types.VARCHAR)));
        printer.row(new Object[] {null});
        printer.end(true);

        assertThat(out.toString()).contains("\u001b[1mA\u001b[0m").contains("\u001b[2m(null)\u001b[0m");
    }

    @Test
    void jsonThatEndedEarlyIsNotTakenForAWholeArray() throws IOException {
        StringWriter out = new StringWriter();
        ResultPrinter printer = Format.JSON.printer(out, Look.PLAIN);

        printer.begin(COLUMNS.subList(0, 1));
        printer.row(new Object[] {1L});
        printer.end(false);

        assertThat(out.toString()).isEqualTo("[\n{\"ID\":1}\n");
    }

    static String print(Format format, List<Column> columns, List<Object[]> rows) throws IOException {
        StringWriter out = new StringWriter();
        ResultPrinter printer = format.printer(out, Look.PLAIN);
        printer.begin(columns);
        for (Object[] row : rows) {
            printer.row(row.clone());
        }
        printer.end(true);
        return out.toString();
    }

    /** With {@code -Dbaton.golden.accept=true} the golden files become what is printed. */
    private static void accept(String name, String printed) throws IOException {
        if (Boolean.getBoolean("baton.golden.accept")) {
            Files.writeString(Path.of("src/test/resources/org/batonjdbc/shell/output", name), printed);
        } else {
            assertThat(printed).isEqualTo(golden(name));
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = FormatTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
