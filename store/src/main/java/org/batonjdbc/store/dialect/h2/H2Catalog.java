package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableDraft;
import org.batonjdbc.store.catalog.TableName;

/** Reads a store's catalog, by whichever INFORMATION_SCHEMA the store has. */
final class H2Catalog {
    private H2Catalog() {}

    static Catalog read(Connection connection) throws SQLException {
        boolean standard = H2Names.hasStandardCatalog(connection);
        Map<TableName, TableDraft> drafts = standard ? StandardCatalog.read(connection) : OldCatalog.read(connection);
        return new Catalog(
                drafts.values().stream().map(TableDraft::toTable).toList(), H2UserTriggers.read(connection, standard));
    }
}
