package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.batonjdbc.store.SqlState;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void theTableOfOptionsIsTheEnum() throws IOException {
        String expected = String.join(
                "\n",
                Arrays.stream(Option.values())
                        .map(option -> "| `%s` | %s | %s | %s |"
                                .formatted(
                                        option.key(),
                                        option.kind().allowed(),
                                        Objects.toString(option.defaultText(), "none"),
                                        option.meaning()))
                        .toList());

        assertThat(readme()).contains(expected);
    }

    @Test
    void everyStateOfAnErrorIsExplained() throws IOException {
        for (SqlState state : SqlState.values()) {
            assertThat(readme()).contains("| " + state.code() + " |");
        }
    }
}
