package org.batonjdbc.tests.crash;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.batonjdbc.tests.crash.Oracle.Holding;
import org.batonjdbc.tests.crash.Oracle.Verdict;

/**
 * The process that dies. It judges what its predecessor has left, works on, and ends by itself only when the upgrade is
 * complete, or with a complaint. Everything that its parent wants to know it says in lines on standard output.
 */
final class Victim {
    /** Lines for the parent begin with one of these. */
    static final String FOUND = "found ";

    static final String READY = "ready";
    static final String COMPLAINT = "complaint ";

    static final int CLERKS = 3;
    static final int WRONG = 3;

    /** The engine itself has left transactions half there. */
    static final int TORN = 4;

    private static final int INDEX_WITHOUT_ROW = 90143;
    private static final long LIFE_SECONDS = 90;

    private final String url;
    private final Path ledgerFile;
    private final long seed;
    private final List<Connection> connections = new ArrayList<>();

    private Victim(String url, Path directory, long seed) {
        this.url = url;
        this.ledgerFile = directory.resolve("ledger");
        this.seed = seed;
    }

    /** Arguments: failover URL, second store as STATUS names it, directory, seed, step to die at or nothing, and which time. */
    public static void main(String[] arguments) {
        PrintStream log = System.err;
        System.setErr(new DeathWatch(log, arguments[4], Integer.parseInt(arguments[5])));
        int status = 0;
        try {
            new Victim(arguments[0], Path.of(arguments[2]), Long.parseLong(arguments[3]))
                    .live(arguments[1], arguments[4]);
        } catch (TornException e) {
            e.printStackTrace(log);
            status = TORN;
        } catch (Throwable e) {
            // Errors too: the parent must hear of everything that ended this life.
            e.printStackTrace(log);
            status = isTorn(e) ? TORN : WRONG;
            if (status == WRONG) {
                System.out.println(COMPLAINT + e);
            }
        }
        System.out.flush();
        // Nothing is closed: an upgrade is complete, and a process may end without a word at any time.
        Runtime.getRuntime().halt(status);
    }

    /** Whether H2 has found an index that does not fit its table. */
    private static boolean isTorn(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found && found.getErrorCode() == INDEX_WITHOUT_ROW) {
                return true;
            }
        }
        return false;
    }

    private void live(String last, String aim) throws Exception {
        try (Ledger ledger = Ledger.appendTo(ledgerFile)) {
            AtomicIntegerArray committed = new AtomicIntegerArray(CLERKS);
            Operator operator = new Operator(connect(), ledger, committed, last, aim, seed);
            judge(operator, committed, ledger);
            System.out.println(READY);
            work(operator, committed, ledger);
            judge(operator, committed, ledger);
        }
    }

    /** Compares the store with the ledger, and with the other store where it follows. */
    private void judge(Operator operator, AtomicIntegerArray committed, Ledger ledger) throws Exception {
        Connection connection = connect();
        if (committed.get(0) == 0 && isNew(connection)) {
            Shop.open(connection, CLERKS);
        }
        List<Holding> holdings = Shop.holdings(connection, CLERKS);
        Oracle oracle = Oracle.of(ledgerFile, CLERKS);
        Verdict verdict = oracle.judge(holdings);
        String phase = operator.status("phase");
        System.out.println(FOUND + phase + " " + verdict.transactions() + " " + verdict.unacknowledged() + " "
                + verdict.lost() + " " + verdict.lostForMillis());
        if (verdict.torn()) {
            throw new TornException(verdict.complaints().toString());
        }
        verdict.complaints().forEach(complaint -> System.out.println(COMPLAINT + complaint));
        Set<String> orphans = Shop.orphans(connection);
        orphans.forEach(orphan -> System.out.println(COMPLAINT + "what it hangs on is gone: " + orphan));
        if (phase.equals("REPLICATING") || phase.equals("SWITCHED")) {
            long differing = operator.differing();
            if (differing > 0 && differing <= oracle.touched()) {
                throw new TornException(differing + " rows differ, and no more were touched by the last transactions");
            }
            operator.verify();
        }
        if (!verdict.complaints().isEmpty() || !orphans.isEmpty()) {
            throw new SQLException("the store is not what it was told to be, in phase " + phase);
        }
        int[] found = holdings.stream().mapToInt(Holding::transaction).toArray();
        ledger.begun(found);
        for (int i = 0; i < CLERKS; i++) {
            committed.set(i, found[i]);
        }
    }

    /** There is nothing to go on with: what the engine has left half is no state that it ever had. */
    private static final class TornException extends Exception {
        private static final long serialVersionUID = 1;

        TornException(String message) {
            super(message);
        }
    }

    private static boolean isNew(Connection connection) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, "PUBLIC", "CLERK", null)) {
            return !tables.next();
        }
    }

    private void work(Operator operator, AtomicIntegerArray committed, Ledger ledger) throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(CLERKS + 2);
        List<Future<Void>> clerks = new ArrayList<>();
        for (int i = 0; i < CLERKS; i++) {
            clerks.add(threads.submit(new Clerk(connect(), i, ledger, committed, stop, seed)));
        }
        Operator second = new Operator(connect(), ledger, committed, "", "", seed);
        if (seed % 2 == 0) {
            clerks.add(threads.submit(() -> checkpoints(second, stop)));
        }
        Future<Void> upgrade = threads.submit(operator);
        waitFor(upgrade, clerks);
        stop.countDown();
        for (Future<Void> clerk : clerks) {
            clerk.get(LIFE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Void checkpoints(Operator operator, CountDownLatch stop) throws Exception {
        while (!stop.await(200, TimeUnit.MILLISECONDS)) {
            operator.checkpoint();
        }
        return null;
    }

    /** Ends with the upgrade, or as soon as anybody has met an error. */
    private static void waitFor(Future<Void> upgrade, List<Future<Void>> clerks) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIFE_SECONDS);
        while (true) {
            try {
                upgrade.get(50, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                for (Future<Void> clerk : clerks) {
                    if (clerk.isDone()) {
                        clerk.get();
                        throw new ExecutionException("a clerk has ended by itself", e);
                    }
                }
                if (System.nanoTime() > deadline) {
                    Thread.getAllStackTraces().forEach((thread, stack) -> {
                        System.err.println(thread);
                        for (StackTraceElement element : stack) {
                            System.err.println("    at " + element);
                        }
                    });
                    throw e;
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, "sa", "");
        connections.add(connection);
        return connection;
    }
}
