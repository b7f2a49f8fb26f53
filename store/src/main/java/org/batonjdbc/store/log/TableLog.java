package org.batonjdbc.store.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.dialect.Dialect;

/**
 * A change log in a table of the active store, written in the transaction whose changes it holds: after a crash exactly the
 * committed ones are there. It holds only what is not applied yet.
 *
 * <p>The order of LSNs and the figures are kept in memory, so that STATUS needs no query, and are read again from the table
 * when an upgrade is resumed. Any thread may reserve, on its own connection; reading and forgetting are the worker's alone.
 */
public final class TableLog extends OrderedLog {
    private final LogTable table;
    private final AtomicLong unlogged = new AtomicLong();

    private TableLog(LogTable table, Clock clock, long maxBytes) {
        super(clock, maxBytes, true);
        this.table = table;
    }

    /**
     * Makes a new log, in place of whatever an earlier upgrade has left.
     *
     * @param worker tells the worker's own connection to the active store, in autocommit mode; asked each time, because a lost
     *     one is replaced
     * @param catalog the replicated tables of the active store
     */
    public static TableLog create(
            Supplier<Connection> worker, Dialect dialect, Catalog catalog, Clock clock, long maxBytes)
            throws SQLException {
        LogTable table = new LogTable(worker, dialect, catalog);
        table.create();
        return new TableLog(table, clock, maxBytes);
    }

    /**
     * Opens the log that an earlier process has left.
     *
     * @param applied entries up to this LSN are applied already, though a crash may have left them here
     */
    public static TableLog resume(
            Supplier<Connection> worker, Dialect dialect, Catalog catalog, Clock clock, long maxBytes, long applied)
            throws SQLException {
        LogTable table = new LogTable(worker, dialect, catalog);
        if (table.isMarked()) {
            throw SqlState.REFUSED.error("the change log had grown beyond maxLogBytes, and is not complete");
        }
        table.deleteThrough(applied);
        TableLog log = new TableLog(table, clock, maxBytes);
        log.slots.startBehind(applied);
        table.entries(log.slots::restore);
        return log;
    }

    @Override
    public Slot reserve(Connection connection, Changes changes) throws SQLException {
        try (changes) {
            if (changes instanceof FileChanges file) {
                try (InputStream data = file.in()) {
                    return reserve(connection, changes.count(), file.bytes(), data);
                }
            }
            byte[] data = ChangeCodec.encode(list(changes));
            return reserve(connection, changes.count(), data.length, new ByteArrayInputStream(data));
        } catch (IOException e) {
            // Part of it may be in the table already, and nobody may apply that.
            giveUp(connection, "the changes of a large transaction cannot be read from disk: " + e);
            return Slot.IGNORED;
        }
    }

    private Slot reserve(Connection connection, int count, long size, InputStream data)
            throws SQLException, IOException {
        Slots.Entry slot = slots.reserve(count, size, null);
        if (slot == null) {
            if (slots.givenUp().isPresent()) {
                markAsGivenUp(connection);
            }
            return Slot.IGNORED;
        }
        boolean complete = false;
        try {
            table.insert(connection, slot, data);
            complete = true;
            return slot;
        } finally {
            if (!complete) {
                slot.rolledBack();
            }
        }
    }

    @Override
    public void giveUp(Connection connection, String reason) throws SQLException {
        slots.giveUp(reason);
        if (slots.givenUp().isPresent()) {
            markAsGivenUp(connection);
        }
    }

    /** Each transaction that is not logged says so, or a process that takes the log up after a crash would not know. */
    private void markAsGivenUp(Connection connection) throws SQLException {
        table.mark(connection, -unlogged.incrementAndGet());
    }

    @Override
    public List<LoggedTransaction> read(int maxChanges) throws SQLException {
        List<Slots.Entry> entries = settled(slots.read(maxChanges));
        List<LoggedTransaction> transactions = new ArrayList<>(entries.size());
        if (entries.isEmpty()) {
            return transactions;
        }
        Slots.Entry first = entries.get(0);
        if (first.isLarge() && !(first.isDoubtful() && table.isAbsent(first.lsn()))) {
            return List.of(
                    new LoggedTransaction(first.lsn(), first.committedAt(), table.parts(first.lsn(), first.count())));
        }
        Map<Long, List<Change>> logged =
                table.read(first.lsn(), entries.get(entries.size() - 1).lsn());
        for (Slots.Entry entry : entries) {
            // A commit whose connection broke may have happened: if so, its entry is there.
            List<Change> changes = logged.getOrDefault(entry.lsn(), List.of());
            transactions.add(new LoggedTransaction(entry.lsn(), entry.committedAt(), Changes.of(changes)));
        }
        return transactions;
    }

    /** Those up to the first of which nobody can tell yet whether it has been committed. */
    private List<Slots.Entry> settled(List<Slots.Entry> entries) throws SQLException {
        for (int i = 0; i < entries.size(); i++) {
            Slots.Entry entry = entries.get(i);
            if (entry.isUnsettled()) {
                if (!table.hasEnded(entry.lsn())) {
                    return entries.subList(0, i);
                }
                entry.settled();
            }
        }
        return entries;
    }

    private static List<Change> list(Changes changes) throws SQLException {
        List<Change> list = new ArrayList<>(changes.count());
        changes.each(list::add);
        return list;
    }

    @Override
    public void forget(List<LoggedTransaction> applied) throws SQLException {
        if (applied.isEmpty()) {
            return;
        }
        long first = applied.get(0).lsn();
        if (applied.get(0).changes().isLarge()) {
            table.deleteParts(first);
        } else {
            // None in between is open: they were read in order, and nothing is read behind an open one.
            table.delete(first, applied.get(applied.size() - 1).lsn());
        }
        super.forget(applied);
    }
}
