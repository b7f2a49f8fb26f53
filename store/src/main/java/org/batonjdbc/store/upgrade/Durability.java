package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Clock;
import org.batonjdbc.store.apply.Progress;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.copy.CopyPositions;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.MemoryLog;
import org.batonjdbc.store.log.TableLog;

/** Where an upgrade remembers what it has to do: in tables of the stores if either outlives the process, else in the heap. */
record Durability(boolean inTables, Clock clock, long maxLogBytes) {
    static Durability of(PairSettings settings, Store active, Store following, Clock clock) {
        boolean inTables = switch (settings.log()) {
            case TABLE -> true;
            case MEMORY -> false;
            case AUTO -> outlivesProcess(active) || outlivesProcess(following);
        };
        return new Durability(inTables, clock, settings.maxLogBytes());
    }

    private static boolean outlivesProcess(Store store) {
        return store.dialect()
                .map(dialect -> dialect.outlivesProcess(store.url().jdbcUrl()))
                .orElse(false);
    }

    /** A new, empty log of the active store. */
    ChangeLog newLog(Side active, Catalog catalog) throws SQLException {
        return inTables
                ? TableLog.create(active::admin, active.dialect(), catalog, clock, maxLogBytes)
                : new MemoryLog(clock, maxLogBytes);
    }

    /** What remembers how far that log is applied, from its beginning. */
    Progress newProgress(Side following) throws SQLException {
        if (!inTables) {
            return Progress.NONE;
        }
        Progress.Stored progress = new Progress.Stored(following.dialect());
        progress.create(following.admin(), 0);
        return progress;
    }

    /** What remembers how far tables are copied, from the beginning. */
    CopyPositions newPositions(Side following) throws SQLException {
        if (!inTables) {
            return CopyPositions.NONE;
        }
        CopyPositions.Stored positions = new CopyPositions.Stored(following.dialect());
        positions.create(following.admin());
        return positions;
    }
}
