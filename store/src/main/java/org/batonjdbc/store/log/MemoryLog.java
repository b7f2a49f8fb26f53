package org.batonjdbc.store.log;

import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A change log in the heap, for two stores that do not outlive the process anyway. A slot is reserved with the LSN and
 * filled or withdrawn after the commit; the reader passes no open slot, so it never applies a later change first.
 *
 * <p>Any thread may reserve and end a slot; one thread reads and forgets. {@code this} guards the queue and the counts, for
 * the time of a few assignments and never during I/O.
 */
public final class MemoryLog implements ChangeLog {
    private static final int ROW_OVERHEAD = 96;
    private static final int VALUE_OVERHEAD = 24;

    private final Clock clock;
    private final long maxBytes;
    private final Deque<MemorySlot> slots = new ArrayDeque<>();
    private long lastLsn;
    private long captured;
    private long pending;
    private long bytes;
    private boolean closed;
    private boolean overflowed;

    /**
     * An empty log whose first LSN is 1.
     *
     * @param maxBytes an estimate of its room beyond which it gives up rather than exhaust the application's heap
     */
    public MemoryLog(Clock clock, long maxBytes) {
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    private enum SlotState {
        OPEN,
        COMMITTED,
        ROLLED_BACK
    }

    private final class MemorySlot implements Slot {
        private final LoggedTransaction transaction;
        private final long size;
        /** Guarded by the log. */
        private SlotState state = SlotState.OPEN;

        MemorySlot(LoggedTransaction transaction, long size) {
            this.transaction = transaction;
            this.size = size;
        }

        @Override
        public void committed() {
            end(this, SlotState.COMMITTED);
        }

        @Override
        public void rolledBack() {
            end(this, SlotState.ROLLED_BACK);
        }
    }

    @Override
    public Slot reserve(Connection connection, List<Change> changes) {
        List<Change> copy = List.copyOf(changes);
        long size = 0;
        for (Change change : copy) {
            size += size(change);
        }
        long now = clock.millis();
        synchronized (this) {
            if (bytes + size > maxBytes && !closed) {
                overflowed = true;
                close();
            }
            if (closed) {
                return Slot.IGNORED;
            }
            MemorySlot slot = new MemorySlot(new LoggedTransaction(lastLsn + 1, now, copy), size);
            lastLsn++;
            slots.addLast(slot);
            bytes += size;
            return slot;
        }
    }

    private synchronized void end(MemorySlot slot, SlotState state) {
        if (slot.state != SlotState.OPEN) {
            throw new IllegalStateException("transaction " + slot.transaction.lsn() + " has ended before");
        }
        slot.state = state;
        if (closed) {
            return;
        }
        if (state == SlotState.COMMITTED) {
            captured += slot.transaction.changes().size();
            pending += slot.transaction.changes().size();
        } else {
            bytes -= slot.size;
        }
    }

    @Override
    public synchronized List<LoggedTransaction> read(int maxChanges) {
        List<LoggedTransaction> read = new ArrayList<>();
        int changes = 0;
        for (Iterator<MemorySlot> each = slots.iterator(); each.hasNext(); ) {
            MemorySlot slot = each.next();
            if (slot.state == SlotState.OPEN || changes >= maxChanges) {
                break;
            }
            if (slot.state == SlotState.ROLLED_BACK) {
                each.remove();
            } else {
                read.add(slot.transaction);
                changes += slot.transaction.changes().size();
            }
        }
        return read;
    }

    @Override
    public synchronized void forget(List<LoggedTransaction> applied) {
        if (closed) {
            return;
        }
        for (LoggedTransaction transaction : applied) {
            dropRolledBack();
            MemorySlot slot = slots.peekFirst();
            if (slot == null || slot.transaction.lsn() != transaction.lsn()) {
                throw new IllegalStateException("transaction " + transaction.lsn() + " was not read first");
            }
            slots.removeFirst();
            pending -= transaction.changes().size();
            bytes -= slot.size;
        }
    }

    private void dropRolledBack() {
        while (!slots.isEmpty() && slots.peekFirst().state == SlotState.ROLLED_BACK) {
            slots.removeFirst();
        }
    }

    @Override
    public synchronized boolean hasOverflowed() {
        return overflowed;
    }

    @Override
    public synchronized long lastLsn() {
        return lastLsn;
    }

    @Override
    public synchronized long firstPendingLsn() {
        dropRolledBack();
        return slots.isEmpty() ? lastLsn + 1 : slots.peekFirst().transaction.lsn();
    }

    @Override
    public synchronized Figures figures() {
        dropRolledBack();
        long oldest = slots.isEmpty() ? 0 : slots.peekFirst().transaction.committedAt();
        return new Figures(captured, pending, oldest, bytes);
    }

    @Override
    public synchronized void close() {
        closed = true;
        slots.clear();
        pending = 0;
        bytes = 0;
    }

    private static long size(Change change) {
        long size = ROW_OVERHEAD;
        if (change.image() != null) {
            for (Object value : change.image()) {
                size += VALUE_OVERHEAD;
                if (value instanceof String text) {
                    size += text.length();
                } else if (value instanceof byte[] data) {
                    size += data.length;
                }
            }
        }
        return size;
    }
}
