package org.batonjdbc.shell.demo;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the writers' transactions and keeps the longest, from asking for a connection to the acknowledged commit, for
 * each stage. Shared by all threads: the stage is volatile, the counters are concurrent.
 */
final class Tempo {
    private final Map<Stage, LongAdder> commits = new EnumMap<>(Stage.class);
    private final Map<Stage, LongAccumulator> longest = new EnumMap<>(Stage.class);
    private final LongAccumulator recent = new LongAccumulator(Math::max, 0);
    private volatile Stage stage = Stage.BEFORE;

    Tempo() {
        for (Stage each : Stage.values()) {
            commits.put(each, new LongAdder());
            longest.put(each, new LongAccumulator(Math::max, 0));
        }
    }

    Stage stage() {
        return stage;
    }

    void enter(Stage next) {
        stage = next;
    }

    /** Notes an acknowledged commit. A transaction that met the switchover at either end counts for the switchover. */
    void committed(Stage begun, long nanos) {
        Stage now = stage;
        Stage counted = begun == Stage.SWITCHOVER ? begun : now;
        if (begun == Stage.DURING && now == Stage.AFTER) {
            counted = Stage.SWITCHOVER;
        }
        commits.get(counted).increment();
        longest.get(counted).accumulate(nanos);
        recent.accumulate(nanos);
    }

    long commits(Stage counted) {
        return commits.get(counted).sum();
    }

    long commits() {
        return commits.values().stream().mapToLong(LongAdder::sum).sum();
    }

    Duration longest(Stage counted) {
        return Duration.ofNanos(longest.get(counted).get());
    }

    Duration longest() {
        return Duration.ofNanos(
                longest.values().stream().mapToLong(LongAccumulator::get).max().orElse(0));
    }

    /** The longest transaction since this was asked last. */
    Duration longestOfLate() {
        return Duration.ofNanos(recent.getThenReset());
    }
}
