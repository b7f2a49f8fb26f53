package org.batonjdbc.tests.race;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one transaction has done to rows, as far as the ledger wants to know it. None of it depends on the order in which
 * transactions commit: no key is ever used again, and counters are only added to. Used by one thread.
 */
final class Work {
    final Set<Long> inserted = new HashSet<>();
    final Set<Long> deleted = new HashSet<>();
    final Map<Long, Integer> added = new HashMap<>();
    /** Rows of which the engine has not told the truth. */
    final Set<Long> unsure = new HashSet<>();

    /** Children that were inserted, each with its parent. */
    final Map<Long, Long> children = new HashMap<>();

    Work copy() {
        Work copy = new Work();
        copy.inserted.addAll(inserted);
        copy.deleted.addAll(deleted);
        copy.added.putAll(added);
        copy.unsure.addAll(unsure);
        copy.children.putAll(children);
        return copy;
    }
}
