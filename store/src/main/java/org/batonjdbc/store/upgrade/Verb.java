package org.batonjdbc.store.upgrade;

import static org.batonjdbc.store.upgrade.Phase.COPYING;
import static org.batonjdbc.store.upgrade.Phase.FAILED;
import static org.batonjdbc.store.upgrade.Phase.IDLE;
import static org.batonjdbc.store.upgrade.Phase.REPLICATING;
import static org.batonjdbc.store.upgrade.Phase.SWITCHED;
import static org.batonjdbc.store.upgrade.Phase.SWITCHING;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operator may ask of an upgrade, and in which phases. Refusals and documentation come out of these lines. */
public enum Verb {
    CHECK(IDLE, COPYING, REPLICATING, SWITCHING, SWITCHED, FAILED),
    START(IDLE),
    STATUS(IDLE, COPYING, REPLICATING, SWITCHING, SWITCHED, FAILED),
    WAIT(COPYING, REPLICATING, SWITCHING, SWITCHED, FAILED, IDLE),
    PAUSE(COPYING, REPLICATING, SWITCHED),
    RESUME(COPYING, REPLICATING, SWITCHED),
    VERIFY(REPLICATING, SWITCHED),
    REPAIR(REPLICATING, SWITCHED),
    REHEARSE(COPYING, REPLICATING),
    SWITCH(REPLICATING),
    REVERSE(SWITCHED),
    COMPLETE(SWITCHED, FAILED),
    CANCEL(COPYING, REPLICATING, FAILED);

    private final Set<Phase> phases;

    Verb(Phase first, Phase... more) {
        phases = EnumSet.of(first, more);
    }

    /** Whether the verb fits the phase. */
    public boolean fits(Phase phase) {
        return phases.contains(phase);
    }

    /** Where the verb is allowed, for messages: {@code REPLICATING or SWITCHED}. */
    String allowedPhases() {
        return phases.stream().map(Phase::name).collect(Collectors.joining(" or "));
    }

    /** Whether it is this verb that ends an upgrade that has, or has not, switched over; true of all others. */
    boolean ends(boolean switchedOver) {
        return this != (switchedOver ? CANCEL : COMPLETE);
    }

    /**
     * The verbs that change something and fit this phase, for messages.
     *
     * @param switchedOver whether the store serves that was built, which a failed upgrade's phase does not tell
     */
    static String fitting(Phase phase, boolean switchedOver) {
        return Arrays.stream(values())
                .filter(verb -> verb.fits(phase) && verb.phases.size() < Phase.values().length)
                .filter(verb -> verb.ends(switchedOver))
                .map(verb -> "UPGRADE " + verb.name().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
