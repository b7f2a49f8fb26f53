package org.batonjdbc.store.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.batonjdbc.store.SqlState;

/**
 * Which table of one store stands for which of another. Columns are matched by name; what the other store has besides is
 * left to its defaults. Immutable after {@link #of}.
 */
public final class TableMatch {
    private final IdentityHashMap<Table, Table> targets = new IdentityHashMap<>();

    private TableMatch() {}

    /**
     * Matches every table of {@code from}.
     *
     * @throws SQLException 55000 if {@code to} lacks a table or a column
     */
    public static TableMatch of(Catalog from, Catalog to) throws SQLException {
        TableMatch match = new TableMatch();
        for (Table table : from.tables()) {
            Table other = to.table(table.name())
                    .orElseThrow(() -> SqlState.REFUSED.error("the other store has no table " + table.name()));
            match.targets.put(table, inOrderOf(table, other));
        }
        return match;
    }

    /** The table that stands for this one, its columns in this one's order, so that one image fits both. */
    public Table target(Table table) {
        return targets.get(table);
    }

    private static Table inOrderOf(Table table, Table other) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            columns.add(other.columns().stream()
                    .filter(candidate -> candidate.name().equals(column.name()))
                    .findFirst()
                    .orElseThrow(() -> SqlState.REFUSED.error("the other store has no column " + column.name()
                            + " in table " + table.name() + ", or computes it")));
        }
        return new Table(other.name(), columns, other.computed(), table.key(), table.uniques(), table.plainUniques());
    }
}
