package org.batonjdbc.tests.twin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;

/** One connection that does random steps; two of the same seed do the same. */
final class Application {
    private final Connection connection;
    private final Random random;
    private final Statements statements;
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();

    /** What the last step was, for the message of a failure. */
    private String last = "";

    Application(Connection connection, long seed) {
        this.connection = connection;
        this.random = new Random(seed);
        this.statements = new Statements(random);
    }

    String last() {
        return last;
    }

    Outcome step() {
        int dice = random.nextInt(20);
        return switch (dice) {
            case 0 -> steer("COMMIT");
            case 1 -> steer("ROLLBACK");
            case 2 -> steer(random.nextBoolean() ? "AUTOCOMMIT ON" : "AUTOCOMMIT OFF");
            case 3 -> savepoint();
            case 4 -> rollbackToSavepoint();
            case 5, 6 -> batch();
            case 7, 8 -> statementBatch();
            case 9, 10, 11 -> withKeys();
            case 12, 13 -> prepared();
            default -> plain();
        };
    }

    private Outcome steer(String what) {
        last = what;
        savepoints.clear();
        return Outcome.of(() -> {
            switch (what) {
                case "COMMIT" -> connection.commit();
                case "ROLLBACK" -> connection.rollback();
                default -> connection.setAutoCommit(what.endsWith("ON"));
            }
            return "autocommit " + connection.getAutoCommit();
        });
    }

    private Outcome savepoint() {
        last = "set savepoint";
        return Outcome.of(() -> {
            if (connection.getAutoCommit()) {
                return "none";
            }
            savepoints.push(connection.setSavepoint());
            return "set";
        });
    }

    private Outcome rollbackToSavepoint() {
        last = "roll back to savepoint";
        return Outcome.of(() -> {
            if (savepoints.isEmpty()) {
                return "none";
            }
            connection.rollback(savepoints.pop());
            return "rolled back";
        });
    }

    private Outcome plain() {
        String sql = statements.next();
        last = sql;
        return Outcome.of(() -> {
            try (Statement statement = connection.createStatement()) {
                return Outcome.executed(statement, statement.execute(sql));
            }
        });
    }

    private Outcome prepared() {
        String sql = statements.next();
        last = "prepared " + sql;
        return Outcome.of(() -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return Outcome.executed(statement, statement.execute());
            }
        });
    }

    private Outcome withKeys() {
        String sql = statements.next();
        last = "with keys " + sql;
        return Outcome.of(() -> {
            try (Statement statement = connection.createStatement()) {
                boolean query = statement.execute(sql, Statement.RETURN_GENERATED_KEYS);
                return Outcome.executed(statement, query) + Outcome.keys(statement);
            }
        });
    }

    private Outcome batch() {
        String sql = statements.insert();
        int[] numbers = random.ints(6, 0, 25).toArray();
        last = "batch " + sql + " " + Arrays.toString(numbers);
        return Outcome.of(() -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int number : numbers) {
                    statement.setInt(1, number);
                    statement.setString(2, "c" + number);
                    statement.addBatch();
                }
                return Arrays.toString(statement.executeBatch());
            }
        });
    }

    private Outcome statementBatch() {
        String[] batch = {statements.change(), statements.change(), statements.change()};
        last = "batch " + Arrays.toString(batch);
        return Outcome.of(() -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : batch) {
                    statement.addBatch(sql);
                }
                return Arrays.toString(statement.executeBatch());
            }
        });
    }

    void end() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}
