package org.batonjdbc.store.row;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.RowKey;

/** Reads and binds whole rows of one table; stateless, the statements and their connections are the caller's. */
public final class Rows {
    private final Dialect dialect;
    private final Table table;

    /** Rows of this table, in this dialect. */
    public Rows(Dialect dialect, Table table) {
        this.dialect = dialect;
        this.table = table;
    }

    /** The image of a row as the connection's own transaction sees it, with large objects left for later; null if none. */
    public static Object[] byKey(Connection connection, Dialect dialect, Table table, RowKey key) throws SQLException {
        Rows rows = new Rows(dialect, table);
        try (PreparedStatement statement = connection.prepareStatement(new TableSql(dialect, table).selectByKey())) {
            rows.bindKey(statement, 1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? rows.readWithoutLobs(row) : null;
            }
        }
    }

    /** The image of the row on which the result stands; large objects are handles of its connection. */
    public Object[] read(ResultSet row) throws SQLException {
        List<Column> columns = table.columns();
        Object[] image = new Object[columns.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = dialect.read(row, i + 1, columns.get(i));
        }
        return image;
    }

    private Object[] readWithoutLobs(ResultSet row) throws SQLException {
        Object[] image = read(row);
        for (int i = 0; i < image.length; i++) {
            if (image[i] != null && table.columns().get(i).kind().isLob()) {
                image[i] = Lob.LATER;
            }
        }
        return image;
    }

    /** The key of the row on which a result with the key's columns alone stands. */
    public RowKey readKey(ResultSet row) throws SQLException {
        List<Column> columns = table.keyColumns();
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = dialect.read(row, i + 1, columns.get(i));
        }
        return RowKey.ofValues(values);
    }

    /** Binds all columns from this index on; returns the next index. */
    public int bind(PreparedStatement statement, int index, Object[] image) throws SQLException {
        List<Column> columns = table.columns();
        int next = index;
        for (int i = 0; i < image.length; i++) {
            dialect.bind(statement, next++, image[i], columns.get(i));
        }
        return next;
    }

    /** Binds all columns but the key's; returns the next index. */
    public int bindRest(PreparedStatement statement, int index, Object[] image) throws SQLException {
        List<Column> columns = table.columns();
        int next = index;
        for (int i = 0; i < image.length; i++) {
            if (!table.isKey(i)) {
                dialect.bind(statement, next++, image[i], columns.get(i));
            }
        }
        return next;
    }

    /** Binds the key; returns the next index. */
    public int bindKey(PreparedStatement statement, int index, RowKey key) throws SQLException {
        List<Column> columns = table.keyColumns();
        int next = index;
        for (int i = 0; i < key.size(); i++) {
            dialect.bind(statement, next++, key.value(i), columns.get(i));
        }
        return next;
    }

    /** Binds one comparison of {@link TableSql#selectChunk}; returns the next index. */
    public int bindBound(PreparedStatement statement, int index, RowKey key) throws SQLException {
        List<Column> columns = table.keyColumns();
        int next = index;
        for (int position : TableSql.bounds(key.size())) {
            dialect.bind(statement, next++, key.value(position), columns.get(position));
        }
        return next;
    }
}
