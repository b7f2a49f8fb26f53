package org.batonjdbc.tests.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** An application with a HikariCP pool, of whose configuration only the URL has changed, lives through an upgrade. */
@Pair
class PooledApplicationTest {
    private static final int TELLERS = 4;
    private static final long STAGE_MILLIS = Long.getLong("baton.application.seconds", 8) * 1000 / 4;

    private static final long THOUGHT_MILLIS = 2;

    private final AtomicInteger created = new AtomicInteger();
    private final AtomicLong transfers = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void noExceptionReachesItAndThePoolKeepsEachOfItsConnections(Stores stores) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TELLERS + 1);
        try (HikariDataSource pool = pool(stores)) {
            Bank bank = new Bank(new Template(pool));
            bank.open();
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < TELLERS; i++) {
                int teller = i;
                work.add(threads.submit(() -> tell(bank, teller)));
            }
            work.add(threads.submit(() -> audit(bank)));

            work(work);
            stores.replicate();
            work(work);
            stores.verifySame();
            stores.execute("UPGRADE SWITCH");
            work(work);
            stores.execute("UPGRADE COMPLETE");
            work(work);
            stop.countDown();

            for (Future<?> thread : work) {
                thread.get(60, TimeUnit.SECONDS);
            }
            assertThat(bank.total()).isEqualTo((long) Bank.ACCOUNTS * Bank.OPENING);
            assertThat(bank.transfers()).isEqualTo(transfers.get()).isPositive();
            assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.upgradedStore());
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(TELLERS + 1);
            assertThat(created.get())
                    .as("connections that the pool has opened, perhaps without its first")
                    .isBetween(TELLERS, TELLERS + 1);
        } finally {
            stop.countDown();
            threads.shutdownNow();
        }
    }

    /** Lets the application work for a while; fails if one of its threads has. */
    private static void work(List<Future<?>> threads) throws Exception {
        assertThatThrownBy(() -> threads.get(0).get(STAGE_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        for (Future<?> thread : threads) {
            if (thread.isDone()) {
                thread.get();
            }
        }
    }

    private Void tell(Bank bank, int teller) throws Exception {
        Random random = new Random(teller);
        while (!stop.await(THOUGHT_MILLIS, TimeUnit.MILLISECONDS)) {
            bank.transfer(random, teller, TELLERS);
            transfers.incrementAndGet();
        }
        return null;
    }

    private Void audit(Bank bank) throws Exception {
        while (!stop.await(THOUGHT_MILLIS, TimeUnit.MILLISECONDS)) {
            assertThat(bank.total()).isEqualTo((long) Bank.ACCOUNTS * Bank.OPENING);
        }
        return null;
    }

    private HikariDataSource pool(Stores stores) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(stores.url());
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(TELLERS + 1);
        config.setMetricsTrackerFactory((name, statistics) -> new IMetricsTracker() {
            @Override
            public void recordConnectionCreatedMillis(long millis) {
                created.incrementAndGet();
            }
        });
        return new HikariDataSource(config);
    }
}
