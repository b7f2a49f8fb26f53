package org.batonjdbc.store.preflight;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;

/**
 * What the rules reason with, read before the first of them runs.
 *
 * @param request the upgrade in question
 * @param machine where it is to run
 * @param from the active store's dialect
 * @param active a connection to the active store
 * @param catalog what the active store holds, excluded tables included
 * @param to the upgraded store's dialect; empty if its engine could not be opened
 * @param target a connection to the upgraded store; empty if it is not there yet or cannot be reached
 * @param scratch a connection to a scratch store of the upgraded engine; empty if it has none
 * @param trial the schema as it was built there; empty without a scratch store
 */
record Facts(
        PreflightRequest request,
        Machine machine,
        Dialect from,
        Connection active,
        Catalog catalog,
        Optional<Dialect> to,
        Optional<Connection> target,
        Optional<Connection> scratch,
        Optional<Trial> trial) {

    Facts with(Optional<Trial> newTrial) {
        return new Facts(request, machine, from, active, catalog, to, target, scratch, newTrial);
    }

    /** Whether that table is left out on purpose. */
    boolean isExcluded(TableName table) {
        return request.exclude().stream().anyMatch(table::isMeantBy);
    }

    Set<TableName> excluded() {
        return catalog.tables().stream()
                .map(Table::name)
                .filter(this::isExcluded)
                .collect(Collectors.toSet());
    }

    /** The tables that are to be copied and kept in step. */
    List<Table> copied() {
        return catalog.tables().stream()
                .filter(table -> !isExcluded(table.name()))
                .toList();
    }

    /** A connection to the upgraded engine: to the store itself, or to a scratch one with the same settings. */
    Optional<Connection> upgradedEngine() {
        return target.or(() -> scratch);
    }

    String activeUrl() {
        return request.active().url().jdbcUrl();
    }

    String upgradedUrl() {
        return request.upgraded().jdbcUrl();
    }
}
