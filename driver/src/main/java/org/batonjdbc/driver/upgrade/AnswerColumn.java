package org.batonjdbc.driver.upgrade;

import java.sql.JDBCType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;

/**
 * A column of what an UPGRADE statement answers.
 *
 * @param type one of {@link Types}
 */
public record AnswerColumn(String label, int type) {
    private static final int TEXT_SIZE = 1_000;

    /** A result set of these rows, each with one value for each column, before its first row. */
    public static CachedRowSet resultSet(List<AnswerColumn> columns, List<Object[]> rows) throws SQLException {
        CachedRowSet answer = empty();
        RowSetMetaDataImpl meta = new RowSetMetaDataImpl();
        meta.setColumnCount(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).describe(meta, i + 1);
        }
        answer.setMetaData(meta);
        for (int row = rows.size() - 1; row >= 0; row--) {
            answer.moveToInsertRow(); // which inserts before the row that is current, here the first
            for (int i = 0; i < columns.size(); i++) {
                answer.updateObject(i + 1, rows.get(row)[i]);
            }
            answer.insertRow();
            answer.moveToCurrentRow();
            answer.beforeFirst();
        }
        answer.setReadOnly(true);
        return answer;
    }

    /** The JDK's row set loads a part of itself through the thread's class loader, of which some threads have none. */
    private static CachedRowSet empty() throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        if (own != null) {
            return RowSetProvider.newFactory().createCachedRowSet();
        }
        try {
            thread.setContextClassLoader(AnswerColumn.class.getClassLoader());
            return RowSetProvider.newFactory().createCachedRowSet();
        } finally {
            thread.setContextClassLoader(null);
        }
    }

    private void describe(RowSetMetaDataImpl meta, int index) throws SQLException {
        meta.setColumnName(index, label);
        meta.setColumnLabel(index, label);
        meta.setColumnType(index, type);
        meta.setColumnTypeName(index, JDBCType.valueOf(type).getName());
        meta.setNullable(index, ResultSetMetaData.columnNullable);
        meta.setColumnDisplaySize(index, type == Types.VARCHAR ? TEXT_SIZE : 30);
        meta.setTableName(index, "");
        meta.setSchemaName(index, "");
        meta.setCatalogName(index, "");
    }
}
