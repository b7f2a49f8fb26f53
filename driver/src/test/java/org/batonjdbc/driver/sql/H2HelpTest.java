package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Reads the examples in H2's own help, which its jar carries: the engine's authors wrote them, not Baton's. */
class H2HelpTest {
    @Test
    void everyCommandInTheHelpIsUnderstood() throws IOException {
        List<String> statements = statements();

        assertThat(statements).hasSizeGreaterThan(160);
        assertThat(statements)
                .filteredOn(sql -> Meaning.of(sql, Syntax.H2).kind() == StatementKind.UNKNOWN)
                .isEmpty();
    }

    @Test
    void nearlyEveryCommandInTheHelpIsReadByTheGrammarToo() throws IOException {
        List<String> statements = statements();

        List<String> refused = statements.stream()
                .filter(sql -> Grammar.outline(sql, Syntax.H2).isEmpty())
                .toList();

        assertThat(refused).as("of %d", statements.size()).hasSizeLessThan(9);
    }

    /** What stands in the EXAMPLE column of the rows about commands, cut into statements. */
    private static List<String> statements() throws IOException {
        List<String> statements = new ArrayList<>();
        for (List<String> row : rows(help())) {
            if (row.size() > 4 && row.get(0).startsWith("Commands")) {
                for (String paragraph :
                        row.get(4).replaceAll("Example \\d+:", "").split("\n\n", -1)) {
                    String text = paragraph.strip() + "\n;";
                    StatementSplitter.split(text, Syntax.H2).statements().stream()
                            .filter(piece -> !piece.isEmpty())
                            .forEach(piece -> statements.add(piece.in(text)));
                }
            }
        }
        return statements;
    }

    private static String help() throws IOException {
        Path jar = Path.of(System.getProperty("baton.engines"), "h2-2.5.252.jar");
        try (ZipFile zip = new ZipFile(jar.toFile());
                InputStream data = zip.getInputStream(zip.getEntry("org/h2/util/data.zip"));
                ZipInputStream inner = new ZipInputStream(new ByteArrayInputStream(data.readAllBytes()))) {
            for (ZipEntry entry = inner.getNextEntry(); entry != null; entry = inner.getNextEntry()) {
                if (entry.getName().endsWith("help.csv")) {
                    return new String(inner.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new IOException("no help.csv in " + jar);
    }

    /** The cells of a file in which quotes are doubled and cells may hold line breaks. */
    private static List<List<String>> rows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append(csv.charAt(++i));
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        return rows;
    }
}
