package org.batonjdbc.tests.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.batonjdbc.tests.fixture.Rows;

/**
 * What all acknowledged transactions together have left, whatever a store says. Hands out keys, each of them once: H2 itself
 * loses rows whose key is used again. Shared by all threads, and guarded by its own lock.
 */
final class Ledger {
    private static final int FEW = 10;

    final Recent items = new Recent(FEW);
    final Recent theirChildren = new Recent(FEW);
    final Recent nodes = new Recent(FEW);
    private final AtomicLong keys = new AtomicLong();
    private final Set<Long> inserted = new HashSet<>();
    private final Set<Long> deleted = new HashSet<>();
    private final Map<Long, Integer> added = new HashMap<>();
    private final Set<Long> unsure = new HashSet<>();
    private final Map<Long, Long> children = new HashMap<>();
    private long transactions;

    /** A key that nobody has used. */
    long newKey() {
        return keys.incrementAndGet();
    }

    /** A commit was acknowledged. */
    synchronized void committed(Work work) {
        inserted.addAll(work.inserted);
        deleted.addAll(work.deleted);
        work.added.forEach((key, count) -> added.merge(key, count, Integer::sum));
        unsure.addAll(work.unsure);
        children.putAll(work.children);
        transactions++;
    }

    synchronized long transactions() {
        return transactions;
    }

    /** The oracle; to be asked while nobody writes. */
    synchronized void compareWith(Connection store, String which) throws SQLException {
        Map<Long, Integer> expected = new TreeMap<>();
        for (Long key : inserted) {
            if (!deleted.contains(key) && !children.containsKey(key)) {
                expected.put(key, added.getOrDefault(key, 0));
            }
        }
        Map<Long, Integer> found = new TreeMap<>();
        for (List<Object> row : Rows.of(store, "SELECT id, n FROM item")) {
            found.put((Long) row.get(0), (Integer) row.get(1));
        }
        expected.keySet().removeAll(unsure);
        found.keySet().removeAll(unsure);
        assertThat(differences(expected, found))
                .as("items of the " + which + " store")
                .isEmpty();
        compareChildren(store, which, expected.keySet());
    }

    private static List<String> differences(Map<Long, Integer> expected, Map<Long, Integer> found) {
        Set<Long> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .map(key -> "item " + key + " has n=" + found.get(key) + " instead of " + expected.get(key))
                .toList();
    }

    /** A child whose parent was deleted goes with it, or stays if it came at that very moment: an orphan that H2 lets in. */
    private void compareChildren(Connection store, String which, Set<Long> parents) throws SQLException {
        Set<Long> found = new HashSet<>();
        for (List<Object> row : Rows.of(store, "SELECT id FROM child")) {
            found.add((Long) row.get(0));
        }
        for (Map.Entry<Long, Long> child : children.entrySet()) {
            boolean there = found.remove(child.getKey());
            if (deleted.contains(child.getKey())) {
                assertThat(there)
                        .as("child " + child + " was deleted, on the " + which + " store")
                        .isFalse();
            } else if (parents.contains(child.getValue())) {
                assertThat(there)
                        .as("child " + child + " has its parent, on the " + which + " store")
                        .isTrue();
            }
        }
        assertThat(found)
                .as("children that nobody has inserted, on the " + which + " store")
                .isEmpty();
    }
}
