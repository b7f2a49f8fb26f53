package org.batonjdbc.store.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A user table: its stored columns, and the key by which its rows are known on both stores. An image of a row is an
 * {@code Object[]} with one value for each of {@link #columns()}, in that order. Immutable; two tables of one name are
 * equal only if they are the same in every respect.
 *
 * @param name where it is
 * @param columns all columns but computed ones, in the catalog's order
 * @param computed the computed columns, which are never written
 * @param key positions in {@link #columns()} of the primary key, else of the narrowest unique index on non-nullable
 *     columns, in that index's order; empty where there is neither, and then the table cannot be replicated
 * @param uniques positions of the columns of every other unique index or constraint that lies on stored columns alone
 * @param plainUniques false if a unique index exists that {@code uniques} cannot describe, such as one on a computed column
 */
public record Table(
        TableName name,
        List<Column> columns,
        List<Column> computed,
        List<Integer> key,
        List<List<Integer>> uniques,
        boolean plainUniques) {

    public Table {
        Objects.requireNonNull(name);
        columns = List.copyOf(columns);
        computed = List.copyOf(computed);
        key = List.copyOf(key);
        uniques = List.copyOf(uniques);
    }

    /** Whether rows can be told apart, so that changes to them can be replayed. */
    public boolean hasKey() {
        return !key.isEmpty();
    }

    /** Whether the column at this position is part of the key. */
    public boolean isKey(int position) {
        return key.contains(position);
    }

    /** Whether any column is a large object. */
    public boolean hasLobs() {
        return columns.stream().anyMatch(column -> column.kind().isLob());
    }

    /** The columns of the key, in the key's order. */
    public List<Column> keyColumns() {
        return key.stream().map(columns::get).toList();
    }
}
