package org.batonjdbc.shell.output;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * What a column of a result is called, and of which kind its values are.
 *
 * @param type one of {@link Types}
 * @param table the table that it comes from; empty if that is not known
 */
public record Column(String label, int type, String table) {
    /** A column that comes from no table. */
    public Column(String label, int type) {
        this(label, type, "");
    }

    /** The columns of a result set, in their order. */
    public static List<Column> of(ResultSetMetaData metaData) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            String table = metaData.getTableName(i);
            columns.add(new Column(metaData.getColumnLabel(i), metaData.getColumnType(i), table == null ? "" : table));
        }
        return List.copyOf(columns);
    }

    /** Whether its values are numbers, which stand at the right of their column. */
    boolean isNumber() {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL -> true;
            default -> false;
        };
    }
}
