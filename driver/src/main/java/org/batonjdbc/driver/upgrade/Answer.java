package org.batonjdbc.driver.upgrade;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;

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

    private static final int TEXT_SIZE = 1_000;

    private final List<String[]> columns;

    Answer(String columns) {
        this.columns = Arrays.stream(columns.split(", "))
                .map(column -> column.split(" "))
                .toList();
    }

    /** A result set of these rows, each with one value for each column, before its first row. */
    CachedRowSet of(List<Object[]> rows) throws SQLException {
        CachedRowSet answer = RowSetProvider.newFactory().createCachedRowSet();
        RowSetMetaDataImpl meta = new RowSetMetaDataImpl();
        meta.setColumnCount(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            describe(meta, i + 1, columns.get(i));
        }
        answer.setMetaData(meta);
        for (int row = rows.size() - 1; row >= 0; row--) {
            answer.moveToInsertRow(); // which inserts before the row that is current, here the first
            for (int i = 0; i < columns.size(); i++) {
                answer.updateObject(i + 1, carried(rows.get(row)[i]));
            }
            answer.insertRow();
            answer.moveToCurrentRow();
            answer.beforeFirst();
        }
        answer.setReadOnly(true);
        return answer;
    }

    /** A result set of one row. */
    CachedRowSet of(Object... row) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        rows.add(row);
        return of(rows);
    }

    private static void describe(RowSetMetaDataImpl meta, int index, String[] column) throws SQLException {
        int type = switch (column[1]) {
            case "text" -> Types.VARCHAR;
            case "number" -> Types.BIGINT;
            case "fraction" -> Types.DOUBLE;
            case "time" -> Types.TIMESTAMP;
            default -> throw new IllegalStateException(column[1]);
        };
        meta.setColumnName(index, column[0]);
        meta.setColumnLabel(index, column[0]);
        meta.setColumnType(index, type);
        meta.setColumnTypeName(index, java.sql.JDBCType.valueOf(type).getName());
        meta.setNullable(index, java.sql.ResultSetMetaData.columnNullable);
        meta.setColumnDisplaySize(index, type == Types.VARCHAR ? TEXT_SIZE : 30);
        meta.setTableName(index, "");
        meta.setSchemaName(index, "");
        meta.setCatalogName(index, "");
    }

    private static Object carried(Object value) {
        if (value instanceof Integer number) {
            return Long.valueOf(number);
        }
        return value instanceof Instant instant ? Timestamp.from(instant) : value;
    }
}
