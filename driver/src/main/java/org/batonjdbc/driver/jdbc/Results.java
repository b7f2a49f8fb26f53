package org.batonjdbc.driver.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which raw result sets of a statement may still be read, so that the physical connection behind them is kept for so long;
 * and the result of an UPGRADE statement, which no engine holds.
 */
final class Results {
    private static final int KEPT_LIMIT = 4;

    private ResultSet current;
    private List<ResultSet> kept = List.of();
    /** Whether the engine has a result set that the application has not asked for yet. */
    private boolean pending;

    private ResultSet own;
    /** Whether the last execution was an UPGRADE statement, so that there is nothing of the engine's behind its result. */
    private boolean answered;

    /** A new execution begins, which closes what the last one left. */
    void begin() throws SQLException {
        pending = false;
        current = null;
        endOwn();
        answered = false;
    }

    /** The delegate is replaced, and its result sets with it. */
    void forget() {
        pending = false;
        current = null;
        kept = List.of();
    }

    ResultSet current(ResultSet rows) {
        pending = false;
        if (current != rows) { // storing a reference costs more than this comparison
            current = rows;
        }
        return rows;
    }

    boolean pending(boolean hasRows) {
        pending = hasRows;
        return hasRows;
    }

    /** The current result set stays open beside the next one. */
    void keepCurrent() throws SQLException {
        keep(current);
    }

    /** Remembers rows that stay open whatever the statement executes next, such as generated keys. */
    ResultSet keep(ResultSet rows) throws SQLException {
        if (rows != null) {
            if (kept.isEmpty()) {
                kept = new ArrayList<>(1);
            } else if (kept.size() >= KEPT_LIMIT) {
                kept.removeIf(Results::isClosed);
            }
            kept.add(rows);
        }
        return rows;
    }

    /** Whether the delegate is still needed for what was executed last. */
    boolean areOpen() {
        return pending
                || (current != null && !isClosed(current))
                || !kept.stream().allMatch(Results::isClosed);
    }

    private static boolean isClosed(ResultSet rows) {
        try {
            return rows.isClosed();
        } catch (SQLException e) {
            return true; // a result set that cannot even tell this cannot be read either
        }
    }

    ResultSet own(ResultSet rows) {
        own = rows;
        answered = true;
        return rows;
    }

    ResultSet own() {
        return own;
    }

    /** Whether what {@link #own} gives, even if it is read to its end, is all there is. */
    boolean hasOwn() {
        return answered;
    }

    /** There are no more results after that of an UPGRADE statement. */
    boolean endOwn() throws SQLException {
        if (own != null) {
            own.close();
            own = null;
        }
        return false;
    }
}
