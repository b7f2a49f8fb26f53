package org.batonjdbc.store.dialect.derby;

import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.ColumnList;

/** The SQL that puts rows into a table: values for all stored columns, identity columns included. */
final class DerbyWrites {
    private DerbyWrites() {}

    static String insert(Table table, int rows) {
        ColumnList columns = new ColumnList(table.columns(), DerbyNames::quote);
        return "INSERT INTO " + DerbyNames.quote(table.name()) + columns.names() + " VALUES "
                + columns.parameters(rows, DerbyValues::parameter);
    }
}
