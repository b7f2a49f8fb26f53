package org.batonjdbc.store.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.Event.Seen;
import org.batonjdbc.store.log.TransactionChanges.ReadBack;

/**
 * What the events of a transaction amount to. For each key, each image that was put is set off against an equal image that
 * was taken away, whatever their order; where the sum is not plain, the row itself is asked. Used once.
 */
final class Sum {
    // By identity: a transaction knows each table by one object, and hashing its description would cost more than
    // the sum.
    private final IdentityHashMap<Table, Map<RowKey, Net>> tables = new IdentityHashMap<>();

    private final boolean repeats;

    /**
     * No changes yet.
     *
     * @param repeats whether events may be of a statement that the engine has undone, or undone and begun again, so that only
     *     the row itself can tell what became of it
     */
    Sum(boolean repeats) {
        this.repeats = repeats;
    }

    void add(Event event) {
        Map<RowKey, Net> rows = tables.computeIfAbsent(event.table(), table -> new LinkedHashMap<>());
        if (event.before() != null) {
            net(rows, event.before()).takeAway(event.before().image());
        }
        if (event.after() != null) {
            net(rows, event.after()).put(event.after().image());
        }
    }

    private static Net net(Map<RowKey, Net> rows, Seen row) {
        return rows.computeIfAbsent(row.key(), key -> new Net());
    }

    /** The net changes, at most one for each row. */
    List<Change> changes(ReadBack readBack) throws SQLException {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<Table, Map<RowKey, Net>> table : tables.entrySet()) {
            List<Change> ofTable = new ArrayList<>(table.getValue().size());
            Set<RowKey> respelled = new HashSet<>();
            for (Map.Entry<RowKey, Net> row : table.getValue().entrySet()) {
                Change change = row.getValue().change(table.getKey(), row.getKey(), readBack, repeats);
                if (change != null) {
                    ofTable.add(change);
                    if (!change.key().equals(row.getKey())) {
                        respelled.add(change.key());
                    }
                }
            }
            changes.addAll(respelled.isEmpty() ? ofTable : putOnce(ofTable, respelled));
        }
        return changes;
    }

    /** Keys that differ by case only, where the column does not care, have found one and the same row. */
    private static List<Change> putOnce(List<Change> changes, Set<RowKey> respelled) {
        List<Change> once = new ArrayList<>(changes.size());
        Set<RowKey> put = new HashSet<>();
        for (Change change : changes) {
            if (!respelled.contains(change.key())) {
                once.add(change);
            } else if (change.leavesRow() && put.add(change.key())) {
                once.add(change.withoutExpectation());
            }
        }
        return once;
    }

    /** The sum of one row's events. */
    private static final class Net {
        private final List<Object[]> taken = new ArrayList<>(1);
        private final List<Object[]> put = new ArrayList<>(1);
        /** Rows put less rows taken away, of those images that are not exact. */
        private boolean exact = true;

        private int balance;

        void takeAway(Object[] image) {
            balance--;
            settle(image, put, taken);
        }

        void put(Object[] image) {
            balance++;
            settle(image, taken, put);
        }

        private void settle(Object[] image, List<Object[]> against, List<Object[]> own) {
            if (image == null) {
                exact = false;
                return;
            }
            for (int i = 0; i < against.size(); i++) {
                if (isSame(image, against.get(i), false)) {
                    against.remove(i);
                    return;
                }
            }
            own.add(image);
        }

        Change change(Table table, RowKey key, ReadBack readBack, boolean repeats) throws SQLException {
            if (repeats) {
                Object[] image = readBack.read(table, key);
                return image == null ? new Change(table, Change.Kind.REMOVE, key, null, false) : put(table, image);
            }
            if (!exact || put.size() > 1 || taken.size() > 1) {
                return asked(table, key, readBack.read(table, key));
            }
            if (put.isEmpty()) {
                return taken.isEmpty() ? null : Change.delete(table, key);
            }
            Object[] image = put.get(0);
            if (taken.isEmpty()) {
                return new Change(table, Change.Kind.INSERT, key, image, false);
            }
            if (isSame(image, taken.get(0), true)) {
                // Either only a large object was updated, or a row with one came and went: the events do not tell.
                return asked(table, key, readBack.read(table, key));
            }
            return new Change(table, Change.Kind.UPDATE, key, image, keepsUniques(table, taken.get(0), image));
        }

        /** The change of a row that was read back; what was there before follows from the balance. */
        private Change asked(Table table, RowKey key, Object[] image) {
            if (image != null && !RowKey.of(table, image).equals(key)) {
                return put(table, image); // as it is spelled now, it has events of its own
            }
            return Change.of(table, key, image, balance, false);
        }

        private static Change put(Table table, Object[] image) {
            return new Change(table, Change.Kind.PUT, RowKey.of(table, image), image, false);
        }

        private static boolean keepsUniques(Table table, Object[] before, Object[] after) {
            if (!table.plainUniques()) {
                return false;
            }
            for (List<Integer> unique : table.uniques()) {
                for (int position : unique) {
                    if (!RowKey.sameValue(before[position], after[position])) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Whether one image equals another; large objects are not looked into, so {@code lobs} says what they are. */
        private static boolean isSame(Object[] a, Object[] b, boolean lobs) {
            for (int i = 0; i < a.length; i++) {
                if ((a[i] == Lob.LATER && !lobs) || !RowKey.sameValue(a[i], b[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
