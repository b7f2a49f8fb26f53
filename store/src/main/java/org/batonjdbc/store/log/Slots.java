package org.batonjdbc.store.log;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.batonjdbc.store.log.ChangeLog.Figures;
import org.batonjdbc.store.log.ChangeLog.Slot;

/**
 * The order of transactions in a log: a slot is reserved with the LSN before the commit and ended after it, and nobody reads
 * past an open one, so no later change of a row is ever applied first.
 *
 * <p>Any thread may reserve and end a slot; one thread reads and forgets. {@code this} guards everything, for the time of a
 * few assignments and never during I/O.
 */
final class Slots {
    private final Clock clock;
    private final long maxBytes;
    /** Whether a transaction that reports a rollback is read all the same, because what it wrote tells the truth. */
    private final boolean readsRolledBack;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long lastLsn;
    private long captured;
    private long pending;
    private long bytes;
    private boolean closed;
    private boolean overflowed;

    Slots(Clock clock, long maxBytes, boolean readsRolledBack) {
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.readsRolledBack = readsRolledBack;
    }

    private enum State {
        OPEN,
        COMMITTED,
        ROLLED_BACK
    }

    /** A transaction's place; {@code changes} is null where they are kept elsewhere. */
    final class Entry implements Slot {
        private final long lsn;
        private final long committedAt;
        private final int count;
        private final long size;
        private final List<Change> changes;
        /** Guarded by the slots. */
        private State state = State.OPEN;

        private Entry(long lsn, long committedAt, int count, long size, List<Change> changes) {
            this.lsn = lsn;
            this.committedAt = committedAt;
            this.count = count;
            this.size = size;
            this.changes = changes;
        }

        long lsn() {
            return lsn;
        }

        long committedAt() {
            return committedAt;
        }

        LoggedTransaction transaction() {
            return new LoggedTransaction(lsn, committedAt, changes);
        }

        @Override
        public void committed() {
            end(this, State.COMMITTED);
        }

        @Override
        public void rolledBack() {
            end(this, State.ROLLED_BACK);
        }
    }

    /** The next place; null if the log is closed, or has overflowed, so that nobody will read it. */
    synchronized Entry reserve(int count, long size, List<Change> changes) {
        if (!closed && bytes + size > maxBytes) {
            overflowed = true;
            close();
        }
        if (closed) {
            return null;
        }
        Entry entry = new Entry(++lastLsn, clock.millis(), count, size, changes);
        entries.addLast(entry);
        bytes += size;
        return entry;
    }

    /** Takes in what an earlier process has logged; in the order of LSNs, before anything is reserved. */
    synchronized void restore(long lsn, long committedAt, int count, long size) {
        Entry entry = new Entry(lsn, committedAt, count, size, null);
        lastLsn = lsn;
        entries.addLast(entry);
        bytes += size;
        entry.committed();
    }

    /** LSNs up to this one have been used before. */
    synchronized void startBehind(long lsn) {
        lastLsn = Math.max(lastLsn, lsn);
    }

    private synchronized void end(Entry entry, State state) {
        if (entry.state != State.OPEN) {
            throw new IllegalStateException("transaction " + entry.lsn + " has ended before");
        }
        entry.state = state;
        if (closed) {
            return;
        }
        if (state == State.COMMITTED) {
            captured += entry.count;
            pending += entry.count;
        } else {
            bytes -= entry.size;
        }
    }

    /** Committed transactions from the oldest on, none behind an open slot; at least one if there is one. */
    synchronized List<Entry> read(int maxChanges) {
        List<Entry> read = new ArrayList<>();
        int changes = 0;
        for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            if (entry.state == State.OPEN || changes >= maxChanges) {
                break;
            }
            if (entry.state == State.ROLLED_BACK && !readsRolledBack) {
                each.remove();
            } else {
                read.add(entry);
                changes += entry.count;
            }
        }
        return read;
    }

    /** Drops transactions that were read first. */
    synchronized void forget(List<LoggedTransaction> applied) {
        if (closed) {
            return;
        }
        for (LoggedTransaction transaction : applied) {
            dropRolledBack();
            Entry entry = entries.peekFirst();
            if (entry == null || entry.lsn != transaction.lsn()) {
                throw new IllegalStateException("transaction " + transaction.lsn() + " was not read first");
            }
            entries.removeFirst();
            if (entry.state == State.COMMITTED) {
                pending -= entry.count;
                bytes -= entry.size;
            }
        }
    }

    private void dropRolledBack() {
        while (!readsRolledBack && !entries.isEmpty() && entries.peekFirst().state == State.ROLLED_BACK) {
            entries.removeFirst();
        }
    }

    synchronized boolean hasOverflowed() {
        return overflowed;
    }

    synchronized long lastLsn() {
        return lastLsn;
    }

    synchronized long firstPendingLsn() {
        dropRolledBack();
        return entries.isEmpty() ? lastLsn + 1 : entries.peekFirst().lsn;
    }

    synchronized Figures figures() {
        dropRolledBack();
        long oldest = entries.isEmpty() ? 0 : entries.peekFirst().committedAt;
        return new Figures(captured, pending, oldest, bytes);
    }

    synchronized void close() {
        closed = true;
        entries.clear();
        pending = 0;
        bytes = 0;
    }
}
