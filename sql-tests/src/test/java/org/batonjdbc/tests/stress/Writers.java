package org.batonjdbc.tests.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;

/** One writer per core, and the oracle: what their accounts say must be what a store holds. */
public final class Writers {
    private static final long PATIENCE_SECONDS = 60;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Future<Account>> running = new ArrayList<>();
    private final ExecutorService threads;

    private Writers(ExecutorService threads) {
        this.threads = threads;
    }

    /** Creates the tables and begins to write. */
    public static Writers start(Stores stores, long seed) throws SQLException {
        stores.execute(
                "CREATE TABLE item(id INT PRIMARY KEY, updates INT NOT NULL, code VARCHAR(10) UNIQUE)",
                "CREATE TABLE event(id IDENTITY PRIMARY KEY, writer INT NOT NULL)");
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        Writers all = new Writers(Executors.newFixedThreadPool(cores));
        for (int i = 0; i < cores; i++) {
            all.writers.add(new Writer(stores.connect(), i, cores, seed, all.stop));
        }
        all.writers.forEach(writer -> all.running.add(all.threads.submit(writer)));
        return all;
    }

    /** Lets them work for a while; fails as soon as one of them has. */
    public void work(long millis) throws Exception {
        try {
            running.get(0).get(millis, TimeUnit.MILLISECONDS);
            throw new AssertionError("a writer stopped by itself");
        } catch (TimeoutException e) {
            for (Future<Account> writer : running) {
                if (writer.isDone()) {
                    writer.get();
                }
            }
        }
    }

    /** Ends them all; an error of one of them is thrown. */
    public void finish() throws InterruptedException, ExecutionException, TimeoutException {
        stop.set(true);
        threads.shutdown();
        for (Future<Account> writer : running) {
            writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Ends them whatever has happened, for finally. */
    public void abandon() {
        stop.set(true);
        threads.shutdownNow();
    }

    /** How many updates the rows that are there have seen. */
    public long updates() {
        return rows().values().stream().mapToLong(Integer::longValue).sum();
    }

    private Map<Integer, Integer> rows() {
        Map<Integer, Integer> all = new TreeMap<>();
        writers.forEach(writer -> all.putAll(writer.account().rows()));
        return all;
    }

    /** The oracle: COUNT(*), SUM(updates), and then row by row. */
    public void compareWith(Connection store) throws SQLException {
        Map<Integer, Integer> expected = rows();
        Map<Integer, Integer> found = new TreeMap<>();
        for (List<Object> row : Rows.of(store, "SELECT id, updates FROM item")) {
            found.put((Integer) row.get(0), (Integer) row.get(1));
        }
        assertThat(found).as("updates of each row").isEqualTo(expected);
        assertThat(Rows.number(store, "SELECT COUNT(*) FROM item")).isEqualTo(expected.size());
        assertThat(Rows.number(store, "SELECT COALESCE(SUM(updates), 0) FROM item"))
                .isEqualTo(updates());
        long events =
                writers.stream().mapToLong(writer -> writer.account().events()).sum();
        assertThat(Rows.number(store, "SELECT COUNT(DISTINCT id) FROM event"))
                .as("events")
                .isEqualTo(events);
    }
}
