package org.batonjdbc.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.batonjdbc.tests.fixture.Stores;

/**
 * The longest time that any of eight writers at full speed waited for one of its transactions: with the raw driver, through
 * Baton, while it replicates, and around each of many switchovers, there and back. Each writer has a row of its own.
 */
public final class Pauses {
    private static final int WRITERS = 8;
    private static final long WINDOW_MILLIS = 500;

    private final Callable<Connection> connections;
    /** The longest transaction of each writer in this window, in nanoseconds; any thread may set it back. */
    private final AtomicLongArray longest = new AtomicLongArray(WRITERS);

    private volatile boolean ended;

    private Pauses(Callable<Connection> connections) {
        this.connections = connections;
    }

    /**
     * Prints a table.
     *
     * @param arguments how many windows of each kind; 20 if there is none
     */
    public static void main(String[] arguments) throws Exception {
        int windows = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        System.out.printf(
                "%-34s %8s %8s %8s  (ms, %d windows)%n", "longest wait of a writer", "p50", "p90", "max", windows);
        try (Stores stores = new Stores("h2:1.4.200", "h2:2.5.252", null, "")) {
            stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n BIGINT)");
            stores.execute("INSERT INTO item SELECT X, 0 FROM SYSTEM_RANGE(0, 9999)");
            new Pauses(stores::pastBatonToFirst).measure("raw driver", windows, () -> 0);
            Pauses through = new Pauses(stores::connect);
            through.measure("Baton, no upgrade", windows, () -> 0);
            stores.replicate();
            through.measure("Baton, replicating", windows, () -> 0);
            List<Double> gate = new ArrayList<>();
            boolean[] forth = {true};
            through.measure("Baton, a switchover in each", windows, () -> {
                gate.add(switchOver(stores, forth[0] ? "UPGRADE SWITCH WITH (verify = 'skip')" : "UPGRADE REVERSE"));
                forth[0] = !forth[0];
                return 0;
            });
            print("the gate was closed", gate);
        }
    }

    private static double switchOver(Stores stores, String verb) throws SQLException {
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(verb)) {
            row.next();
            return row.getDouble("pause_ms");
        }
    }

    private void measure(String what, int windows, Callable<Integer> event) throws Exception {
        ended = false;
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            writing.add(threads.submit(() -> write(number)));
        }
        List<Double> waits = new ArrayList<>();
        try {
            TimeUnit.SECONDS.sleep(3);
            for (int window = 0; window < windows; window++) {
                for (int i = 0; i < WRITERS; i++) {
                    longest.set(i, 0);
                }
                TimeUnit.MILLISECONDS.sleep(WINDOW_MILLIS / 2);
                event.call();
                TimeUnit.MILLISECONDS.sleep(WINDOW_MILLIS / 2);
                long most = 0;
                for (int i = 0; i < WRITERS; i++) {
                    most = Math.max(most, longest.get(i));
                }
                waits.add(most / 1e6);
            }
        } finally {
            ended = true;
            for (Future<?> writer : writing) {
                writer.get(1, TimeUnit.MINUTES);
            }
            threads.shutdown();
        }
        print(what, waits);
    }

    private Void write(int number) throws Exception {
        try (Connection connection = connections.call();
                PreparedStatement update = connection.prepareStatement("UPDATE item SET n = n + 1 WHERE id = ?")) {
            connection.setAutoCommit(false);
            while (!ended) {
                long begin = System.nanoTime();
                update.setInt(1, number);
                update.executeUpdate();
                connection.commit();
                longest.accumulateAndGet(number, System.nanoTime() - begin, Math::max);
            }
        }
        return null;
    }

    private static void print(String what, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        System.out.println(String.format(
                Locale.ROOT,
                "%-34s %8.1f %8.1f %8.1f",
                what,
                sorted[sorted.length / 2],
                sorted[sorted.length * 9 / 10],
                Arrays.stream(sorted).max().orElseThrow()));
    }
}
