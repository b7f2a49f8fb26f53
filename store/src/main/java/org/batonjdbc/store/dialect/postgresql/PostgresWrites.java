package org.batonjdbc.store.dialect.postgresql;

import java.util.List;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.ColumnList;

/** The statements that insert or overwrite rows. */
final class PostgresWrites {
    private PostgresWrites() {}

    static String insert(Table table, int rows) {
        boolean always = table.columns().stream().anyMatch(column -> column.identity() == Column.Identity.ALWAYS);
        return "INSERT INTO " + PostgresNames.quote(table.name())
                + list(table.columns()).names() + (always ? " OVERRIDING SYSTEM VALUE" : "") + " VALUES "
                + list(table.columns()).parameters(rows, PostgresValues::parameter);
    }

    static String upsert(Table table, int rows) {
        List<Column> others = table.columns().stream()
                .filter(column -> !table.isKey(table.columns().indexOf(column)))
                .toList();
        return insert(table, rows) + " ON CONFLICT " + list(table.keyColumns()).names()
                + (others.isEmpty()
                        ? " DO NOTHING"
                        : " DO UPDATE SET " + list(others).joined(name -> name + " = EXCLUDED." + name, ", "));
    }

    private static ColumnList list(List<Column> columns) {
        return new ColumnList(columns, PostgresNames::quote);
    }
}
