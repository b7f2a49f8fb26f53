package org.batonjdbc.store.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table while its columns and unique indexes are being read; used by one thread. */
public final class TableDraft {
    private final TableName name;
    private final boolean local;
    private final List<Column> columns = new ArrayList<>();
    private final Map<String, UniqueIndex> uniques = new LinkedHashMap<>();

    /** A table that is not local, such as a linked one, has its rows elsewhere and never gets a key. */
    public TableDraft(TableName name, boolean local) {
        this.name = name;
        this.local = local;
    }

    /** The next column, in the catalog's order. */
    public void add(Column column) {
        columns.add(column);
    }

    /** The next column of a unique index. */
    public void addUnique(String index, boolean primary, String column) {
        uniques.computeIfAbsent(index, ignored -> new UniqueIndex(primary, new ArrayList<>()))
                .columns()
                .add(column);
    }

    /** The table, with the best key that was found. */
    public Table toTable() {
        List<Column> stored =
                columns.stream().filter(column -> !column.computed()).toList();
        List<Column> computed = columns.stream().filter(Column::computed).toList();
        List<UniqueIndex> described =
                uniques.values().stream().filter(unique -> unique.isOn(stored)).toList();
        Optional<UniqueIndex> key = local
                ? described.stream().filter(unique -> unique.isKey(stored)).min(UniqueIndex.BEST_KEY)
                : Optional.empty();
        return new Table(
                name,
                stored,
                computed,
                key.map(unique -> unique.positions(stored)).orElse(List.of()),
                described.stream()
                        .filter(unique -> !key.equals(Optional.of(unique)))
                        .map(unique -> unique.positions(stored))
                        .toList(),
                described.size() == uniques.size());
    }

    /** Columns whose values together are unique, by name and in the index's order. */
    private record UniqueIndex(boolean primary, List<String> columns) {
        /** The primary key, else the fewest columns; of several, the first in the catalog. */
        static final Comparator<UniqueIndex> BEST_KEY = Comparator.comparing((UniqueIndex unique) -> !unique.primary)
                .thenComparing(unique -> unique.columns.size());

        boolean isOn(List<Column> stored) {
            return positions(stored).stream().allMatch(position -> position >= 0);
        }

        boolean isKey(List<Column> stored) {
            return positions(stored).stream()
                    .map(stored::get)
                    .noneMatch(column -> column.nullable() || column.kind().isLob());
        }

        List<Integer> positions(List<Column> stored) {
            List<String> names = stored.stream().map(Column::name).toList();
            return columns.stream().map(names::indexOf).toList();
        }
    }
}
