package org.batonjdbc.store.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.ValueKind;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.RowKey;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.row.TableSql;

/**
 * Fetches large objects of one table's rows from the active store, by key, when a change is applied: they are at least as new
 * as when it was logged, take no room in the log, and what changed since follows in the log.
 */
final class LobSource implements AutoCloseable {
    private final Dialect reads;
    private final Connection active;
    private final Table table;
    private final Rows rows;
    private PreparedStatement select;

    LobSource(Dialect reads, Connection active, Table table) {
        this.reads = reads;
        this.active = active;
        this.table = table;
        this.rows = new Rows(reads, table);
    }

    /** The change's image with large objects in place of their stand-ins. */
    Object[] fill(Change change) throws SQLException {
        Object[] image = change.image();
        for (Object value : image) {
            if (value == Lob.LATER) {
                return filled(image, change.key());
            }
        }
        return image;
    }

    private Object[] filled(Object[] image, RowKey key) throws SQLException {
        if (select == null) {
            select = active.prepareStatement(new TableSql(reads, table).selectLobsByKey());
        }
        rows.bindKey(select, 1, key);
        Object[] filled = image.clone();
        try (ResultSet row = select.executeQuery()) {
            boolean there = row.next();
            int index = 1;
            for (int i = 0; i < filled.length; i++) {
                Column column = table.columns().get(i);
                if (column.kind().isLob()) {
                    Object lob = there ? reads.read(row, index, column) : null;
                    filled[i] = lob == null && !column.nullable() ? empty(column) : lob;
                    index++;
                }
            }
        }
        return filled;
    }

    /** A row that is gone by now will be removed by a later change; until then a NOT NULL column needs a value. */
    private Object empty(Column column) throws SQLException {
        return column.kind() == ValueKind.CLOB ? active.createClob() : active.createBlob();
    }

    @Override
    public void close() throws SQLException {
        if (select != null) {
            select.close();
            active.commit();
        }
    }
}
