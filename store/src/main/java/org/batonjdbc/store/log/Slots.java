package org.batonjdbc.store.log;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.log.ChangeLog.Figures;
import org.batonjdbc.store.log.ChangeLog.Slot;

/**
 * The order of transactions in a log: a slot is reserved with the LSN before the commit and ended after it, and nobody reads
 * past an open one, so no later change of a row is ever applied first.
 *
 * <p>Any thread may reserve and end a slot; one thread reads and forgets. {@code this} guards everything, for the time of a
 * few assignments, and for closing temporary files, but never during other I/O.
 */
final class Slots {
    /** Bytes beyond which a transaction is read by itself. */
    private static final long LARGE = 1L << 20;

    /** What a place in the order takes of the heap, wherever the changes are. */
    private static final long PLACE = 64;

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
    /** Why it was closed before its time; null if it was not. */
    private String givenUp;

    Slots(Clock clock, long maxBytes, boolean readsRolledBack) {
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.readsRolledBack = readsRolledBack;
    }

    private enum State {
        OPEN,
        COMMITTED,
        ROLLED_BACK,
        /** It counts as committed, but nobody knows. */
        IN_DOUBT
    }

    /** A transaction's place; {@code changes} is null where they are kept elsewhere, and closed with the place. */
    final class Entry implements Slot {
        private final long lsn;
        private final long committedAt;
        private final int count;
        private final long size;
        private final Changes changes;
        /** Guarded by the slots. */
        private State state = State.OPEN;
        /** Whether its commit has reported an error, and its table has not been asked yet; guarded by the slots. */
        private boolean unsettled;

        private Entry(long lsn, long committedAt, int count, long size, Changes changes) {
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

        int count() {
            return count;
        }

        /** Whether it is read although its end was reported as a rollback: what it has written is there, or is not. */
        boolean isDoubtful() {
            synchronized (Slots.this) {
                return state == State.ROLLED_BACK;
            }
        }

        /** Whether its changes are too many to be held in the heap together with others. */
        boolean isLarge() {
            return size > LARGE;
        }

        /** Whether its commit has reported an error, and may be going on still. */
        boolean isUnsettled() {
            return unsettled(this);
        }

        /** What its table says of it now is how it has ended. */
        void settled() {
            unsettle(this, false);
        }

        LoggedTransaction transaction() {
            return new LoggedTransaction(lsn, committedAt, changes, state == State.IN_DOUBT);
        }

        @Override
        public void committed() {
            if (!end(this, State.COMMITTED)) {
                closeChanges();
            }
        }

        @Override
        public void rolledBack() {
            end(this, State.ROLLED_BACK);
            closeChanges();
        }

        @Override
        public void inDoubt() {
            // What was written in the transaction itself, and is read from there, tells the truth.
            if (changes == null) {
                unsettle(this, true);
                rolledBack();
            } else if (!end(this, State.IN_DOUBT)) {
                closeChanges();
            }
        }

        private boolean counts() {
            return state == State.COMMITTED || state == State.IN_DOUBT;
        }

        private void closeChanges() {
            if (changes != null) {
                changes.close();
            }
        }
    }

    private synchronized boolean unsettled(Entry entry) {
        return entry.unsettled;
    }

    private synchronized void unsettle(Entry entry, boolean unsettled) {
        entry.unsettled = unsettled;
    }

    /** The next place; null if the log is closed, or has overflowed, so that nobody will read it. */
    synchronized Entry reserve(int count, long size, Changes changes) {
        if (!closed && bytes + size + PLACE > maxBytes) {
            giveUp("the change log has grown beyond maxLogBytes (" + maxBytes + "): the upgraded store did not keep up,"
                    + " was paused for too long, or a single transaction was larger");
        }
        if (closed) {
            return null;
        }
        Entry entry = new Entry(++lastLsn, clock.millis(), count, size + PLACE, changes);
        entries.addLast(entry);
        bytes += entry.size;
        return entry;
    }

    /** Takes in what an earlier process has logged; in the order of LSNs, before anything is reserved. */
    synchronized void restore(long lsn, long committedAt, int count, long size) {
        Entry entry = new Entry(lsn, committedAt, count, size + PLACE, null);
        lastLsn = lsn;
        entries.addLast(entry);
        bytes += entry.size;
        entry.committed();
    }

    /** LSNs up to this one have been used before. */
    synchronized void startBehind(long lsn) {
        lastLsn = Math.max(lastLsn, lsn);
    }

    /** Whether the entry will be read. */
    private synchronized boolean end(Entry entry, State state) {
        if (entry.state != State.OPEN) {
            throw new IllegalStateException("transaction " + entry.lsn + " has ended before");
        }
        entry.state = state;
        notifyAll();
        if (closed) {
            return false;
        }
        if (entry.counts()) {
            captured += entry.count;
            pending += entry.count;
        } else {
            bytes -= entry.size;
        }
        return true;
    }

    /**
     * Committed transactions from the oldest on, none behind an open slot; at least one if there is one, and a large one
     * by itself, as well as one that is in doubt.
     */
    synchronized List<Entry> read(int maxChanges) {
        List<Entry> read = new ArrayList<>();
        int changes = 0;
        long size = 0;
        for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            boolean fits = changes < maxChanges && size + entry.size <= LARGE && entry.state != State.IN_DOUBT;
            if (entry.state == State.OPEN || !(read.isEmpty() || fits)) {
                break;
            }
            if (entry.state == State.ROLLED_BACK && !readsRolledBack) {
                each.remove();
            } else {
                read.add(entry);
                changes += entry.count;
                size += entry.size;
            }
            if (entry.state == State.IN_DOUBT) {
                break;
            }
        }
        return read;
    }

    /** Waits while the oldest transaction is open; those that ask are few, and a slot is open for the time of a commit. */
    synchronized void awaitOldest(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        long left = deadline - System.nanoTime();
        while (left > 0 && !entries.isEmpty() && entries.peekFirst().state == State.OPEN) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
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
            entry.closeChanges();
            if (entry.counts()) {
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

    synchronized void giveUp(String reason) {
        if (!closed) {
            givenUp = reason;
            close();
        }
    }

    synchronized Optional<String> givenUp() {
        return Optional.ofNullable(givenUp);
    }

    long maxBytes() {
        return maxBytes;
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
        for (Entry entry : entries) {
            if (entry.counts()) {
                entry.closeChanges();
            }
        }
        entries.clear();
        notifyAll();
        pending = 0;
        bytes = 0;
    }
}
