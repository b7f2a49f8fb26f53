package org.batonjdbc.store.log;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.RowTriggers;

/**
 * What row triggers saw of one transaction, and the net changes that follow from it.
 *
 * <p>Events are summed and not replayed: for each key, each image that was put is set off against an equal image that was
 * taken away, whatever their order. So swaps of keys, shifted keys, cascades that meet a row twice, and statements that the
 * engine silently restarts all come out right; where the sum is not plain, the row itself is asked, in the transaction
 * that still holds its lock. Used by the thread that works with the connection, and by no other.
 */
public final class TransactionChanges {
    private final List<Event> events = new ArrayList<>();

    /** Reads a row as the transaction itself sees it. */
    @FunctionalInterface
    public interface ReadBack {
        /** The row's image with {@link Lob#LATER} for large objects, or null if there is no such row. */
        Object[] read(Table table, RowKey key) throws SQLException;
    }

    /** A row event; one without a table is the begin of a statement. */
    private record Event(Table table, Object[] before, Object[] after) {
        static final Event STATEMENT = new Event(null, null, null);

        boolean isStatementBegin() {
            return table == null;
        }
    }

    void changed(Table table, Object[] before, Object[] after) {
        events.add(new Event(table, before, after));
    }

    void statementBegins() {
        events.add(Event.STATEMENT);
    }

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** A point to which {@link #cutTo} can go back. */
    public int mark() {
        return events.size();
    }

    /** Forgets everything since a mark: the statement failed, or the transaction was rolled back to a savepoint. */
    public void cutTo(int mark) {
        events.subList(mark, events.size()).clear();
    }

    /**
     * Forgets what the failed elements of a batch did, which the engine has undone one by one.
     *
     * @param mark taken before the batch
     * @param updateCounts of all elements, as the engine reported them
     * @return false if it cannot be told which events belong to which element; the transaction must then be given up
     */
    public boolean cutFailedElements(int mark, int[] updateCounts) {
        List<Event> batch = new ArrayList<>(events.subList(mark, events.size()));
        long begun = batch.stream().filter(Event::isStatementBegin).count();
        boolean plain =
                begun == updateCounts.length && (batch.isEmpty() || batch.get(0).isStatementBegin());
        if (!plain) {
            // Harmless only if not a single row was touched.
            return begun == batch.size();
        }
        cutTo(mark);
        int element = -1;
        for (Event event : batch) {
            if (event.isStatementBegin()) {
                element++;
            } else if (updateCounts[element] != Statement.EXECUTE_FAILED) {
                events.add(event);
            }
        }
        return true;
    }

    /** The net changes, at most one for each row; leaves the events as they are. */
    public List<Change> sum(RowTriggers triggers, ReadBack readBack) throws SQLException {
        // By identity: a transaction knows each table by one object, and hashing its description would cost more than
        // the sum.
        IdentityHashMap<Table, Map<RowKey, Net>> tables = new IdentityHashMap<>();
        for (Event event : events) {
            if (!event.isStatementBegin()) {
                Map<RowKey, Net> rows = tables.computeIfAbsent(event.table(), table -> new LinkedHashMap<>());
                if (event.before() != null) {
                    net(rows, triggers, event.table(), event.before())
                            .takeAway(triggers.image(event.table(), event.before()));
                }
                if (event.after() != null) {
                    net(rows, triggers, event.table(), event.after()).put(triggers.image(event.table(), event.after()));
                }
            }
        }
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<Table, Map<RowKey, Net>> table : tables.entrySet()) {
            for (Map.Entry<RowKey, Net> row : table.getValue().entrySet()) {
                Change change = row.getValue().change(table.getKey(), row.getKey(), readBack);
                if (change != null) {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    private static Net net(Map<RowKey, Net> rows, RowTriggers triggers, Table table, Object[] row) throws SQLException {
        Object[] keyImage = triggers.keyImage(table, row);
        if (keyImage == null) {
            throw SqlState.REFUSED.error(
                    "a row of " + table.name() + " cannot be captured: its key has a value that the"
                            + " engine does not hand over exactly. Exclude the table from the upgrade, or change the row when no"
                            + " upgrade runs");
        }
        return rows.computeIfAbsent(RowKey.of(table, keyImage), key -> new Net());
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

        Change change(Table table, RowKey key, ReadBack readBack) throws SQLException {
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
            int before = (image == null ? 0 : 1) - balance;
            if (image == null) {
                return switch (before) {
                    case 0 -> null;
                    case 1 -> Change.delete(table, key);
                    default -> new Change(table, Change.Kind.REMOVE, key, null, false);
                };
            }
            Change.Kind kind = switch (before) {
                case 0 -> Change.Kind.INSERT;
                case 1 -> Change.Kind.UPDATE;
                default -> Change.Kind.PUT;
            };
            return new Change(table, kind, key, image, false);
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
