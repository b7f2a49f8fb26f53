package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.batonjdbc.store.upgrade.Phase.COPYING;
import static org.batonjdbc.store.upgrade.Phase.FAILED;
import static org.batonjdbc.store.upgrade.Phase.IDLE;
import static org.batonjdbc.store.upgrade.Phase.REPLICATING;
import static org.batonjdbc.store.upgrade.Phase.SWITCHED;
import static org.batonjdbc.store.upgrade.Phase.SWITCHING;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final Map<Phase, Set<Phase>> MOVES = Map.of(
            IDLE, EnumSet.of(COPYING),
            COPYING, EnumSet.of(REPLICATING, IDLE, FAILED),
            REPLICATING, EnumSet.of(SWITCHING, IDLE, FAILED),
            SWITCHING, EnumSet.of(SWITCHED, REPLICATING, FAILED),
            SWITCHED, EnumSet.of(SWITCHING, IDLE, FAILED),
            FAILED, EnumSet.of(IDLE));

    @Test
    void aFailedUpgradeIsEndedByTheOneVerbThatFitsTheStoreThatServes() {
        assertThat(Verb.fitting(Phase.FAILED, false)).isEqualTo("UPGRADE CANCEL");
        assertThat(Verb.fitting(Phase.FAILED, true)).isEqualTo("UPGRADE COMPLETE");
        assertThat(Verb.fitting(Phase.SWITCHED, true)).endsWith("UPGRADE COMPLETE");
        assertThat(Verb.fitting(Phase.REPLICATING, false)).endsWith("UPGRADE CANCEL");
    }

    @Test
    void onlyTheseMovesAreAllowed() {
        for (Phase from : Phase.values()) {
            for (Phase to : Phase.values()) {
                assertThat(from.mayBecome(to))
                        .as(from + " to " + to)
                        .isEqualTo(MOVES.get(from).contains(to));
            }
        }
    }

    @Test
    void inEveryPhaseSomeVerbLeadsOn() {
        for (Phase phase : Phase.values()) {
            if (phase != SWITCHING) {
                assertThat(Verb.fitting(phase, false)).as(phase.name()).isNotEmpty();
            }
        }
    }
}
