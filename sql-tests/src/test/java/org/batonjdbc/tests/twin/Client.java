package org.batonjdbc.tests.twin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One connection of an application, with the statements that it has prepared and the savepoints that it has set. */
final class Client {
    private static final int PREPARED_LIMIT = 8;
    private static final String LIMITED = "limited ";

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();
    private final Map<Integer, Savepoint> savepoints = new HashMap<>();
    /** Whether a transaction is open in which something was done. */
    private boolean busy;

    Client(Connection connection) {
        this.connection = connection;
    }

    static Client open(Connection connection, int isolation) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT 10");
        }
        connection.setTransactionIsolation(isolation);
        return new Client(connection);
    }

    Connection connection() {
        return connection;
    }

    boolean isBusy() {
        return busy;
    }

    boolean autoCommit() throws SQLException {
        return connection.getAutoCommit();
    }

    // ---- transactions

    String control(Step.Control control) throws SQLException {
        switch (control.what()) {
            case COMMIT -> connection.commit();
            case ROLLBACK -> connection.rollback();
            case COMMIT_BY_TEXT -> run("COMMIT");
            case ROLLBACK_BY_TEXT -> run("ROLLBACK");
            case AUTOCOMMIT_ON -> connection.setAutoCommit(true);
            case AUTOCOMMIT_OFF -> connection.setAutoCommit(false);
            case SAVEPOINT -> {
                if (connection.getAutoCommit()) {
                    return "none";
                }
                savepoints.put(control.number(), connection.setSavepoint());
                return "set";
            }
            case ROLLBACK_TO_SAVEPOINT -> {
                Savepoint savepoint = savepoints.get(control.number());
                if (savepoint == null) {
                    return "none";
                }
                connection.rollback(savepoint);
                return "rolled back";
            }
        }
        savepoints.clear();
        busy = false;
        return "autocommit " + connection.getAutoCommit();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Gives up what is open. */
    void rollBack() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        savepoints.clear();
        busy = false;
    }

    /** Ends what is open. */
    void commit() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
        savepoints.clear();
        busy = false;
    }

    /** Begins a transaction that {@link #end} ends. */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    void end(boolean commits) throws SQLException {
        if (commits) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        busy = false;
    }

    // ---- statements

    String execute(Step.Execute step) throws SQLException {
        busy = !connection.getAutoCommit();
        Sql sql = step.sql();
        String seen = execute(step.how(), sql);
        return sql.text().startsWith("EXPLAIN") ? "a plan, with names that the engine makes up" : seen;
    }

    private String execute(Step.Execute.How how, Sql sql) throws SQLException {
        return switch (how) {
            case PLAIN -> {
                try (Statement statement = connection.createStatement()) {
                    yield Outcome.executed(statement, statement.execute(sql.text()));
                }
            }
            case UPDATE -> {
                try (Statement statement = connection.createStatement()) {
                    yield "updated " + statement.executeUpdate(sql.text());
                }
            }
            case KEYS -> {
                try (Statement statement = connection.createStatement()) {
                    boolean query = statement.execute(sql.text(), Statement.RETURN_GENERATED_KEYS);
                    yield Outcome.keys(statement) + Outcome.executed(statement, query);
                }
            }
            case PREPARED -> {
                try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                    if (sql.hasParameters()) {
                        sql.bind(statement, 0);
                    }
                    yield Outcome.executed(statement, statement.execute());
                }
            }
            case KEPT -> {
                PreparedStatement statement = kept("", sql);
                yield Outcome.executed(statement, statement.execute());
            }
            case LIMITED -> {
                try (Statement statement = connection.createStatement()) {
                    limit(statement, sql);
                    yield limits(statement) + Outcome.executed(statement, statement.execute(sql.text()));
                }
            }
            case LIMITED_KEPT -> {
                boolean known = prepared.containsKey(LIMITED + sql.text());
                PreparedStatement statement = kept(LIMITED, sql);
                if (!known) {
                    limit(statement, sql);
                }
                yield limits(statement) + Outcome.executed(statement, statement.execute());
            }
        };
    }

    private static void limit(Statement statement, Sql sql) throws SQLException {
        int number = sql.text().length();
        statement.setFetchSize(1 + number % 3);
        statement.setMaxRows(number % 5);
    }

    private static String limits(Statement statement) throws SQLException {
        return "fetch size " + statement.getFetchSize() + ", at most " + statement.getMaxRows();
    }

    private PreparedStatement kept(String mark, Sql sql) throws SQLException {
        PreparedStatement statement = prepared.get(mark + sql.text());
        if (statement == null) {
            if (prepared.size() == PREPARED_LIMIT) {
                String first = prepared.keySet().iterator().next();
                prepared.remove(first).close();
            }
            statement = connection.prepareStatement(sql.text());
            prepared.put(mark + sql.text(), statement);
        }
        if (sql.hasParameters()) {
            sql.bind(statement, 0);
        }
        return statement;
    }

    String batch(Step.Batch step) throws SQLException {
        busy = !connection.getAutoCommit();
        Sql sql = step.sql();
        try (PreparedStatement statement = step.keys()
                ? connection.prepareStatement(sql.text(), Statement.RETURN_GENERATED_KEYS)
                : connection.prepareStatement(sql.text())) {
            for (int row = 0; row < sql.rows().size(); row++) {
                sql.bind(statement, row);
                statement.addBatch();
            }
            return Arrays.toString(statement.executeBatch()) + (step.keys() ? Outcome.keys(statement) : "");
        }
    }

    String batch(Step.TextBatch step) throws SQLException {
        busy = !connection.getAutoCommit();
        try (Statement statement = connection.createStatement()) {
            for (String text : step.texts()) {
                statement.addBatch(text);
            }
            return Arrays.toString(statement.executeBatch());
        }
    }

    // ---- updatable result sets

    String changeRows(Step.RowChanges step) throws SQLException {
        busy = !connection.getAutoCommit();
        StringBuilder seen = new StringBuilder();
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery(step.query())) {
            seen.append(rows.getConcurrency());
            for (Step.RowChange change : step.changes()) {
                Outcome outcome = Outcome.of(() -> change(rows, change, step.columns()));
                if (outcome.isLockConflict()) {
                    throw new SQLException(outcome.message(), outcome.state(), outcome.code());
                }
                seen.append(' ').append(outcome);
            }
        }
        return seen.toString();
    }

    private static String change(ResultSet rows, Step.RowChange change, List<Column> columns) throws SQLException {
        boolean inserts = change.kind() == Step.RowChange.Kind.INSERT;
        if (inserts) {
            rows.moveToInsertRow();
        } else {
            rows.moveToCurrentRow();
            if (!rows.next()) {
                return "at the end";
            }
        }
        if (change.kind() == Step.RowChange.Kind.DELETE) {
            rows.deleteRow();
            return "deleted";
        }
        for (int i = 0; i < columns.size(); i++) {
            int number = change.numbers().get(i);
            if (number >= 0) {
                rows.updateObject(i + 1, columns.get(i).type().object(number));
            }
        }
        if (inserts) {
            rows.insertRow();
            rows.moveToCurrentRow();
            return "inserted";
        }
        rows.updateRow();
        return "updated " + rows.getRow();
    }
}
