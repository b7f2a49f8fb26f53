package org.batonjdbc.store.dialect.mariadb;

import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.ColumnList;

/** The statements that insert or overwrite rows. */
final class MariadbWrites {
    private MariadbWrites() {}

    static String insert(Table table, int rows) {
        return "INSERT INTO " + MariadbNames.quote(table.name()) + list(table).names() + " VALUES "
                + list(table).parameters(rows, MariadbValues::parameter);
    }

    /** The key is set, too: one that was there may be spelled differently. */
    static String upsert(Table table, int rows) {
        return insert(table, rows) + " ON DUPLICATE KEY UPDATE "
                + list(table).joined(name -> name + " = VALUES(" + name + ")", ", ");
    }

    private static ColumnList list(Table table) {
        return new ColumnList(table.columns(), MariadbNames::quote);
    }
}
