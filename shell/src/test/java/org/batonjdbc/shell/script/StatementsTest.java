package org.batonjdbc.shell.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.batonjdbc.driver.sql.Syntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each line of {@code statements.txt} is a case: the syntax, the text with {@code ⏎} for line ends, an arrow, and what it
 * is cut into, each in brackets: {@code [..]} a statement, {@code [..]G} one whose rows are wanted vertically, {@code [..}
 * what has begun and is not ended.
 */
final class StatementsTest {
    static Stream<String> cases() throws IOException {
        try (InputStream file = StatementsTest.class.getResourceAsStream("statements.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("##")).toList().stream();
        }
    }

    @Test
    void thereAreAHundredCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTextIsCutWhereItsStatementsEnd(String line) {
        int blank = line.indexOf(' ');
        String[] parts = line.substring(blank + 1).split(" => ", 2);

        Statements statements = Statements.in(parts[0].replace("⏎", "\n"), Syntax.valueOf(line.substring(0, blank)));

        List<String> shown = new ArrayList<>();
        for (Statements.Located statement : statements.complete()) {
            shown.add("[" + statement.text() + "]" + (statement.vertical() ? "G" : ""));
        }
        if (statements.rest() != null) {
            shown.add("[" + statements.rest().text());
        }
        assertThat(String.join(" ", shown).replace("\n", "⏎")).isEqualTo(parts[1].strip());
    }
}
