package org.batonjdbc.store.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a store holds, as far as carrying it over is concerned: user tables, without the engine's own, temporary ones,
 * and Baton's. Read once and immutable.
 *
 * @param tables in the order of their names
 * @param triggers the users' own triggers
 */
public record Catalog(List<Table> tables, List<UserTrigger> triggers) {
    public Catalog {
        tables = List.copyOf(tables);
        triggers = List.copyOf(triggers);
    }

    /** The names of its tables. */
    public Set<TableName> names() {
        return tables.stream().map(Table::name).collect(Collectors.toSet());
    }

    /** The table of that exact name. */
    public Optional<Table> table(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
