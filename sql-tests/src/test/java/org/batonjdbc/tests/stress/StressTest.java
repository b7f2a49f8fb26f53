package org.batonjdbc.tests.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/**
 * A whole upgrade beneath writers that never pause. {@code -Dbaton.stress.seconds=600} makes it longer,
 * {@code -Dbaton.stress.seed=...} repeats the choices of a run that failed.
 */
@Pair
class StressTest {
    private static final long SEED =
            Long.getLong("baton.stress.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final long MILLIS = Long.getLong("baton.stress.seconds", 20) * 1000;
    private static final int STAGES = 6;

    @Test
    void theOracleMissesALostRowAndALostUpdate(Stores stores) throws Exception {
        Writers writers = Writers.start(stores, SEED);
        writers.work(1000);
        writers.finish();
        Connection store = stores.pastBatonToFirst();
        writers.compareWith(store);

        assertThat(writers.updates()).isGreaterThan(10);
        assertComplaint(store, writers, "DELETE FROM item WHERE id = (SELECT MIN(id) FROM item)");
        assertComplaint(
                store,
                writers,
                "UPDATE item SET updates = updates - 1 WHERE id = (SELECT MAX(id) FROM item WHERE updates > 0)");
        assertComplaint(store, writers, "INSERT INTO item(id, updates) VALUES (-1, 0)");
        assertComplaint(store, writers, "DELETE FROM event WHERE id = (SELECT MIN(id) FROM event)");
    }

    /** Changes the store behind the writers' backs, and takes it back. */
    private static void assertComplaint(Connection store, Writers writers, String change) throws Exception {
        store.setAutoCommit(false);
        assertThat(store.createStatement().executeUpdate(change)).isEqualTo(1);
        ThrowingCallable oracle = () -> writers.compareWith(store);
        assertThatThrownBy(oracle).as(change).isInstanceOf(AssertionError.class);
        store.rollback();
        writers.compareWith(store);
    }

    @Test
    void noRowIsLostWhileTheStoreIsUpgradedAndTakenBackAndUpgraded(Stores stores) throws Exception {
        upgrade(stores, Writers.ONE_FOR_EACH_CORE, false, MILLIS);
    }

    @Test
    @Pair(inFiles = true)
    void noRowIsLostBetweenStoresInFiles(Stores stores) throws Exception {
        upgrade(stores, Writers.ONE_FOR_EACH_CORE, false, MILLIS);
    }

    /** START, SWITCH, REVERSE, SWITCH and COMPLETE. */
    static void upgrade(Stores stores, int number, boolean retry, long millis) throws Exception {
        Writers writers = Writers.start(stores, new Writers.Plan(SEED, number, retry));
        try {
            writers.work(millis / STAGES);
            stores.replicate();
            writers.work(millis / STAGES);
            stores.verifySame();
            stores.execute("UPGRADE SWITCH");
            writers.work(millis / STAGES);
            stores.verifySame();
            stores.execute("UPGRADE REVERSE");
            writers.work(millis / STAGES);
            stores.verifySame();
            stores.execute("UPGRADE SWITCH");
            writers.work(millis / STAGES);
            writers.finish();

            stores.awaitApplied();
            writers.compareWith(stores.connect());
            writers.compareWith(stores.pastBatonToSecond());
            writers.compareWith(stores.pastBatonToFirst());
            stores.verifySame();
            stores.execute("UPGRADE COMPLETE");
            writers.compareWith(stores.connect());
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + SEED + ": " + e, e);
        } finally {
            writers.abandon();
        }
    }
}
