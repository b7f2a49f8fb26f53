package org.batonjdbc.shell.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * One thread of an application: short transactions, each followed by a moment of thought, until it is told to stop. It
 * knows JDBC and its pool, and nothing of Baton. One transaction in twenty is rolled back, as applications do.
 */
final class Writer implements Runnable {
    private static final int LONGEST_THOUGHT_MICROS = 10_000;
    private static final int ENOUGH_ERRORS = 100;

    private final DataSource pool;
    private final Share share;
    private final Tempo tempo;
    private final CountDownLatch stop;
    private final Random random;
    private final Transactions transactions;
    private final List<Exception> errors = new ArrayList<>();

    Writer(DataSource pool, Share share, Tempo tempo, CountDownLatch stop, Random random) {
        this.pool = pool;
        this.share = share;
        this.tempo = tempo;
        this.stop = stop;
        this.random = random;
        transactions = new Transactions(share, random);
    }

    @Override
    public void run() {
        try {
            while (!stop.await(random.nextInt(LONGEST_THOUGHT_MICROS), TimeUnit.MICROSECONDS)) {
                transact();
                if (errors.size() >= ENOUGH_ERRORS) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            errors.add(e); // a defect of a driver is one of the things that the report must not hide
        }
    }

    private void transact() {
        Stage begun = tempo.stage();
        long begin = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Map<RowKey, Integer> changes = new HashMap<>();
            Runnable known = transactions.run(connection, changes);
            if (random.nextInt(20) == 0) {
                connection.rollback();
                return;
            }
            connection.commit();
            share.ledger().committed(changes);
            known.run();
            tempo.committed(begun, System.nanoTime() - begin);
        } catch (SQLException e) {
            // the pool rolls back what was not committed; should the commit have failed after it was done, the
            // comparison will find the rows
            errors.add(e);
        }
    }

    /** What went wrong; to be read when the thread has ended. */
    List<Exception> errors() {
        return errors;
    }
}
