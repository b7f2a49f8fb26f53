package org.batonjdbc.store.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * A change log in the heap, for two stores that do not outlive the process anyway. Thread-safe as {@link Slots} is; one
 * thread reads and forgets.
 */
public final class MemoryLog extends OrderedLog {
    private static final int ROW_OVERHEAD = 96;
    private static final int VALUE_OVERHEAD = 24;

    /**
     * An empty log whose first LSN is 1.
     *
     * @param maxBytes an estimate of its room beyond which it gives up rather than exhaust the application's heap
     */
    public MemoryLog(Clock clock, long maxBytes) {
        super(clock, maxBytes, false);
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
