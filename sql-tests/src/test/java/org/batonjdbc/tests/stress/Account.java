package org.batonjdbc.tests.stress;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one writer knows to be in the table: for each of its rows, how often it was updated since it was inserted. A
 * transaction's part is kept apart until the store has acknowledged its commit. Used by one thread at a time.
 */
final class Account {
    private static final int ABSENT = -1;

    private final Map<Integer, Integer> committed = new TreeMap<>();
    private Map<Integer, Integer> pending = new HashMap<>();
    private long committedEvents;
    private long pendingEvents;

    /** A place in a transaction to which it can be rolled back. */
    record Mark(Map<Integer, Integer> pending, long events) {}

    boolean has(int id) {
        return pending.getOrDefault(id, committed.getOrDefault(id, ABSENT)) != ABSENT;
    }

    void inserted(int id) {
        pending.put(id, 0);
    }

    void updated(int id) {
        pending.put(id, pending.getOrDefault(id, committed.getOrDefault(id, ABSENT)) + 1);
    }

    void deleted(int id) {
        pending.put(id, ABSENT);
    }

    /** A row with a generated key was added to the other table. */
    void event() {
        pendingEvents++;
    }

    Mark mark() {
        return new Mark(new HashMap<>(pending), pendingEvents);
    }

    void rolledBackTo(Mark mark) {
        pending = new HashMap<>(mark.pending());
        pendingEvents = mark.events();
    }

    void rolledBack() {
        pending.clear();
        pendingEvents = 0;
    }

    void committed() {
        pending.forEach((id, updates) -> {
            if (updates == ABSENT) {
                committed.remove(id);
            } else {
                committed.put(id, updates);
            }
        });
        committedEvents += pendingEvents;
        rolledBack();
    }

    /** Each row that must be there, and how often it was updated. */
    Map<Integer, Integer> rows() {
        return committed;
    }

    long events() {
        return committedEvents;
    }
}
