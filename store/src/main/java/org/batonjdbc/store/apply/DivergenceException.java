package org.batonjdbc.store.apply;

import java.sql.SQLException;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.log.RowKey;

/** The following store is not what it should be: a change met a row that is missing, or one that is there already. */
public final class DivergenceException extends SQLException {
    private static final long serialVersionUID = 1L;

    DivergenceException(Table table, RowKey key, String found, SQLException cause) {
        super("the stores differ in " + table.name() + " at key " + key + ": " + found, cause);
    }
}
