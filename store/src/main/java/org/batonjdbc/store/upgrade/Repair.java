package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.Change.Kind;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.verify.Difference;
import org.batonjdbc.store.verify.Difference.Where;

/**
 * Copies rows again that a verification found different. Under the copy rule: the row is read and put with nothing
 * applied in between, and until everything that was logged before is applied, applying takes no offence at what it finds.
 *
 * <p>A row that only the upgraded store has may be the last copy of what the active engine lost; it is removed on request
 * only. Used by the worker.
 */
final class Repair implements Verification.Found {
    private final Running running;
    private final boolean deleteExtra;
    private long repaired;

    Repair(Running running, boolean deleteExtra) {
        this.running = running;
        this.deleteExtra = deleteExtra;
    }

    long repaired() {
        return repaired;
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
        running.follower().repair(puts);
        repaired += puts.size();
    }
}
