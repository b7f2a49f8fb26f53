package org.batonjdbc.tests.twin;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.tests.twin.Step.Operation;

/**
 * A random schema and what several connections and an operator do with it.
 *
 * @param temporaries tables that each connection may create for itself
 * @param isolations of the connections, one each
 */
record Scenario(
        long seed,
        boolean inFiles,
        Schema schema,
        List<Temporary> temporaries,
        List<Integer> isolations,
        List<Step> steps) {
    private static final int CONNECTIONS = 3;

    /** The scenario of a seed, always the same. */
    static Scenario of(long seed) {
        Dice dice = new Dice(seed);
        boolean inFiles = dice.chance(15);
        Schema schema = new SchemaMaker(dice).make();
        List<Integer> isolations = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            isolations.add(
                    dice.chance(80)
                            ? Connection.TRANSACTION_READ_COMMITTED
                            : dice.of(Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE));
        }
        SessionMaker sessions = new SessionMaker(dice, schema);
        List<Step> steps = new ArrayList<>();
        boolean switches = dice.chance(60);
        boolean reverses = switches && dice.chance(60);
        // H2 1.4.200 confounds its tables for ever when a query changes rows (see H2FaultsTest), while the twin is new.
        StepMaker first = new StepMaker(dice, schema, sessions, CONNECTIONS, !reverses);
        first.fill(steps);
        first.add(steps, 20, false);
        steps.add(Operation.START);
        first.add(steps, dice.between(0, 40), true);
        steps.add(Operation.WAIT_UNTIL_REPLICATING);
        first.add(steps, dice.between(40, 160), true);
        if (switches) {
            StepMaker second = new StepMaker(dice, schema, sessions, CONNECTIONS, true);
            steps.add(Operation.SWITCH);
            second.add(steps, dice.between(40, 120), true);
            if (reverses) {
                steps.add(Operation.REVERSE);
                first.add(steps, dice.between(20, 80), true);
            }
        }
        return new Scenario(seed, inFiles, schema, sessions.temporaries(), List.copyOf(isolations), List.copyOf(steps));
    }

    Scenario with(List<Step> others) {
        return new Scenario(seed, inFiles, schema, temporaries, isolations, List.copyOf(others));
    }

    @Override
    public String toString() {
        return "seed " + seed + (inFiles ? ", in files" : "") + ", isolations " + isolations + "\n"
                + String.join("\n", schema.ddl()) + "\n"
                + steps.stream().map(Step::toString).collect(joining("\n"));
    }
}
