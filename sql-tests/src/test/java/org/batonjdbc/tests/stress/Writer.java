package org.batonjdbc.tests.stress;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One application thread with one connection, which it never gives up: random transactions on rows that no other writer
 * touches, because H2 itself loses committed rows in a pattern of three writers to one row.
 */
final class Writer implements Callable<Account> {
    /** What engines say of a row that is there already; MariaDB has no state of its own for it. */
    private static final Set<String> DUPLICATES = Set.of("23505", "23000");

    private static final int IDS = 4096;
    private static final int BUSY_IDS = 128;
    private static final int MOST_STATEMENTS = 6;

    private final Connection connection;
    private final int number;
    private final int writers;
    private final boolean retries;
    /** Whether the engine undoes a whole batch, and in a transaction all before it, when one element fails. */
    private final boolean wholeBatches;

    private final Random random;
    private final AtomicBoolean stop;
    private final Account account = new Account();

    Writer(Connection connection, int number, Writers.Plan plan, AtomicBoolean stop) throws SQLException {
        this.connection = connection;
        this.number = number;
        this.writers = plan.writers();
        this.retries = plan.retry();
        this.wholeBatches = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        this.random = new Random(plan.seed() + number);
        this.stop = stop;
    }

    /** Works until it is told to stop; any error that is not planned ends it. */
    @Override
    public Account call() throws SQLException {
        while (!stop.get()) {
            try {
                work();
            } catch (SQLException e) {
                if (!retries || !"40001".equals(e.getSQLState())) {
                    throw e;
                }
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                account.rolledBack();
            }
        }
        return account;
    }

    private void work() throws SQLException {
        int dice = random.nextInt(10);
        if (dice < 3) {
            inAutocommit();
        } else if (dice < 5) {
            batch(random.nextBoolean());
        } else {
            transaction();
        }
    }

    Account account() {
        return account;
    }

    private void inAutocommit() throws SQLException {
        connection.setAutoCommit(true);
        change();
        account.committed();
    }

    private void transaction() throws SQLException {
        connection.setAutoCommit(false);
        int statements = 1 + random.nextInt(MOST_STATEMENTS);
        for (int i = 0; i < statements; i++) {
            if (random.nextInt(5) == 0) {
                toSavepointAndBack();
            } else {
                change();
            }
        }
        if (random.nextInt(6) == 0) {
            connection.rollback();
            account.rolledBack();
        } else {
            connection.commit();
            account.committed();
        }
    }

    private void toSavepointAndBack() throws SQLException {
        Account.Mark mark = account.mark();
        Savepoint savepoint = connection.setSavepoint();
        change();
        if (random.nextBoolean()) {
            connection.rollback(savepoint);
            account.rolledBackTo(mark);
        } else {
            connection.releaseSavepoint(savepoint);
        }
    }

    private void change() throws SQLException {
        int id = someId();
        if (random.nextInt(8) == 0) {
            event();
        } else if (!account.has(id)) {
            run("INSERT INTO item(id, updates, code) VALUES (?, 0, ?)", id, "c" + id);
            account.inserted(id);
        } else if (random.nextInt(3) == 0) {
            run("DELETE FROM item WHERE id = ?", id, null);
            account.deleted(id);
        } else {
            run("UPDATE item SET updates = updates + 1 WHERE id = ?", id, null);
            account.updated(id);
        }
    }

    /** More often than not one of a few, so that rows come and go and come again. */
    private int someId() {
        int choice = random.nextInt(3) == 0 ? IDS / writers : BUSY_IDS / writers;
        return random.nextInt(choice) * writers + number;
    }

    private void run(String sql, int id, String code) throws SQLException {
        int rows = random.nextBoolean() ? prepared(sql, id, code) : literal(sql, id, code);
        if (rows != 1) {
            throw new SQLException("row " + id + " was known to be there, or not: " + rows + " rows by " + sql);
        }
    }

    private int prepared(String sql, int id, String code) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, id);
            if (code != null) {
                statement.setString(2, code);
            }
            return statement.executeUpdate();
        }
    }

    private int literal(String sql, int id, String code) throws SQLException {
        String text = sql.replaceFirst("\\?", Integer.toString(id)).replace("?", "'" + code + "'");
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(text);
        }
    }

    private void event() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO event(writer) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setInt(1, number);
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                if (!key.next() || key.getLong(1) < 0) {
                    throw new SQLException("no key was generated");
                }
            }
        }
        account.event();
    }

    /**
     * Some elements fail, because their row is there already; which ones landed, the update counts say. Some engines go
     * on behind an element that fails, and others end the batch there.
     */
    private void batch(boolean autocommit) throws SQLException {
        connection.setAutoCommit(autocommit);
        int[] ids = random.ints(5, 0, IDS / writers)
                .map(i -> i * writers + number)
                .distinct()
                .toArray();
        boolean[] mayFail = new boolean[ids.length];
        int[] counts;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO item(id, updates, code) VALUES (?, 0, ?)")) {
            for (int i = 0; i < ids.length; i++) {
                mayFail[i] = account.has(ids[i]);
                insert.setInt(1, ids[i]);
                insert.setString(2, "c" + ids[i]);
                insert.addBatch();
            }
            counts = insert.executeBatch();
        } catch (BatchUpdateException e) {
            if (!DUPLICATES.contains(e.getSQLState())) {
                throw e;
            }
            if (wholeBatches) {
                if (!autocommit) {
                    connection.rollback();
                }
                account.rolledBack();
                return;
            }
            counts = e.getUpdateCounts();
        }
        if (counts.length < ids.length && !mayFail[counts.length]) {
            throw new SQLException("element " + counts.length + " of a batch, row " + ids[counts.length] + ", failed");
        }
        for (int i = 0; i < counts.length; i++) {
            if ((counts[i] == 1) == mayFail[i]) {
                throw new SQLException("element " + i + " of a batch, row " + ids[i] + ": count " + counts[i]);
            }
            if (counts[i] == 1) {
                account.inserted(ids[i]);
            }
        }
        if (!autocommit) {
            connection.commit();
        }
        account.committed();
    }
}
