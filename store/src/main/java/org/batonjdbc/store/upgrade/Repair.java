package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.apply.DivergenceException;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Change.Kind;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.verify.Difference;
import org.batonjdbc.store.verify.Difference.Where;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies rows again that a verification found different. Under the copy rule: the row is read and put with nothing
 * applied in between, and until everything that was logged before is applied, applying takes no offence at what it finds.
 *
 * <p>Where a unique value of a row is still in another row of the upgraded store that is wrong too, the row is removed there, so
 * that it is in nobody's way, and has to be put by a second repair, when the other has been mended.
 *
 * <p>A row that only the upgraded store has may be the last copy of what the active engine lost; it is removed on request
 * only. Used by the worker.
 */
final class Repair implements Verification.Found {
    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

    private final Running running;
    private final boolean deleteExtra;
    private long repaired;
    private long blocked;

    Repair(Running running, boolean deleteExtra) {
        this.running = running;
        this.deleteExtra = deleteExtra;
    }

    long repaired() {
        return repaired;
    }

    /** How many rows could not be put, because another row has a unique value of theirs. */
    long blocked() {
        return blocked;
    }

    @Override
    public void differing(Table table, List<Difference> differences) throws SQLException {
        List<Change> puts = new ArrayList<>();
        for (Difference difference : differences) {
            Object[] image =
                    Rows.byKey(running.active().rows(), running.active().dialect(), table, difference.key());
            if (image != null) {
                puts.add(new Change(table, Kind.PUT, difference.key(), image, false));
            } else if (difference.where() != Where.EXTRA || deleteExtra) {
                puts.add(new Change(table, Kind.REMOVE, difference.key(), null, false));
            }
        }
        running.active().rows().commit();
        try {
            running.follower().repair(puts);
            repaired += puts.size();
        } catch (DivergenceException together) {
            for (Change put : puts) {
                alone(put);
            }
        }
    }

    private void alone(Change put) throws SQLException {
        try {
            running.follower().repair(List.of(put));
            repaired++;
        } catch (DivergenceException e) {
            LOG.debug("a row is removed until what is in its way is mended", e);
            running.follower().repair(List.of(new Change(put.table(), Kind.REMOVE, put.key(), null, false)));
            blocked++;
        }
    }
}
