package org.batonjdbc.driver.management;

import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.management.ConstructorParameters;
import javax.sql.rowset.CachedRowSet;
import org.batonjdbc.driver.upgrade.AnswerColumn;

/**
 * The result of an UPGRADE statement in open types: labels, names of JDBC types, and values as texts, with null for null.
 * Arrays are handed out as they are; it lives only for the way from one process to another.
 */
public final class PairAnswer {
    private final String[] columns;
    private final String[] types;
    private final String[][] rows;

    @ConstructorParameters({"columns", "types", "rows"})
    public PairAnswer(String[] columns, String[] types, String[][] rows) {
        this.columns = columns;
        this.types = types;
        this.rows = rows;
    }

    /** Takes all rows of a result. */
    static PairAnswer of(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        int count = meta.getColumnCount();
        String[] columns = new String[count];
        String[] types = new String[count];
        for (int i = 0; i < count; i++) {
            columns[i] = meta.getColumnLabel(i + 1);
            types[i] = JDBCType.valueOf(meta.getColumnType(i + 1)).name();
        }
        List<String[]> rows = new ArrayList<>();
        while (result.next()) {
            String[] row = new String[count];
            for (int i = 0; i < count; i++) {
                Object value = result.getObject(i + 1);
                row[i] = value instanceof Timestamp time
                        ? time.toInstant().toString()
                        : value == null ? null : value.toString();
            }
            rows.add(row);
        }
        return new PairAnswer(columns, types, rows.toArray(new String[0][]));
    }

    public String[] getColumns() {
        return columns;
    }

    public String[] getTypes() {
        return types;
    }

    public String[][] getRows() {
        return rows;
    }

    /** The result as it was, before its first row. */
    public CachedRowSet toResultSet() throws SQLException {
        List<AnswerColumn> described = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            described.add(
                    new AnswerColumn(columns[i], JDBCType.valueOf(types[i]).getVendorTypeNumber()));
        }
        List<Object[]> values = new ArrayList<>();
        for (String[] row : rows) {
            Object[] typed = new Object[row.length];
            for (int i = 0; i < row.length; i++) {
                typed[i] = row[i] == null ? null : value(row[i], JDBCType.valueOf(types[i]));
            }
            values.add(typed);
        }
        return AnswerColumn.resultSet(described, values);
    }

    private static Object value(String text, JDBCType type) {
        return switch (type) {
            case BIGINT -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case TIMESTAMP -> Timestamp.from(Instant.parse(text));
            default -> text;
        };
    }
}
