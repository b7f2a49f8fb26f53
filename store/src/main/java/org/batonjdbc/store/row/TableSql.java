package org.batonjdbc.store.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.Dialect;

/** The statements with which Baton reads and writes the rows of one table; every identifier is quoted by the dialect. */
public final class TableSql {
    private final Dialect dialect;
    private final Table table;

    /** The statements of this table in this dialect. */
    public TableSql(Dialect dialect, Table table) {
        this.dialect = dialect;
        this.table = table;
    }

    /** The row of one key; its parameters are the values of the key, in the key's order. */
    public String selectByKey() {
        return "SELECT " + selected(table.columns()) + " FROM " + dialect.quote(table.name()) + whereKey();
    }

    /** One row if there is a row of that key. */
    public String existsByKey() {
        return "SELECT 1 FROM " + dialect.quote(table.name()) + whereKey();
    }

    /** The large objects of the row of one key. */
    public String selectLobsByKey() {
        List<Column> lobs =
                table.columns().stream().filter(column -> column.kind().isLob()).toList();
        return "SELECT " + selected(lobs) + " FROM " + dialect.quote(table.name()) + whereKey();
    }

    /** The largest key, as one row of the key's columns. */
    public String selectLargestKey() {
        return dialect.limited(largestFirst(), 1);
    }

    private String largestFirst() {
        return "SELECT " + selected(table.keyColumns()) + " FROM " + dialect.quote(table.name()) + " ORDER BY "
                + joined(", ", column -> dialect.quote(column.name()) + " DESC");
    }

    /** How many rows there are. */
    public String count() {
        return "SELECT COUNT(*) FROM " + dialect.quote(table.name());
    }

    /**
     * Rows in the order of their keys, up to a largest key and, if asked, behind a key that was read before. Parameters are
     * what {@link #bounds} makes of the two keys. Who wants no more than {@code limit} sets that on the statement, too:
     * not every engine is told by the text.
     */
    public String selectChunk(boolean behind, int limit) {
        return dialect.limited(range(table.columns(), behind), limit);
    }

    /** As {@link #selectChunk}, but the columns of the key alone. */
    public String selectKeys(boolean behind, int limit) {
        return dialect.limited(range(table.keyColumns(), behind), limit);
    }

    private String range(List<Column> columns, boolean behind) {
        return "SELECT " + selected(columns) + " FROM " + dialect.quote(table.name()) + " WHERE "
                + compared("<", "<=") + (behind ? " AND " + compared(">", ">") : "") + " ORDER BY "
                + joined(", ", column -> dialect.quote(column.name()));
    }

    /** The parameters of one comparison in {@link #selectChunk}: positions of the key's values, in the statement's order. */
    static List<Integer> bounds(int keySize) {
        List<Integer> positions = new ArrayList<>();
        if (keySize > 1) {
            positions.add(0);
        }
        for (int last = 0; last < keySize; last++) {
            for (int i = 0; i <= last; i++) {
                positions.add(i);
            }
        }
        return positions;
    }

    /** Removes the row of one key. */
    public String deleteByKey() {
        return "DELETE FROM " + dialect.quote(table.name()) + whereKey();
    }

    /** Sets all columns but the key's; parameters are these values in the table's order, then the key. */
    public String updateByKey() {
        String sets = table.columns().stream()
                .filter(column -> !table.isKey(table.columns().indexOf(column)))
                .map(column -> dialect.quote(column.name()) + " = " + dialect.parameter(column))
                .collect(Collectors.joining(", "));
        return "UPDATE " + dialect.quote(table.name()) + " SET " + sets + whereKey();
    }

    /** Inserts or overwrites rows with values for all columns. */
    public String upsert(int rows) {
        return dialect.upsert(table, rows);
    }

    /** Inserts rows with values for all columns. */
    public String insert(int rows) {
        return dialect.insert(table, rows);
    }

    private String whereKey() {
        return " WHERE " + joined(" AND ", column -> dialect.quote(column.name()) + " = " + dialect.parameter(column));
    }

    /**
     * A row value comparison spelled out, for engines that do not use an index for row values: the first column alone
     * bounds the range, the rest decides within it.
     */
    private String compared(String strictly, String atLast) {
        List<Column> key = table.keyColumns();
        List<String> cases = new ArrayList<>();
        for (int last = 0; last < key.size(); last++) {
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < last; i++) {
                one.append(comparison(key.get(i), "=")).append(" AND ");
            }
            cases.add(one + comparison(key.get(last), last == key.size() - 1 ? atLast : strictly));
        }
        if (key.size() == 1) {
            return cases.get(0);
        }
        return comparison(key.get(0), strictly + "=") + " AND ((" + String.join(") OR (", cases) + "))";
    }

    private String comparison(Column column, String operator) {
        return dialect.quote(column.name()) + " " + operator + " " + dialect.parameter(column);
    }

    private String joined(String separator, Function<Column, String> each) {
        return table.keyColumns().stream().map(each).collect(Collectors.joining(separator));
    }

    private String selected(List<Column> columns) {
        return columns.stream().map(dialect::selected).collect(Collectors.joining(", "));
    }
}
