package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.LoggedTransaction;
import org.batonjdbc.store.log.RowKey;

/**
 * Rows that were read from the active store ahead of what is applied, and are off the following store meanwhile: what is not applied
 * yet may move their unique values. They are put as soon as everything is applied that was logged until they were read, and
 * nothing behind it; what changes such a row until then says what it is. Used by the worker alone.
 */
final class SetAside {
    private final Map<Table, Map<RowKey, Change>> rows = new IdentityHashMap<>();
    private long until;

    /**
     * Keeps rows back.
     *
     * @param lastLsn the last that was drawn when they had been read
     */
    void keep(List<Change> puts, long lastLsn) {
        for (Change put : puts) {
            rows.computeIfAbsent(put.table(), table -> new LinkedHashMap<>()).put(put.key(), put);
        }
        until = lastLsn;
    }

    /** Of these transactions, which are in the order of their LSNs, those that come before the rows are put. */
    List<LoggedTransaction> ahead(List<LoggedTransaction> transactions) {
        return rows.isEmpty()
                ? transactions
                : transactions.stream().filter(t -> t.lsn() <= until).toList();
    }

    /** What has been applied says what has become of its rows. */
    void changed(List<LoggedTransaction> applied) throws SQLException {
        for (LoggedTransaction transaction : applied) {
            changed(transaction.changes());
        }
    }

    void changed(Changes changes) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        changes.each(change -> {
            Map<RowKey, Change> left = rows.get(change.table());
            if (left != null) {
                left.remove(change.key());
            }
        });
    }

    /** Whether the rows are to be put, if this LSN is the first that may not be applied yet. */
    boolean isDue(long firstPending) {
        return !rows.isEmpty() && firstPending > until;
    }

    List<Change> rows() {
        List<Change> all = new ArrayList<>();
        rows.values().forEach(table -> all.addAll(table.values()));
        return all;
    }

    void clear() {
        rows.clear();
    }
}
