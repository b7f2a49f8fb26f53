package org.batonjdbc.store.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.dialect.RowSink;

/**
 * Reads the net changes of a transaction from what a server has noted of it. More than fits into a few megabytes of the
 * heap goes to a temporary file. Used once, by the thread that works with the connection.
 */
public final class NotedChanges implements KeyTriggers.Taker, AutoCloseable {
    /** Room in the heap that the changes of one transaction may take. */
    private static final long HEAP = 4L << 20;

    private final Catalog catalog;
    private final long maxBytes;
    private final List<Change> inHeap = new ArrayList<>();
    private long heapBytes;
    private FileChanges file;

    private NotedChanges(Catalog catalog, long maxBytes) {
        this.catalog = catalog;
        this.maxBytes = maxBytes;
    }

    /**
     * The net changes of the connection's transaction, which the caller closes.
     *
     * @param sink whom the triggers serve
     * @param catalog the replicated tables, in the order in which they have their triggers
     * @param maxBytes of the log that is to take the changes
     * @throws IOException if they cannot be kept, so that the upgrade has to be given up
     */
    public static Changes read(
            KeyTriggers triggers, RowSink sink, Connection connection, Catalog catalog, long maxBytes)
            throws SQLException, IOException {
        NotedChanges noted = new NotedChanges(catalog, maxBytes);
        boolean read = false;
        try {
            triggers.changed(connection, catalog.tables(), sink, noted);
            read = true;
            return noted.file == null ? Changes.of(noted.inHeap) : noted.spilled();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!read) {
                noted.close();
            }
        }
    }

    @Override
    public void take(Table table, Object[] key, int balance, Object[] image) {
        RowKey row = image == null ? RowKey.ofValues(key) : RowKey.of(table, image);
        Change change = Change.of(
                table,
                row,
                image,
                balance,
                table.plainUniques() && table.uniques().isEmpty());
        if (change == null) {
            return;
        }
        inHeap.add(change);
        heapBytes += new Event.Seen(row, image).size();
        if (heapBytes > HEAP) {
            try {
                spill();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void spill() throws IOException {
        if (file == null) {
            file = new FileChanges(catalog);
        }
        for (Change change : inHeap) {
            file.add(change);
        }
        inHeap.clear();
        heapBytes = 0;
        if (file.bytes() > maxBytes) {
            throw new IOException("a transaction has changed more than maxLogBytes allows");
        }
    }

    private Changes spilled() throws IOException {
        spill();
        return file;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
