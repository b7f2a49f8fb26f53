package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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
    /** A wait that a user takes for a slow answer and not for an outage. */
    private static final Duration BLINK = Duration.ofMillis(100);

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
        applyThrough(SETTLE);
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
            applyThrough(SETTLE);
            left = verify.compare(left).stream().map(Difference::key).toList();
        }
        if (left.isEmpty()) {
            return List.of();
        }
        return lookBehindGate(verify, left);
    }

    /**
     * Holds writers for a blink only: where a transaction takes longer, or a store, the gate opens again, and this comes back
     * later with twice the time.
     */
    private List<Difference> lookBehindGate(TableVerify verify, List<RowKey> stubborn) throws SQLException {
        Duration patience = pair.settings().drainTimeout();
        long deadline = System.nanoTime() + patience.toNanos();
        for (Duration hold = BLINK; ; hold = hold.multipliedBy(2)) {
            Duration longest = hold;
            try {
                return pair.behindGate(own, longest, () -> look(verify, stubborn, longest));
            } catch (SQLException e) {
                if (!SqlState.TIMED_OUT.isOf(e)) {
                    throw e;
                }
                if (System.nanoTime() > deadline) {
                    throw SqlState.TIMED_OUT.error(
                            "UPGRADE VERIFY found no moment without transactions in flight within "
                                    + patience.toMillis()
                                    + " ms (drainTimeout); try again when the application is calmer",
                            e);
                }
            }
            // Who was held goes first; else many blinks would be one long pause.
            LockSupport.parkNanos(hold.toNanos());
            applyThrough(SETTLE);
            if (verify.compare(stubborn).isEmpty()) {
                return List.of();
            }
        }
    }

    /** What differs behind the gate, which may open by itself meanwhile: then nobody knows. */
    private List<Difference> look(TableVerify verify, List<RowKey> stubborn, Duration longest) throws SQLException {
        pair.gate().openAt(System.nanoTime() + longest.toNanos());
        applyThrough(longest);
        List<Difference> differences = verify.compare(stubborn);
        if (!pair.gate().stayClosed()) {
            throw SqlState.TIMED_OUT.error(
                    "the stores were not compared within " + longest.toMillis() + " ms behind the closed gate");
        }
        return differences;
    }

    private void applyThrough(Duration longest) throws SQLException {
        Follower follower = running.follower();
        if (!follower.applyThrough(follower.log().lastLsn(), System.nanoTime() + longest.toNanos())) {
            throw SqlState.TIMED_OUT.error("UPGRADE VERIFY has waited " + longest.toMillis()
                    + " ms for changes to be applied; look at UPGRADE STATUS and try again");
        }
    }
}
