package org.batonjdbc.store.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;

/**
 * Where the rows that an engine hands to triggers, which have the computed columns too, hold each stored column of a
 * table. Immutable.
 */
public final class RowLayout {
    private final int[] places;

    private RowLayout(int[] places) {
        this.places = places;
    }

    /**
     * The layouts of these tables, as the standard's INFORMATION_SCHEMA tells.
     *
     * @throws SQLException 42S22 if a table is not as its description says
     */
    public static Map<TableName, RowLayout> of(Connection connection, List<Table> tables) throws SQLException {
        Map<TableName, Map<String, Integer>> ordinals = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION"
                        + " FROM INFORMATION_SCHEMA.COLUMNS")) {
            while (rows.next()) {
                ordinals.computeIfAbsent(new TableName(rows.getString(1), rows.getString(2)), name -> new HashMap<>())
                        .put(rows.getString(3), rows.getInt(4) - 1);
            }
        }
        Map<TableName, RowLayout> layouts = new HashMap<>();
        for (Table table : tables) {
            Map<String, Integer> byName = ordinals.getOrDefault(table.name(), Map.of());
            if (!table.columns().stream().map(Column::name).allMatch(byName::containsKey)) {
                throw new SQLException("table " + table.name() + " is not as its description says", "42S22");
            }
            ToIntFunction<Column> place = column -> byName.get(column.name());
            layouts.put(
                    table.name(),
                    new RowLayout(table.columns().stream().mapToInt(place).toArray()));
        }
        return layouts;
    }

    /** The stored columns of a row; null for null. */
    public Object[] stored(Object[] row) {
        if (row == null) {
            return null;
        }
        Object[] stored = new Object[places.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = row[places[i]];
        }
        return stored;
    }
}
