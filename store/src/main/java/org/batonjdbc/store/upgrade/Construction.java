package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.log.ChangeLog;

/**
 * The empty upgraded store: its tables with nothing but their keys, and Baton's own tables that remember how far it is.
 *
 * @param all every table of the active store, as it was when its schema was exported
 * @param replicated those that are carried over
 * @param script the exported schema
 */
record Construction(Catalog all, Catalog replicated, SchemaScript script) {
    /** Reads the schema of the active side, as a store of that dialect is to have it. */
    static Construction plan(Side active, Dialect upgraded, Set<TableName> excluded) throws SQLException {
        Catalog all = active.dialect().catalog(active.admin());
        Catalog replicated = new Catalog(
                all.tables().stream()
                        .filter(table -> !excluded.contains(table.name()))
                        .toList(),
                all.triggers());
        return new Construction(
                all, replicated, active.dialect().exportSchema(active.admin(), all, excluded, upgraded));
    }

    /** Which tables match none of these names. */
    static Set<TableName> excluded(Catalog catalog, Set<String> names) {
        return catalog.tables().stream()
                .map(Table::name)
                .filter(name -> names.stream().anyMatch(name::isMeantBy))
                .collect(Collectors.toSet());
    }

    /** Makes the tables on an empty store, which says already whose they are: else nobody could clear them but a person. */
    void build(Side following) throws SQLException {
        following.dialect().build(following.admin(), script.tables());
        following.dialect().follow(following.admin(), true);
    }

    /** A follower that begins to fill the tables. */
    Follower follower(Side active, Side following, ChangeLog log, Durability durability, int chunkRows)
            throws SQLException {
        TableMatch match = TableMatch.of(replicated, following.dialect().catalog(following.admin()));
        Follower.Plan plan =
                new Follower.Plan(active, following, replicated, match, log, durability.newProgress(following));
        return Follower.copying(plan, durability.newPositions(following), script, chunkRows);
    }
}
