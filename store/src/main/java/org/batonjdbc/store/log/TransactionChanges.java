package org.batonjdbc.store.log;

import java.io.IOException;
import java.sql.SQLException;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.log.Event.Seen;

/**
 * What row triggers saw of one transaction, and the net changes that follow from it.
 *
 * <p>Events are summed and not replayed: so swaps of keys, shifted keys, cascades that meet a row twice, and statements that
 * the engine silently restarts all come out right. What does not fit into the heap is kept in a temporary file, and
 * summed row by row all the same. Used by the thread that works with the connection, and by no other.
 */
public final class TransactionChanges {
    /** Images before and after, for rows that are changed several times: more than what is logged in the end. */
    private static final int EVENTS_PER_CHANGE = 4;

    private final RowTriggers triggers;
    private final long mostBytes;
    private final Events events = new Events();
    /** Why events are missing; null if none is. */
    private IOException lost;
    /** Statements that the engine has begun, whether what they did was kept or not. */
    private long begun;
    /** Whether some events may be of statements that were undone, so that only the rows themselves can tell. */
    private boolean doubtful;
    /** Whether what runs now was taken for a read, and may not change rows. */
    private boolean reading;
    /** Whether what was taken for a read has been refused a change since it began. */
    private boolean refused;

    /**
     * No changes yet.
     *
     * @param triggers makes images of what it is told
     * @param maxBytes size of the log that is to take the changes
     */
    public TransactionChanges(RowTriggers triggers, long maxBytes) {
        this.triggers = triggers;
        this.mostBytes = maxBytes > Long.MAX_VALUE / EVENTS_PER_CHANGE ? Long.MAX_VALUE : maxBytes * EVENTS_PER_CHANGE;
    }

    /** Reads a row as the transaction itself sees it. */
    @FunctionalInterface
    public interface ReadBack {
        /** The row's image with {@link Lob#LATER} for large objects, or null if there is no such row. */
        Object[] read(Table table, RowKey key) throws SQLException;
    }

    /** From now on each change is refused: what runs was taken for a read, and has not been admitted as a write. */
    public void beginRead() {
        reading = true;
        refused = false;
    }

    /**
     * Ends {@link #beginRead}.
     *
     * @return whether a change was refused, though the code that was to make it may have told nobody
     */
    public boolean endRead() {
        reading = false;
        return refused;
    }

    private void refuseWhileReading() {
        if (reading) {
            refused = true;
            throw new IllegalStateException(
                    CaptureTriggers.BYPASSED + " as a write: its statement was taken for a read");
        }
    }

    /** @throws IllegalStateException if the rows cannot be told apart, so that the statement must be refused */
    void changed(Table table, Object[] before, Object[] after) {
        refuseWhileReading();
        add(new Event(table, seen(table, before), seen(table, after)));
    }

    void statementBegins() {
        refuseWhileReading();
        begun++;
    }

    private Seen seen(Table table, Object[] row) {
        if (row == null) {
            return null;
        }
        Object[] image = triggers.image(table, row);
        if (image != null) {
            return new Seen(RowKey.of(table, image), image);
        }
        Object[] keyImage = triggers.keyImage(table, row);
        if (keyImage == null) {
            throw new IllegalStateException("a row of " + table.name() + " cannot be captured: its key has a value that"
                    + " the engine does not hand over exactly. Exclude the table from the upgrade, or change the row"
                    + " when no upgrade runs");
        }
        return new Seen(RowKey.of(table, keyImage), null);
    }

    private void add(Event event) {
        if (lost != null) {
            return;
        }
        try {
            events.add(event);
            if (events.bytesOnDisk() > mostBytes) {
                throw new IOException("a transaction has changed more than maxLogBytes allows");
            }
        } catch (IOException e) {
            lose(e);
        }
    }

    /** The application must not suffer: it goes on, and the upgrade is given up if this transaction commits. */
    private void lose(IOException e) {
        lost = e;
        events.close();
    }

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return lost == null && events.size() == 0;
    }

    /** How many statements the engine has begun; only differences mean something. */
    public long begun() {
        return begun;
    }

    /**
     * What was captured may have been undone without anybody being told: by code inside the engine, which catches errors and
     * returns to savepoints of its own, or in a batch or script that failed in part. From now on the transaction's rows are
     * read back.
     */
    public void doubt() {
        doubtful = true;
    }

    /** A point to which {@link #cutTo} can go back. */
    public int mark() {
        return lost == null ? events.size() : Integer.MAX_VALUE;
    }

    /** Forgets everything since a mark: the statement failed, or the transaction was rolled back to a savepoint. */
    public void cutTo(int mark) {
        if (mark == 0) {
            doubtful = false;
            lost = null;
            events.close();
        } else if (lost == null) {
            try {
                events.cutTo(mark);
            } catch (IOException e) {
                lose(e);
            }
        }
    }

    /**
     * The net changes, at most one for each row, which the caller closes; leaves the events as they are.
     *
     * @throws IOException if what was captured could not be kept, so that the upgrade has to be given up
     */
    public Changes sum(ReadBack readBack) throws SQLException, IOException {
        if (lost != null) {
            throw lost;
        }
        return events.bytesOnDisk() == 0 ? sumInHeap(readBack) : sumOnDisk(readBack);
    }

    private Changes sumInHeap(ReadBack readBack) throws SQLException, IOException {
        Sum sum = new Sum(doubtful || !triggers.marksStatements());
        events.each(0, sum::add);
        return Changes.of(sum.changes(readBack));
    }

    private Changes sumOnDisk(ReadBack readBack) throws SQLException, IOException {
        try (Piles piles = new Piles(events.codec(), events.bytesOnDisk())) {
            events.each(0, piles::sort);
            FileChanges changes = new FileChanges(events.codec().tables());
            boolean complete = false;
            try {
                for (int i = 0; i < piles.size(); i++) {
                    Sum sum = new Sum(doubtful || !triggers.marksStatements());
                    piles.each(i, sum::add);
                    for (Change change : sum.changes(readBack)) {
                        changes.add(change);
                    }
                }
                complete = true;
                return changes;
            } finally {
                if (!complete) {
                    changes.close();
                }
            }
        }
    }
}
