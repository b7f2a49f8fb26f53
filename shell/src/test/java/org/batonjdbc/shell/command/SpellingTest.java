package org.batonjdbc.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpellingTest {
    private static final List<String> WORDS = List.of("timing", "watch", "conninfo", "SWITCH", "START", "STATUS");

    @Test
    void aSlipOfTheFingerIsUnderstood() {
        assertThat(Spelling.nearest("wacth", WORDS)).contains("watch");
        assertThat(Spelling.nearest("tming", WORDS)).contains("timing");
        assertThat(Spelling.nearest("swich", WORDS)).contains("SWITCH");
        assertThat(Spelling.nearest("statsu", WORDS)).contains("STATUS");
    }

    @Test
    void anotherWordIsNotGuessedAt() {
        assertThat(Spelling.nearest("frobnicate", WORDS)).isEmpty();
        assertThat(Spelling.nearest("xy", WORDS)).isEmpty();
    }

    @Test
    void swappedLettersAreOneSlip() {
        assertThat(Spelling.distance("watch", "wacth")).isEqualTo(1);
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    }
}
