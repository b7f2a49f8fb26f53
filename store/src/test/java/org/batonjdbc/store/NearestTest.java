package org.batonjdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {
    private static final List<String> WORDS = List.of("timing", "watch", "conninfo", "SWITCH", "START", "STATUS", "x");

    @Test
    void aSlipOfTheFingerIsUnderstood() {
        assertThat(Nearest.to("wacth", WORDS)).contains("watch");
        assertThat(Nearest.to("tming", WORDS)).contains("timing");
        assertThat(Nearest.to("swich", WORDS)).contains("SWITCH");
        assertThat(Nearest.to("statsu", WORDS)).contains("STATUS");
        assertThat(Nearest.to("xx", WORDS)).contains("x");
    }

    @Test
    void anotherWordIsNotGuessedAt() {
        assertThat(Nearest.to("frobnicate", WORDS)).isEmpty();
        assertThat(Nearest.to("zz", WORDS)).isEmpty();
        assertThat(Nearest.to("z", WORDS)).isEmpty();
        assertThat(Nearest.to("watch", List.of())).isEmpty();
    }

    @Test
    void theNearestIsFoundHoweverFarItIs() {
        assertThat(Nearest.among("frobnicate", List.of("conninfo", "x"))).isPresent();
        assertThat(Nearest.among("frobnicate", List.of())).isEmpty();
    }

    @Test
    void swappedLettersAreOneSlip() {
        assertThat(Nearest.slips("watch", "Wacth")).isEqualTo(1);
        assertThat(Nearest.slips("", "abc")).isEqualTo(3);
    }
}
