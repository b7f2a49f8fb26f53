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
        if (event.isStatementBegin()) {
            return;
        }
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
            Set<RowKey> put = new HashSet<>();
            for (Map.Entry<RowKey, Net> row : table.getValue().entrySet()) {
                Change change = row.getValue().change(table.getKey(), row.getKey(), readBack, repeats);
                // Keys that differ by case only, where the column does not care, find one and the same row.
                if (change != null && (change.kind() != Change.Kind.PUT || put.add(change.key()))) {
                    changes.add(change);
                }
            }
        }
        return changes;
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
                return image == null
                        ? new Change(table, Change.Kind.REMOVE, key, null, false)
                        : new Change(table, Change.Kind.PUT, RowKey.of(table, image), image, false);
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
            return Change.of(table, key, image, balance, false);
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
