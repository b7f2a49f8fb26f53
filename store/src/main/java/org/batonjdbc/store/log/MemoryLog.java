package org.batonjdbc.store.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A change log in the heap, for two stores that do not outlive the process anyway. Thread-safe as {@link Slots} is; one
 * thread reads and forgets.
 */
public final class MemoryLog implements ChangeLog {
    private static final int ROW_OVERHEAD = 96;
    private static final int VALUE_OVERHEAD = 24;

    private final Slots slots;

    /**
     * An empty log whose first LSN is 1.
     *
     * @param maxBytes an estimate of its room beyond which it gives up rather than exhaust the application's heap
     */
    public MemoryLog(Clock clock, long maxBytes) {
        this.slots = new Slots(clock, maxBytes, false);
    }

    @Override
    public Slot reserve(Connection connection, Changes changes) throws SQLException {
        Slot slot = slots.reserve(changes.count(), size(changes), changes);
        if (slot == null) {
            changes.close();
            return Slot.IGNORED;
        }
        return slot;
    }

    @Override
    public void giveUp(Connection connection, String reason) {
        slots.giveUp(reason);
    }

    @Override
    public List<LoggedTransaction> read(int maxChanges) {
        return slots.read(maxChanges).stream().map(Slots.Entry::transaction).toList();
    }

    @Override
    public void awaitOldest(Duration longest) throws InterruptedException {
        slots.awaitOldest(longest);
    }

    @Override
    public void forget(List<LoggedTransaction> applied) {
        slots.forget(applied);
    }

    @Override
    public Optional<String> givenUp() {
        return slots.givenUp();
    }

    @Override
    public long maxBytes() {
        return slots.maxBytes();
    }

    @Override
    public long lastLsn() {
        return slots.lastLsn();
    }

    @Override
    public long firstPendingLsn() {
        return slots.firstPendingLsn();
    }

    @Override
    public Figures figures() {
        return slots.figures();
    }

    @Override
    public void close() {
        slots.close();
    }

    private static long size(Changes changes) throws SQLException {
        if (changes instanceof FileChanges file) {
            return file.bytes();
        }
        long[] size = {0};
        changes.each(change -> size[0] += size(change));
        return size[0];
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
