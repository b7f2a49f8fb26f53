package org.batonjdbc.shell.demo;

import java.util.HashMap;
import java.util.Map;

/**
 * What one writer knows of its rows because their commits were acknowledged: the version of each, or that it is deleted.
 * The writer's thread fills it; others may read it once that thread has ended.
 */
final class Ledger {
    /** The version of a row that is deleted. */
    static final int DELETED = -1;

    private final Map<RowKey, Integer> versions = new HashMap<>();

    /** Notes all that one transaction did, now that its commit is acknowledged. */
    void committed(Map<RowKey, Integer> changes) {
        versions.putAll(changes);
    }

    /** The version of a row that is not deleted. */
    int version(RowKey key) {
        return versions.get(key);
    }

    /** All rows of all writers, each of which belongs to one ledger only. */
    static Map<RowKey, Integer> together(Iterable<Ledger> ledgers) {
        Map<RowKey, Integer> all = new HashMap<>();
        for (Ledger ledger : ledgers) {
            all.putAll(ledger.versions);
        }
        return all;
    }
}
