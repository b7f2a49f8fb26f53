package org.batonjdbc.tests.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.List;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/**
 * Threads that get into each other's way on the same rows and unique values, while the store is upgraded and taken back.
 * {@code -Dbaton.race.seconds=600} makes it longer; {@code -Dbaton.race.seed} is the seed of their choices, which alone does
 * not repeat a run, for the threads meet as they will. H2 1.4.200 does not run in this race: without any upgrade it ends up
 * waiting for ever, or closes the store by itself.
 */
class RaceTest {
    private static final long SEED = Long.getLong("baton.race.seed", 4711);
    private static final long MILLIS = Long.getLong("baton.race.seconds", 8) * 1000;
    private static final int STAGES = 5;

    @Test
    @Pair(active = "h2:2.5.252", upgraded = "h2:2.5.252")
    void theLedgerComplainsAboutALostRowALostUpdateAndALostChild(Stores stores) throws Exception {
        Race race = Race.start(stores, SEED);
        race.work(1000);
        race.finish();
        Connection store = stores.pastBatonToFirst();
        Work work = new Work();
        work.inserted.addAll(List.of(-10L, -11L));
        work.added.put(-10L, 3);
        work.children.put(-11L, -10L);
        race.ledger().committed(work);
        store.createStatement().execute("INSERT INTO item VALUES (-10, 3, NULL)");
        store.createStatement().execute("INSERT INTO child VALUES (-11, -10)");
        race.ledger().compareWith(store, "first");

        for (String change : List.of(
                "DELETE FROM item WHERE id = -10",
                "UPDATE item SET n = n - 1 WHERE id = -10",
                "INSERT INTO item VALUES (-1, 0, NULL)",
                "DELETE FROM child WHERE id = -11",
                "INSERT INTO child VALUES (-1, -10)")) {
            store.setAutoCommit(false);
            assertThat(store.createStatement().executeUpdate(change)).as(change).isEqualTo(1);
            assertThatThrownBy(() -> race.ledger().compareWith(store, "first"))
                    .as(change)
                    .isInstanceOf(AssertionError.class);
            store.rollback();
        }
    }

    @Test
    @Pair(active = "h2:2.4.240", upgraded = "h2:2.5.252")
    void nothingIsLostInMemory(Stores stores) throws Exception {
        upgrade(stores);
    }

    @Test
    @Pair(active = "h2:2.1.214", upgraded = "h2:2.5.252", inFiles = true)
    void nothingIsLostBetweenFiles(Stores stores) throws Exception {
        upgrade(stores);
    }

    private static void upgrade(Stores stores) throws Exception {
        Race race = Race.start(stores, SEED);
        try {
            race.work(MILLIS / STAGES);
            stores.execute("UPGRADE START", "UPGRADE WAIT FOR REPLICATING WITH (timeout = '60s')");
            race.work(MILLIS / STAGES);
            race.compare();
            race.work(MILLIS / STAGES);
            stores.execute("UPGRADE SWITCH WITH (drain_timeout = '500ms', on_timeout = 'rollback')");
            race.work(MILLIS / STAGES);
            race.compare();
            stores.execute("UPGRADE REVERSE WITH (drain_timeout = '500ms', on_timeout = 'rollback')");
            race.work(MILLIS / STAGES);
            race.compare();
            long givenUp = race.finish();

            System.out.println(race.ledger().transactions() + " transactions committed, " + givenUp + " given up, "
                    + Rows.number(stores.connect(), "SELECT COUNT(*) FROM item") + " items left");
            assertThat(givenUp).as("transactions met").isPositive();
        } catch (Exception | AssertionError e) {
            race.check(); // a racer that has died leaves its transaction open, which then is in everybody's way
            throw new AssertionError("seed " + SEED + ": " + e, e);
        } finally {
            race.abandon();
        }
    }
}
