package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.gate.Pass;
import org.batonjdbc.store.log.RowKey;
import org.batonjdbc.store.verify.Difference;
import org.batonjdbc.store.verify.TableReport;
import org.batonjdbc.store.verify.TableVerify;

/**
 * Compares tables live: what differs in a chunk is compared again after everything committed before has been applied, and
 * what goes on differing, because it is wrong or because it changes all the time, is looked at behind the closed gate,
 * where nothing is on its way. Used by the worker.
 */
final class Verification {
    private static final int ROUNDS = 5;
    private static final int EXAMPLES = 5;
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final Pair pair;
    private final Running running;
    private final Pass own;
    private final Found found;

    /** Is told which rows surely differ, while nothing else is applied. */
    interface Found {
        void differing(Table table, List<Difference> differences) throws SQLException;
    }

    /** @param own the transaction of whoever asked, which waits for this to end; null if there is none */
    Verification(Pair pair, Running running, Pass own, Found found) {
        this.pair = pair;
        this.running = running;
        this.own = own;
        this.found = found;
    }

    TableReport verify(Table table) throws SQLException {
        TableVerify verify = new TableVerify(
                table,
                running.match().target(table),
                running.active().dialect(),
                running.active().rows(),
                running.following().dialect(),
                running.following().rows(),
                pair.settings().chunkRows());
        long differing = 0;
        List<Difference> examples = new ArrayList<>();
        List<RowKey> candidates = new ArrayList<>();
        // Else a row whose key has changed would be counted at both its places.
        applyThrough(running.follower().log().lastLsn());
        boolean more = true;
        while (more) {
            candidates.clear();
            more = verify.compareChunk(candidates);
            List<Difference> differences = settle(verify, candidates);
            if (!differences.isEmpty()) {
                found.differing(table, differences);
                differing += differences.size();
                differences.stream().limit(EXAMPLES - (long) examples.size()).forEach(examples::add);
            }
            running.follower().step();
        }
        return new TableReport(table.name(), verify.activeRows(), verify.upgradedRows(), differing, examples);
    }

    private List<Difference> settle(TableVerify verify, List<RowKey> candidates) throws SQLException {
        List<RowKey> left = candidates;
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            applyThrough(running.follower().log().lastLsn());
            left = verify.compare(left).stream().map(Difference::key).toList();
        }
        if (left.isEmpty()) {
            return List.of();
        }
        List<RowKey> stubborn = left;
        return pair.behindGate(own, pair.settings().drainTimeout(), () -> {
            applyThrough(running.follower().log().lastLsn());
            return verify.compare(stubborn);
        });
    }

    private void applyThrough(long lsn) throws SQLException {
        if (!running.follower().applyThrough(lsn, System.nanoTime() + SETTLE.toNanos())) {
            throw SqlState.TIMED_OUT.error("UPGRADE VERIFY has waited " + SETTLE.toSeconds()
                    + " s for changes to be applied; look at UPGRADE STATUS and try again");
        }
    }
}
