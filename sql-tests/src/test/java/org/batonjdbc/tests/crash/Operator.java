package org.batonjdbc.tests.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.batonjdbc.tests.fixture.Rows;

/**
 * Carries the upgrade on from wherever UPGRADE STATUS says that it stands, to its end: there and back and there again, and
 * now and then cancelled and begun anew.
 */
final class Operator implements Callable<Void> {
    private static final String REACH_REPLICATING = "UPGRADE WAIT FOR REPLICATING WITH (timeout = '60s')";

    /** Steps that an upgrade comes by which is cancelled. */
    private static final Set<String> CANCELLATION = Set.of("UPGRADED_CLEARED", "CANCELLED");

    /** Steps that an upgrade comes by only when it begins; one that is further must be cancelled first. */
    private static final Set<String> COPY = Set.of(
            "LOG_CREATED",
            "TABLES_BUILT",
            "START_RECORDED",
            "CAPTURE_BEGUN",
            "CHUNK_WRITTEN",
            "CHUNK_COMMITTED",
            "SETTLED",
            "BUILD_RECORDED",
            "CONSTRAINTS_BUILT",
            "SCHEMA_BUILT",
            "COPY_RECORDED");

    /** Steps that an upgrade comes by which ends, or which the next one begins with. */
    private static final Set<String> COMPLETES =
            Set.of("END_RECORDED", "CAPTURE_ENDED", "ACTIVE_CLEARED", "REPLACED_CLEARED");

    private static final int TABLES = 5;
    private static final int DIFFERING_ROWS = 3;

    private final Connection connection;
    private final Ledger ledger;
    private final AtomicIntegerArray committed;
    private final Random random;
    private final String last;
    private final String aim;

    /**
     * An operator of stores of which the second is called {@code last}.
     *
     * @param committed the last transaction of each clerk that was acknowledged
     * @param aim the step that is to be passed; anything else if it does not matter
     */
    Operator(Connection connection, Ledger ledger, AtomicIntegerArray committed, String last, String aim, long seed) {
        this.connection = connection;
        this.ledger = ledger;
        this.committed = committed;
        this.last = last;
        this.aim = aim;
        this.random = new Random(seed);
    }

    /** Returns when the upgrade is complete. */
    @Override
    public Void call() throws SQLException, InterruptedException {
        if (Boolean.getBoolean("baton.kill.idle")) {
            new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        }
        while (true) {
            switch (status("phase")) {
                case "IDLE" -> {
                    if (status("active").equals(last)) {
                        return null;
                    }
                    run("UPGRADE START");
                }
                case "COPYING" -> run(leaves(CANCELLATION, 20) ? "UPGRADE CANCEL" : REACH_REPLICATING);
                case "REPLICATING" -> {
                    if (leaves(CANCELLATION, 10) || leaves(COPY, 10)) {
                        run("UPGRADE CANCEL");
                    } else {
                        move("UPGRADE SWITCH");
                    }
                }
                case "SWITCHED" -> {
                    if (leaves(COMPLETES, 3)) {
                        run("UPGRADE COMPLETE");
                    } else {
                        move("UPGRADE REVERSE");
                    }
                }
                default -> throw new SQLException("phase " + status("phase") + ": " + status("error"));
            }
        }
    }

    /** Whether to leave the way there and back now: one time in so many, or because what is to be seen lies beyond. */
    private boolean leaves(Set<String> steps, int oneIn) {
        return steps.contains(aim) || random.nextInt(oneIn) == 0;
    }

    /** Both stores are made durable by a switchover, so what was committed before it can never be lost. */
    private void move(String verb) throws SQLException {
        if (random.nextBoolean()) {
            verify();
        }
        int[] before = before();
        run(verb + " WITH (verify = 'skip')");
        ledger.durable(before);
    }

    /** Has the engine write what was committed until now, whichever store it is. */
    void checkpoint() throws SQLException {
        int[] before = before();
        run("CHECKPOINT SYNC");
        ledger.durable(before);
    }

    private int[] before() {
        int[] before = new int[committed.length()];
        for (int i = 0; i < before.length; i++) {
            before[i] = committed.get(i);
        }
        return before;
    }

    /** Where the upgrade stands. */
    String status(String column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("UPGRADE STATUS")) {
            row.next();
            return row.getString(column);
        }
    }

    /** Compares both stores; an error if they differ. */
    void verify() throws SQLException {
        long differing = differing();
        if (differing > 0) {
            throw new SQLException("the stores differ in " + differing + " rows");
        }
    }

    /** How many rows UPGRADE VERIFY finds different. */
    long differing() throws SQLException {
        List<List<Object>> tables = Rows.of(connection, "UPGRADE VERIFY");
        if (tables.size() < TABLES) {
            throw new SQLException("tables are missing: " + tables);
        }
        return tables.stream()
                .mapToLong(table -> ((Number) table.get(DIFFERING_ROWS)).longValue())
                .sum();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
