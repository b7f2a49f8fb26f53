package org.batonjdbc.driver.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.batonjdbc.store.upgrade.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VerbPageTest {
    @Test
    void everyVerbHasAPage() {
        assertThat(Arrays.stream(VerbPage.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Verb.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void theExampleOfEveryPageCanBeRead(VerbPage page) {
        assertThatCode(() -> VerbPage.check(page.example())).doesNotThrowAnyException();
        assertThat(page.example()).startsWith("UPGRADE " + page);
    }

    @Test
    void whatWouldBeRefusedIsRefusedWithoutBeingRun() {
        assertRefused("upgrade swich", "42601", "SWITCH");
        assertRefused("upgrade switch with (drain_timout = '5s')", "22023", "drain_timeout");
        assertRefused("upgrade switch with (drain_timeout = 'soon')", "22023", "500ms");
        assertRefused("upgrade switch with (on_timeout = 'retry')", "22023", "abort, rollback");
        assertRefused("upgrade wait for replicated", "22023", "REPLICATING");
        assertRefused("upgrade start to 'h2:2.5.252'", "22023", "h2:2.5.252");
    }

    private static void assertRefused(String sql, String state, String message) {
        assertThatThrownBy(() -> VerbPage.check(sql))
                .hasFieldOrPropertyWithValue("SQLState", state)
                .hasMessageContaining(message);
    }
}
