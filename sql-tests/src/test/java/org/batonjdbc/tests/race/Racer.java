package org.batonjdbc.tests.race;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection in its own thread: random transactions on the rows that all others change too, in any order, so that it
 * waits for them, fails, and is the victim of deadlocks. It rolls back what the engine has given up, and tells the ledger
 * what was acknowledged.
 */
final class Racer implements Callable<Long> {
    private static final Set<String> VIOLATIONS = Set.of("23505", "23506", "22001");
    private static final Set<String> GIVEN_UP = Set.of("40001", "HYT00", "HY000");
    private static final int MOST_STATEMENTS = 5;
    private static final int CODES = 40;
    /** Nanoseconds between two statements of a transaction, in which others meet the rows that it holds. */
    private static final int THOUGHT = 1_000_000;

    private final Connection connection;
    private final Ledger ledger;
    private final Random random;
    private final Lock mayWork;
    private final AtomicBoolean stop;
    private Work work = new Work();
    private long givenUp;

    /** Works only while it can have {@code mayWork}, between transactions, until {@code stop}. */
    Racer(Connection connection, Ledger ledger, Random random, Lock mayWork, AtomicBoolean stop) {
        this.connection = connection;
        this.ledger = ledger;
        this.random = random;
        this.mayWork = mayWork;
        this.stop = stop;
    }

    /** Returns how many transactions the engine has given up. */
    @Override
    public Long call() throws SQLException {
        while (!stop.get()) {
            mayWork.lock();
            try {
                work();
            } finally {
                mayWork.unlock();
            }
        }
        return givenUp;
    }

    private void work() throws SQLException {
        work = new Work();
        boolean autoCommit = random.nextInt(5) == 0;
        connection.setAutoCommit(autoCommit);
        try {
            if (autoCommit) {
                change();
                ledger.committed(work);
            } else {
                transaction();
            }
        } catch (SQLException e) {
            if (!isGivenUp(e)) {
                throw e;
            }
            givenUp++;
            if (!autoCommit) {
                connection.rollback();
            }
        }
    }

    private void transaction() throws SQLException {
        int statements = 1 + random.nextInt(MOST_STATEMENTS);
        for (int i = 0; i < statements; i++) {
            if (random.nextInt(6) == 0) {
                toSavepointAndBack();
            } else {
                change();
            }
            LockSupport.parkNanos(random.nextInt(THOUGHT));
        }
        if (random.nextInt(6) == 0) {
            connection.rollback();
        } else {
            connection.commit();
            ledger.committed(work);
        }
    }

    private void toSavepointAndBack() throws SQLException {
        Work before = work.copy();
        Savepoint savepoint = connection.setSavepoint();
        change();
        if (random.nextBoolean()) {
            connection.rollback(savepoint);
            work = before;
        } else {
            connection.releaseSavepoint(savepoint);
        }
    }

    /** One statement or batch; a violated constraint undoes it alone. */
    private void change() throws SQLException {
        try {
            switch (random.nextInt(12)) {
                case 0, 1 -> insert(1);
                case 2 -> insert(2 + random.nextInt(3));
                case 3 -> add();
                case 4 -> delete();
                case 5 -> swapCodes();
                case 6 -> shiftCodes();
                case 7 -> child();
                case 8 -> batchOfInserts();
                case 9 -> batchOfUpdates();
                case 10 -> node();
                case 11 -> branch();
                default -> throw new IllegalStateException("no such change");
            }
        } catch (BatchUpdateException e) {
            throw e;
        } catch (SQLException e) {
            if (!isViolation(e)) {
                throw e;
            }
        }
    }

    private long someItem() {
        return ledger.items.some(random);
    }

    private long someNode() {
        return ledger.nodes.some(random);
    }

    /** A value that must be unique and that others want as well; or none. */
    private Integer someCode() {
        return random.nextInt(4) == 0 ? null : random.nextInt(CODES);
    }

    private int run(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Of more than one row: the first ones are there already when it waits for the value of the next. */
    private void insert(int rows) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            keys.add(ledger.newKey());
            parameters.add(keys.get(i));
            parameters.add(someCode());
        }
        run("INSERT INTO item(id, n, code) VALUES (?, 0, ?)" + ", (?, 0, ?)".repeat(rows - 1), parameters.toArray());
        work.inserted.addAll(keys);
        keys.forEach(ledger.items::add);
    }

    private void add() throws SQLException {
        long key = someItem();
        if (run("UPDATE item SET n = n + 1 WHERE id = ?", key) == 1) {
            work.added.merge(key, 1, Integer::sum);
        }
    }

    private void delete() throws SQLException {
        boolean child = random.nextInt(4) == 0;
        long key = child ? ledger.theirChildren.some(random) : someItem();
        if (run("DELETE FROM " + (child ? "child" : "item") + " WHERE id = ?", key) == 1) {
            work.deleted.add(key);
        }
    }

    private void swapCodes() throws SQLException {
        long one = someItem();
        long other = someItem();
        run(
                "UPDATE item SET code = CASE id WHEN ? THEN (SELECT code FROM item WHERE id = ?)"
                        + " ELSE (SELECT code FROM item WHERE id = ?) END WHERE id IN (?, ?)",
                one,
                other,
                one,
                one,
                other);
    }

    private void shiftCodes() throws SQLException {
        int from = random.nextInt(CODES);
        run(
                "UPDATE item SET code = code + ? WHERE code BETWEEN ? AND ?",
                random.nextBoolean() ? 1 : -1,
                from,
                from + random.nextInt(8));
    }

    private void child() throws SQLException {
        long key = ledger.newKey();
        long parent = someItem();
        run("INSERT INTO child(id, item) VALUES (?, ?)", key, parent);
        work.inserted.add(key);
        work.children.put(key, parent);
        ledger.theirChildren.add(key);
    }

    /** Some fail for their codes, or wait for them; one may be the victim of a deadlock. */
    private void batchOfInserts() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item(id, n, code) VALUES (?, 0, ?)")) {
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                keys.add(ledger.newKey());
                insert.setLong(1, keys.get(i));
                insert.setObject(2, someCode());
                insert.addBatch();
            }
            for (long key : done(insert, keys)) {
                work.inserted.add(key);
                ledger.items.add(key);
            }
        }
    }

    /** In any order, so that two of them meet in a deadlock. */
    private void batchOfUpdates() throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE item SET n = n + 1, code = COALESCE(?, code) WHERE id = ?")) {
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                keys.add(someItem());
                update.setObject(1, random.nextInt(3) == 0 ? someCode() : null);
                update.setLong(2, keys.get(i));
                update.addBatch();
            }
            for (long key : done(update, keys)) {
                work.added.merge(key, 1, Integer::sum);
            }
        }
    }

    /**
     * What a batch says of its elements. Of one that was given up the transaction is over. In autocommit mode the elements
     * before stay, but H2 2.x runs them as one transaction, takes them back and says that they are done: only Baton, which
     * says of such a batch that none is done, can be believed.
     */
    private List<Long> done(PreparedStatement batch, List<Long> keys) throws SQLException {
        int[] counts;
        try {
            counts = batch.executeBatch();
        } catch (BatchUpdateException e) {
            if (isGivenUp(e) && !connection.getAutoCommit()) {
                throw e;
            }
            counts = e.getUpdateCounts();
            if (isGivenUp(e) && Arrays.stream(counts).anyMatch(count -> count >= 0)) {
                work.unsure.addAll(keys);
            }
        }
        List<Long> done = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                done.add(keys.get(i));
            }
        }
        return done;
    }

    /** A node that hangs on another, or a new root. */
    private void node() throws SQLException {
        long key = ledger.newKey();
        Long parent = random.nextInt(4) == 0 ? null : someNode();
        run("INSERT INTO node(id, parent, name) VALUES (?, ?, ?)", key, parent, "n");
        ledger.nodes.add(key);
    }

    /** Moves a node with all that hangs on it, cuts it off with all of that, or changes what hangs on some. */
    private void branch() throws SQLException {
        switch (random.nextInt(3)) {
            case 0 -> run("DELETE FROM node WHERE id = ?", someNode());
            case 1 -> {
                long one = someNode();
                long other = someNode(); // never in a circle, which a cascade might follow for ever
                if (one != other) {
                    run("UPDATE node SET parent = ? WHERE id = ?", Math.min(one, other), Math.max(one, other));
                }
            }
            default -> run("UPDATE node SET name = name || 'x' WHERE parent >= ?", someNode());
        }
    }

    /** Unique values, foreign keys, values that are too long: the statement is undone, and nothing else. */
    private static boolean isViolation(SQLException e) {
        return VIOLATIONS.contains(e.getSQLState());
    }

    /** Deadlocks and rows that others hold for too long, anywhere in what a batch tells. */
    private static boolean isGivenUp(SQLException e) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            if (GIVEN_UP.contains(next.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
