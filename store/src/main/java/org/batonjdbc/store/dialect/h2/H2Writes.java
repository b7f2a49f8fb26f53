package org.batonjdbc.store.dialect.h2;

import java.util.List;
import java.util.stream.IntStream;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.ColumnList;

/**
 * The SQL that puts rows into a table: values for all stored columns, identity columns and those with ON UPDATE
 * included, so that what was written on the other store is what stands here.
 */
final class H2Writes {
    private H2Writes() {}

    static String insert(Table table, int rows) {
        return "INSERT INTO " + H2Names.quote(table.name())
                + list(table.columns()).names()
                + (isNumberedAlways(table) ? " OVERRIDING SYSTEM VALUE" : "") + " VALUES "
                + list(table.columns()).parameters(rows, column -> "?");
    }

    /**
     * MERGE KEY, the fastest; a GENERATED ALWAYS column, which MERGE KEY refuses, needs MERGE USING, whose parameters
     * must be given a type.
     */
    static String upsert(Table table, int rows) {
        if (!isNumberedAlways(table)) {
            return "MERGE INTO " + H2Names.quote(table.name())
                    + list(table.columns()).names() + " KEY"
                    + list(table.keyColumns()).names() + " VALUES "
                    + list(table.columns()).parameters(rows, column -> "?");
        }
        List<Column> others = IntStream.range(0, table.columns().size())
                .filter(position -> !table.isKey(position))
                .mapToObj(table.columns()::get)
                .toList();
        String update = others.isEmpty()
                ? ""
                : " WHEN MATCHED THEN UPDATE SET " + list(others).joined(name -> "T." + name + " = S." + name, ", ");
        return "MERGE INTO " + H2Names.quote(table.name()) + " T USING (VALUES "
                + list(table.columns()).parameters(rows, H2Writes::typed)
                + ") S" + list(table.columns()).names() + " ON "
                + list(table.keyColumns()).joined(name -> "T." + name + " = S." + name, " AND ") + update
                + " WHEN NOT MATCHED THEN INSERT " + list(table.columns()).names()
                + " OVERRIDING SYSTEM VALUE VALUES " + list(table.columns()).names("S.");
    }

    private static boolean isNumberedAlways(Table table) {
        return table.columns().stream().anyMatch(column -> column.identity() == Identity.ALWAYS);
    }

    private static ColumnList list(List<Column> columns) {
        return new ColumnList(columns, H2Names::quote);
    }

    /** A type that holds each value of the column's type as it is; the assignment to the column does the rest. */
    private static String typed(Column column) {
        String type = switch (column.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "BIGINT";
            case DECIMAL -> "DECFLOAT";
            case REAL -> "REAL";
            case DOUBLE -> "DOUBLE PRECISION";
            case TEXT -> "VARCHAR";
            case BINARY -> "VARBINARY";
            case UUID -> "UUID";
            case JSON -> "JSON";
            case DATE -> "DATE";
            case TIME -> "TIME(9)";
            case TIME_WITH_ZONE -> "TIME(9) WITH TIME ZONE";
            case TIMESTAMP -> "TIMESTAMP(9)";
            case TIMESTAMP_WITH_ZONE -> "TIMESTAMP(9) WITH TIME ZONE";
            case ARRAY -> column.typeName();
            case JAVA_OBJECT -> "JAVA_OBJECT";
            case CLOB -> "CLOB";
            case BLOB -> "BLOB";
        };
        return "CAST(? AS " + type + ")";
    }
}
