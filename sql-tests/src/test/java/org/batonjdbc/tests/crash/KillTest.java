package org.batonjdbc.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that upgrades its store under load is killed, at random moments and at each step of copy, apply, switchover,
 * completion, cancellation and recovery, and the next one goes on, until the upgrade is complete; then it begins again on new
 * stores. Each process first compares what it finds with the ledger of its predecessors.
 *
 * <p>{@code -Dbaton.kill.kills=200} makes it longer, {@code -Dbaton.kill.seed=...} repeats the choices of a run that failed,
 * {@code -Dbaton.kill.step=NAME} kills at that step alone. {@code -Dbaton.kill.idle=true} upgrades nothing, to measure what the
 * engine loses by itself.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("baton.kill.kills", 8);
    private static final long SEED =
            Long.getLong("baton.kill.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final boolean IDLE = Boolean.getBoolean("baton.kill.idle");
    private static final String AT_RANDOM = "at random";
    private static final int LONGEST_MILLIS = 4000;

    /** Steps that are passed again and again; the others are died at when they are passed first. */
    private static final List<String> REPEATED = List.of("CHUNK_", "CHANGES_", "_DURABLE");

    /** Steps that a process passes only if the one before it has died at a certain other. */
    private static final Map<String, String> PRELUDES = Map.of(
            "COPY_BEGUN_AGAIN", "SCHEMA_BUILT",
            "ROLE_RECORDED", "OLD_FENCED",
            "ROLES_FOUND", "CHANGES_WRITTEN",
            "FOLLOWER_RESTORED", "SERVABLE",
            "CAPTURE_RESUMED", "CHANGES_COMMITTED",
            "ABANDONED", "CHUNK_COMMITTED");

    /** Needs a store that fails rather than a process that dies. */
    private static final String NOT_REACHED = "SWITCH_UNDONE";

    private final Random random = new Random(SEED);
    private final Figures figures = new Figures();

    @TempDir
    private Path directory;

    private VictimStores stores;
    private boolean fresh;

    @Test
    void whateverStepAProcessDiesAtTheNextOneLosesNothing() throws Exception {
        try {
            renew();
            // A last store that its engine has torn is no end: an upgrade must have been completed.
            while (figures.kills() < KILLS || !(IDLE || (fresh && figures.upgrades() > 0))) {
                String step = figures.kills() < KILLS ? nextStep() : "";
                String prelude = PRELUDES.get(step);
                if (prelude != null && live(prelude) && step.equals("ABANDONED")) {
                    stores.loseLast();
                }
                live(step);
            }
        } finally {
            System.out.println("kill test with seed " + SEED + ": " + figures);
        }
        assertThat(figures.tornStores())
                .as(
                        "stores torn by their engine, which it does to one in a hundred that are killed, also without Baton")
                .isLessThanOrEqualTo(2 + KILLS / 20);
        assertThat(figures.upgrades()).isGreaterThan(IDLE ? -1 : 0);
    }

    private void renew() throws Exception {
        stores = VictimStores.in(directory);
        fresh = true;
    }

    /** The step that was died at least often, or none for a moment by chance. */
    private String nextStep() throws ReflectiveOperationException {
        String only = System.getProperty("baton.kill.step");
        if (only != null) {
            return only;
        }
        if (IDLE || random.nextInt(3) == 0) {
            return AT_RANDOM;
        }
        List<String> steps = new ArrayList<>(steps());
        Collections.shuffle(steps, random);
        return steps.stream().min(Comparator.comparingInt(figures::kills)).orElseThrow();
    }

    /** By their names in the log: what is inside Baton's modules is not for this one. */
    private static List<String> steps() throws ReflectiveOperationException {
        return Arrays.stream(Class.forName("org.batonjdbc.store.upgrade.Step").getEnumConstants())
                .map(Object::toString)
                .filter(step -> !step.equals(NOT_REACHED))
                .toList();
    }

    /** One process; says whether it was killed. An empty step lets it live to its end. */
    private boolean live(String step) throws Exception {
        boolean atRandom = step.equals(AT_RANDOM);
        boolean repeated = REPEATED.stream().anyMatch(step::contains);
        int time = 1 + (repeated ? random.nextInt(6) : 0);
        boolean first = fresh;
        try (Life life = Life.begin(stores, atRandom ? "" : step, time, random.nextInt(1_000_000))) {
            fresh = false;
            if (atRandom) {
                if (first) {
                    life.awaitReady();
                }
                life.killAfter(random.nextInt(LONGEST_MILLIS));
            }
            int status = life.awaitEnd();
            boolean killed = status == DeathWatch.KILLED;
            figures.life(life.found());
            assertThat(life.complaints())
                    .as("seed " + SEED + ", after " + figures.kills() + " kills, dying at " + step + "; see "
                            + stores.directory() + "\n" + figures)
                    .isEmpty();
            if (status == Victim.TORN) {
                figures.torn();
                renew();
            } else if (killed) {
                figures.killed(step);
            } else {
                figures.upgrade(Oracle.of(stores.directory().resolve("ledger"), Victim.CLERKS)
                        .committed());
                renew();
            }
            return killed;
        }
    }
}
