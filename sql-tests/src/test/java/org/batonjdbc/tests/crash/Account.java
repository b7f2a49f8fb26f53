package org.batonjdbc.tests.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a ledger says of one clerk: the transactions that it has attempted, and which of them were acknowledged. */
final class Account {
    private final TreeMap<Integer, List<String>> attempted = new TreeMap<>();
    private final TreeMap<Integer, Long> committedAt = new TreeMap<>();
    private final TreeMap<Integer, List<String>> touched = new TreeMap<>();
    private int durable;

    /** A transaction has changed rows, and may or may not be committed. */
    void touched(int transaction, List<String> rows) {
        touched.computeIfAbsent(transaction, number -> new ArrayList<>()).addAll(rows);
    }

    void attempted(int transaction, List<String> rows) {
        attempted.put(transaction, rows);
    }

    void committed(int transaction, long at) {
        committedAt.put(transaction, at);
    }

    void durable(int transaction) {
        durable = Math.max(durable, transaction);
    }

    /** A process went on behind this transaction: what was attempted after it has not happened. */
    void begun(int transaction) {
        attempted.tailMap(transaction, false).clear();
        touched.tailMap(transaction, false).clear();
        committedAt.tailMap(transaction, false).clear();
    }

    /** The last transaction that was acknowledged. */
    int committed() {
        return committedAt.isEmpty() ? 0 : committedAt.lastKey();
    }

    /** When the first transaction behind this one was acknowledged; none if there is none. */
    long committedAfter(int transaction) {
        return committedAt.tailMap(transaction, false).firstEntry().getValue();
    }

    /** The last transaction that the engine had written to its file for good. */
    int durable() {
        return durable;
    }

    /** The last transaction of which a commit was attempted. */
    int attempted() {
        return attempted.isEmpty() ? 0 : attempted.lastKey();
    }

    /** The rows that are there if this transaction is the last one that has happened. */
    Set<String> rowsAfter(int transaction) {
        Set<String> rows = new TreeSet<>();
        attempted.headMap(transaction, true).values().forEach(changes -> change(rows, changes));
        return rows;
    }

    private static void change(Set<String> rows, List<String> changes) {
        for (String change : changes) {
            if (change.charAt(0) == '-') {
                rows.remove(change.substring(1));
            } else {
                rows.add(change.substring(1));
            }
        }
    }

    /** The rows, by table and key, that transactions behind this one have touched. */
    Set<String> touchedAfter(int transaction) {
        Set<String> keys = new TreeSet<>();
        for (List<String> changes : touched.tailMap(transaction, false).values()) {
            changes.forEach(change -> keys.add(Shop.key(change.substring(1))));
        }
        return keys;
    }

    /** The identity values that transactions up to this one have drawn, one by one. */
    List<String> drawnUntil(int transaction) {
        List<String> drawn = new ArrayList<>();
        for (List<String> changes : attempted.headMap(transaction, true).values()) {
            Set<String> before = new TreeSet<>();
            for (String change : changes) {
                if (change.startsWith("-" + Shop.ORDER)) {
                    before.add(Shop.key(change.substring(1)));
                }
            }
            for (String change : changes) {
                if (change.startsWith("+" + Shop.ORDER) && !before.contains(Shop.key(change.substring(1)))) {
                    drawn.add(Shop.key(change.substring(1)));
                }
            }
        }
        return drawn;
    }
}
