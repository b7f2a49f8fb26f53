package org.batonjdbc.shell.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** All writers of the demo and their threads; whoever starts them stops them. */
final class Crew implements AutoCloseable {
    private static final Duration LAST_TRANSACTION = Duration.ofSeconds(60);

    private final CountDownLatch stop;
    private final List<Share> shares;
    private final List<Writer> writers;
    private final List<Thread> threads;

    private Crew(CountDownLatch stop, List<Share> shares, List<Writer> writers, List<Thread> threads) {
        this.stop = stop;
        this.shares = shares;
        this.writers = writers;
        this.threads = threads;
    }

    /** Sets writers to work on a shop that has just been filled. */
    static Crew start(int number, Shop shop, DataSource pool, Tempo tempo) {
        CountDownLatch stop = new CountDownLatch(1);
        List<Share> shares = new ArrayList<>();
        List<Writer> writers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Share share = new Share(shop, i, number);
            Writer writer = new Writer(pool, share, tempo, stop, new Random(i));
            shares.add(share);
            writers.add(writer);
            threads.add(new Thread(writer, "writer-" + (i + 1)));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        return new Crew(stop, shares, writers, threads);
    }

    /**
     * Lets every writer finish its transaction and end. Ledgers and errors may be read from then on.
     *
     * @throws IllegalStateException if one does not end in time
     */
    void stop() throws InterruptedException {
        stop.countDown();
        long deadline = System.nanoTime() + LAST_TRANSACTION.toNanos();
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            if (thread.isAlive()) {
                throw new IllegalStateException(thread.getName() + " has not ended its transaction within "
                        + LAST_TRANSACTION.toSeconds() + " s");
            }
        }
    }

    List<Ledger> ledgers() {
        return shares.stream().map(Share::ledger).toList();
    }

    List<Exception> errors() {
        return writers.stream().flatMap(writer -> writer.errors().stream()).toList();
    }

    /** Tells the writers to stop without waiting for them. */
    @Override
    public void close() {
        stop.countDown();
    }
}
