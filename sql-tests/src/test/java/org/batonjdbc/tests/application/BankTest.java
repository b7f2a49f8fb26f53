package org.batonjdbc.tests.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/**
 * Money moves between accounts all the time, and whoever adds up finds the same sum at any moment: before, during and after a
 * switchover, after a reverse, and after the end. {@code -Dbaton.bank.seconds=600} makes it longer.
 */
@Pair
class BankTest {
    private static final int TELLERS = 3;
    private static final int STAGES = 6;
    private static final long STAGE_MILLIS = Long.getLong("baton.bank.seconds", 6) * 1000 / STAGES;
    private static final long THOUGHT_MILLIS = 1;
    private static final long TOTAL = (long) Bank.ACCOUNTS * Bank.OPENING;

    private final AtomicLong transfers = new AtomicLong();
    private final AtomicLong audits = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Future<Void>> work = new ArrayList<>();

    @Test
    void theSumIsTheSameAtAnyMoment(Stores stores) throws Exception {
        carryOver(stores);
    }

    @Test
    @Pair(inFiles = true)
    void theSumIsTheSameAtAnyMomentInFiles(Stores stores) throws Exception {
        carryOver(stores);
    }

    private void carryOver(Stores stores) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (HikariDataSource pool = pool(stores)) {
            Bank bank = new Bank(new Template(pool));
            bank.open();
            for (int i = 0; i < TELLERS; i++) {
                Random random = new Random(i);
                work.add(threads.submit(again(transfers, () -> bank.transfer(random))));
            }
            work.add(threads.submit(again(audits, () -> assertThat(bank.total()).isEqualTo(TOTAL))));
            work.add(threads.submit(
                    again(audits, () -> assertThat(bank.totalInHalves()).isEqualTo(TOTAL))));

            stage(stores);
            stage(stores, "UPGRADE START", "UPGRADE WAIT FOR REPLICATING", "UPGRADE VERIFY");
            stage(stores, "UPGRADE SWITCH");
            stage(stores, "UPGRADE REVERSE");
            stage(stores, "UPGRADE SWITCH");
            stores.verifySame();
            stage(stores, "UPGRADE COMPLETE");
            stop.countDown();
            for (Future<Void> thread : work) {
                thread.get(60, TimeUnit.SECONDS);
            }

            assertThat(bank.total()).isEqualTo(TOTAL);
            assertThat(bank.transfers()).isEqualTo(transfers.get());
            assertThat(bank.unexplained()).isZero();
            assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.upgradedStore());
        } finally {
            stop.countDown();
            threads.shutdownNow();
        }
    }

    /** Goes a step on and lets the bank work for a while; fails if any of its threads has, or has not done anything. */
    private void stage(Stores stores, String... statements) throws Exception {
        long transfersBefore = transfers.get();
        long auditsBefore = audits.get();
        stores.execute(statements);
        assertThatThrownBy(() -> work.get(0).get(STAGE_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        for (Future<Void> thread : work) {
            if (thread.isDone()) {
                thread.get();
            }
        }
        assertThat(transfers.get()).isGreaterThan(transfersBefore);
        assertThat(audits.get()).isGreaterThan(auditsBefore);
    }

    /** A piece of work of somebody in the bank. */
    private interface Task {
        void run() throws SQLException;
    }

    private Callable<Void> again(AtomicLong times, Task task) {
        return () -> {
            while (!stop.await(THOUGHT_MILLIS, TimeUnit.MILLISECONDS)) {
                task.run();
                times.incrementAndGet();
            }
            return null;
        };
    }

    private static HikariDataSource pool(Stores stores) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(stores.url());
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(TELLERS + 2);
        return new HikariDataSource(config);
    }
}
