package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MeaningTest {
    @TestFactory
    Stream<DynamicTest> everyStatementMeansWhatTheTableSays() throws IOException {
        return Expectation.all().stream()
                .map(expected -> dynamicTest(expected.syntax() + " " + expected.sql(), () -> {
                    Meaning meaning = Meaning.of(expected.sql(), expected.syntax());

                    assertThat(Expectation.of(expected.syntax(), expected.sql(), meaning))
                            .isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> lettersAndBlanksDoNotChangeTheMeaning() throws IOException {
        return Expectation.all().stream()
                .filter(row -> row.kind() != StatementKind.UNKNOWN)
                .map(row -> dynamicTest(row.syntax() + " " + row.sql(), () -> {
                    String spaced = "\n /* a\nb */ " + row.sql() + "\n-- end";

                    Meaning meaning = Meaning.of(spaced, row.syntax());

                    assertThat(Expectation.of(row.syntax(), row.sql(), meaning)).isEqualTo(row);
                }));
    }
}
