package org.batonjdbc.store.apply;

import java.sql.SQLException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Change.Kind;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.LoggedTransaction;
import org.batonjdbc.store.log.RowKey;

/**
 * What a run of transactions amounts to, at most one change for each row. Applied as one transaction, it takes the
 * following store from the state before the first of them to the state after the last; both were states of the active store.
 */
final class NetChanges {
    private final IdentityHashMap<Table, Map<RowKey, Change>> tables = new IdentityHashMap<>();

    /** The net of these transactions, which are in the order of their LSNs. */
    static NetChanges of(List<LoggedTransaction> transactions) throws SQLException {
        NetChanges net = new NetChanges();
        for (LoggedTransaction transaction : transactions) {
            transaction.changes().each(net::add);
        }
        return net;
    }

    /**
     * The net of these transactions on rows of which nothing is known. A row that came and went is removed: a chunk or a
     * repair that was read in between has put it there.
     */
    static NetChanges withoutExpectations(List<LoggedTransaction> transactions) throws SQLException {
        NetChanges net = new NetChanges();
        for (LoggedTransaction transaction : transactions) {
            transaction.changes().each(change -> net.add(change.withoutExpectation()));
        }
        return net;
    }

    /** Hands out the changes of one table after those of another. */
    void each(Changes.Taker taker) throws SQLException {
        for (Map<RowKey, Change> rows : tables.values()) {
            for (Change change : rows.values()) {
                taker.take(change);
            }
        }
    }

    Collection<Change> of(Table table) {
        return tables.get(table).values();
    }

    private void add(Change change) {
        Map<RowKey, Change> rows = tables.computeIfAbsent(change.table(), table -> new LinkedHashMap<>());
        Change earlier = rows.remove(change.key());
        Change both = earlier == null ? change : followedBy(earlier, change);
        if (both != null) {
            rows.put(both.key(), both);
        }
    }

    /** One change that does what two do one after the other; null if that is nothing. */
    private static Change followedBy(Change first, Change second) {
        boolean wasThere = first.kind() == Kind.UPDATE || first.kind() == Kind.DELETE;
        boolean wasNotThere = first.kind() == Kind.INSERT;
        if (!second.leavesRow()) {
            if (wasNotThere) {
                return null;
            }
            return new Change(second.table(), wasThere ? Kind.DELETE : Kind.REMOVE, second.key(), null, false);
        }
        if (wasThere) {
            boolean keepsUniques = first.kind() == Kind.UPDATE && first.keepsUniques() && second.keepsUniques();
            return new Change(second.table(), Kind.UPDATE, second.key(), second.image(), keepsUniques);
        }
        return new Change(second.table(), wasNotThere ? Kind.INSERT : Kind.PUT, second.key(), second.image(), false);
    }
}
