package org.batonjdbc.tests.race;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.batonjdbc.tests.fixture.Stores;

/** All racers of one test, and moments in which none of them works. */
final class Race {
    private static final int RACERS = 6;
    private static final long PATIENCE_SECONDS = 60;

    private final Stores stores;
    private final Ledger ledger = new Ledger();
    private final ReadWriteLock rest = new ReentrantReadWriteLock(true);
    private final AtomicBoolean stop = new AtomicBoolean();
    private final ExecutorService threads;
    private final List<Future<Long>> running = new ArrayList<>();

    private Race(Stores stores) {
        this.stores = stores;
        this.threads = Executors.newFixedThreadPool(RACERS);
    }

    /** Creates the tables and lets them run. */
    static Race start(Stores stores, long seed) throws SQLException {
        stores.execute(
                "CREATE TABLE item(id BIGINT PRIMARY KEY, n INT NOT NULL, code INT UNIQUE)",
                "CREATE TABLE child(id BIGINT PRIMARY KEY, item BIGINT NOT NULL REFERENCES item ON DELETE CASCADE)",
                "CREATE TABLE node(id BIGINT PRIMARY KEY, parent BIGINT REFERENCES node ON DELETE CASCADE,"
                        + " name VARCHAR(20))");
        Race race = new Race(stores);
        for (int i = 0; i < RACERS; i++) {
            Connection connection = stores.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCK_TIMEOUT 500");
            }
            race.running.add(race.threads.submit(new Racer(
                    connection, race.ledger, new Random(seed * RACERS + i), race.rest.readLock(), race.stop)));
        }
        return race;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Lets them run for a while; fails as soon as one of them has. */
    void work(long millis) throws Exception {
        try {
            running.get(0).get(millis, TimeUnit.MILLISECONDS);
            throw new AssertionError("a racer stopped by itself");
        } catch (TimeoutException e) {
            check();
        }
    }

    /** Throws the error that has ended one of them, if there is one. */
    void check() throws Exception {
        for (Future<Long> racer : running) {
            if (racer.isDone()) {
                racer.get();
            }
        }
    }

    /** Something to be done while all of them stand still between two transactions. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    void atRest(Step step) throws Exception {
        if (!rest.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("a transaction has not ended within " + PATIENCE_SECONDS + " s");
        }
        try {
            work(0);
            step.run();
        } finally {
            rest.writeLock().unlock();
        }
    }

    /** Everything that was committed is on both stores, and nothing else. */
    void compare() throws Exception {
        atRest(() -> {
            stores.awaitApplied();
            ledger.compareWith(stores.pastBatonToFirst(), "first");
            ledger.compareWith(stores.pastBatonToSecond(), "second");
            stores.verifySame();
        });
    }

    /** Ends them all; returns how many transactions the engine has given up, or throws an error of one of them. */
    long finish() throws Exception {
        stop.set(true);
        threads.shutdown();
        long givenUp = 0;
        for (Future<Long> racer : running) {
            givenUp += racer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return givenUp;
    }

    /** Ends them whatever has happened, for finally. */
    void abandon() {
        stop.set(true);
        threads.shutdownNow();
    }
}
