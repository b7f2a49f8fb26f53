package org.batonjdbc.tests.twin;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What an application sees of one step: a result, or an error with its SQLState, vendor code, message and update counts. */
record Outcome(String result, String state, int code, String message, boolean isLockConflict) {
    /** What H2 1.4.200 also says when it gives a transaction up. */
    private static final int GENERAL_ERROR = 50000;

    /** From the first name, value or release number on, a message may differ. */
    private static final Pattern BEHIND_STABLE = Pattern.compile("(?s)\\s*[\":\\[].*");

    /** Something that an application does with its connection. */
    interface Action {
        String run() throws SQLException;
    }

    static Outcome of(Action action) {
        try {
            return new Outcome(action.run(), null, 0, null, false);
        } catch (BatchUpdateException e) {
            return failed(Arrays.toString(e.getUpdateCounts()), e);
        } catch (SQLException e) {
            return failed(e.getClass().getSimpleName(), e);
        }
    }

    /** Names that the engine makes up stand in quotes; what follows them are values and the statement itself. */
    private static Outcome failed(String result, SQLException e) {
        return new Outcome(
                result,
                e.getSQLState(),
                e.getErrorCode(),
                BEHIND_STABLE.matcher(e.getMessage()).replaceFirst(""),
                givesUp(e));
    }

    /** Whether Baton has said that it does not do this while an upgrade replicates. */
    boolean isRefusal() {
        return "55000".equals(state);
    }

    boolean isError() {
        return state != null;
    }

    /** What is the same whatever the order in which the engine looks at a table's constraints. */
    String withoutOrder() {
        return toString().replaceAll("state=23\\d{3}, code=\\d+, message=[^,]*", "a constraint");
    }

    /** Whether the engine gives the transaction up, or might have; what says so may hide behind another error. */
    private static boolean givesUp(SQLException e) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            int code = each.getErrorCode();
            if ("40001".equals(each.getSQLState()) || code == 50200 || code == 90131 || code == GENERAL_ERROR) {
                return true;
            }
        }
        return false;
    }

    /** All results of a statement that was executed, and its warnings. */
    static String executed(Statement statement, boolean query) throws SQLException {
        StringBuilder seen = new StringBuilder();
        boolean rows = query;
        int results = 0;
        while (rows || statement.getUpdateCount() != -1) {
            seen.append(rows ? rows(statement.getResultSet()) : " count " + statement.getUpdateCount());
            rows = statement.getMoreResults();
            if (++results > 9) {
                return seen.append(" and more without end").toString();
            }
        }
        return seen + " warnings " + statement.getWarnings();
    }

    /** Rows in an order of their own, as the engine promises none. */
    private static String rows(ResultSet result) throws SQLException {
        try (ResultSet rows = result) {
            List<String> sorted =
                    Values.canonical(Values.read(rows)).stream().sorted().toList();
            return " rows " + sorted;
        }
    }

    /** What is left to be read as generated keys. */
    static String keys(Statement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            return " keys " + Values.canonical(Values.read(keys));
        }
    }
}
