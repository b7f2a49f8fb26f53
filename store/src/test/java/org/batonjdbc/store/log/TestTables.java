package org.batonjdbc.store.log;

import java.sql.Connection;
import java.util.List;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.ValueKind;
import org.batonjdbc.store.dialect.RowSink;
import org.batonjdbc.store.dialect.RowTriggers;

/** A table with a key and a unique column, and triggers that hand rows over as they are. */
public final class TestTables {
    /** ID BIGINT PRIMARY KEY, NAME VARCHAR UNIQUE. */
    public static final Table ITEM = new Table(
            new TableName("PUBLIC", "ITEM"),
            List.of(column("ID", ValueKind.INTEGER), column("NAME", ValueKind.TEXT)),
            List.of(),
            List.of(0),
            List.of(List.of(1)),
            true);

    /** ID BIGINT, NAME PRIMARY KEY, of which the engine takes all spellings for one. */
    static final Table LABEL =
            new Table(new TableName("PUBLIC", "LABEL"), ITEM.columns(), List.of(), List.of(1), List.of(), false);

    /** What the engine hands to a trigger is the image itself, unless its name is "inexact" or its ID below zero. */
    static final RowTriggers TRIGGERS = new RowTriggers() {
        @Override
        public void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink) {
            throw new IllegalStateException("there is no engine");
        }

        @Override
        public void detach(Connection connection, ClassLoader engine) {
            throw new IllegalStateException("there is no engine");
        }

        @Override
        public void fence(Connection connection, ClassLoader engine) {
            throw new IllegalStateException("there is no engine");
        }

        @Override
        public boolean marksStatements() {
            return true;
        }

        @Override
        public Object[] image(Table table, Object[] row) {
            return "inexact".equals(row[1]) || (long) row[0] < 0 ? null : row;
        }

        @Override
        public Object[] keyImage(Table table, Object[] row) {
            return row;
        }
    };

    private TestTables() {}

    /** An image of {@link #ITEM}. */
    public static Object[] item(long id, String name) {
        return new Object[] {id, name};
    }

    private static Column column(String name, ValueKind kind) {
        return new Column(name, kind, null, kind.name(), 0, 0, false, false, Column.Identity.NONE);
    }
}
