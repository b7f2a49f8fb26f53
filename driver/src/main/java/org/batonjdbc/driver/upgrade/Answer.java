package org.batonjdbc.driver.upgrade;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.rowset.CachedRowSet;

/** The columns of an UPGRADE statement's result set, in order; labels and types are part of the contract with users. */
enum Answer {
    CHECK("severity text, rule text, object text, message text, remedy text"),
    STATUS(
            "phase text, replication text, active text, upgraded text, tables number, rows_copied number, rows_total number,"
                    + " changes_captured number, changes_applied number, changes_pending number, lag_ms number, started_at time,"
                    + " switched_at time, pause_ms fraction, error text"),
    VERIFY("table_name text, active_rows number, upgraded_rows number, differing_rows number, status text"),
    REPAIR("table_name text, differing_rows number, repaired_rows number, status text"),
    REHEARSE("status text, statement text, executions number, message text"),
    SWITCH("from_store text, to_store text, pause_ms fraction, transactions_drained number,"
            + " transactions_rolled_back number, changes_applied number");

    private final List<AnswerColumn> columns;

    Answer(String columns) {
        this.columns = Arrays.stream(columns.split(", "))
                .map(column -> column.split(" "))
                .map(column -> new AnswerColumn(column[0], type(column[1])))
                .toList();
    }

    private static int type(String word) {
        return switch (word) {
            case "text" -> Types.VARCHAR;
            case "number" -> Types.BIGINT;
            case "fraction" -> Types.DOUBLE;
            case "time" -> Types.TIMESTAMP;
            default -> throw new IllegalStateException(word);
        };
    }

    /** The labels of the columns, in order. */
    List<String> labels() {
        return columns.stream().map(AnswerColumn::label).toList();
    }

    /** A result set of these rows, each with one value for each column, before its first row. */
    CachedRowSet of(List<Object[]> rows) throws SQLException {
        List<Object[]> values = rows.stream()
                .map(row -> Arrays.stream(row).map(Answer::carried).toArray())
                .toList();
        return AnswerColumn.resultSet(columns, values);
    }

    /** A result set of one row. */
    CachedRowSet of(Object... row) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        rows.add(row);
        return of(rows);
    }

    private static Object carried(Object value) {
        if (value instanceof Integer number) {
            return Long.valueOf(number);
        }
        return value instanceof Instant instant ? Timestamp.from(instant) : value;
    }
}
