package org.batonjdbc.tests.twin;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.batonjdbc.tests.fixture.Rows;

/** What an application sees of one step: a result, or an error's SQLState, vendor code and update counts. */
record Outcome(String result, String state, int code) {
    /** Something that an application does with its connection. */
    interface Step {
        String run() throws SQLException;
    }

    static Outcome of(Step step) {
        try {
            return new Outcome(step.run(), null, 0);
        } catch (BatchUpdateException e) {
            return new Outcome(Arrays.toString(e.getUpdateCounts()), e.getSQLState(), e.getErrorCode());
        } catch (SQLException e) {
            return new Outcome(e.getClass().getSimpleName(), e.getSQLState(), e.getErrorCode());
        }
    }

    /** All results of a statement that was executed. */
    static String executed(Statement statement, boolean isQuery) throws SQLException {
        if (isQuery) {
            try (ResultSet rows = statement.getResultSet()) {
                return "rows " + Rows.of(rows);
            }
        }
        return "count " + statement.getUpdateCount();
    }

    /** What is left to be read as generated keys. */
    static String keys(Statement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            List<List<Object>> rows = Rows.of(keys);
            return " keys " + rows;
        }
    }
}
