package org.batonjdbc.store.dialect.hsqldb;

import java.util.List;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.ColumnList;

/** The SQL that puts rows into a table: values for all stored columns, identity columns included. */
final class HsqldbWrites {
    private HsqldbWrites() {}

    static String insert(Table table, int rows) {
        boolean always = table.columns().stream().anyMatch(column -> column.identity() == Identity.ALWAYS);
        return "INSERT INTO " + HsqldbNames.quote(table.name())
                + list(table.columns()).names() + (always ? " OVERRIDING SYSTEM VALUE" : "") + " VALUES "
                + list(table.columns()).parameters(rows, column -> "?");
    }

    /** MERGE USING, whose parameters must be given a type. */
    static String upsert(Table table, int rows) {
        List<Column> others = table.columns().stream()
                .filter(column -> !table.isKey(table.columns().indexOf(column)))
                .toList();
        String update = others.isEmpty()
                ? ""
                : " WHEN MATCHED THEN UPDATE SET " + list(others).joined(name -> name + " = S." + name, ", ");
        return "MERGE INTO " + HsqldbNames.quote(table.name()) + " T USING (VALUES "
                + list(table.columns()).parameters(rows, HsqldbWrites::typed) + ") AS S"
                + list(table.columns()).names() + " ON "
                + list(table.keyColumns()).joined(name -> "T." + name + " = S." + name, " AND ") + update
                + " WHEN NOT MATCHED THEN INSERT " + list(table.columns()).names() + " VALUES "
                + list(table.columns()).names("S.");
    }

    private static ColumnList list(List<Column> columns) {
        return new ColumnList(columns, HsqldbNames::quote);
    }

    /** A type that holds each value of the column's type as it is; the assignment to the column does the rest. */
    private static String typed(Column column) {
        String type = switch (column.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "BIGINT";
            case DECIMAL -> "DECIMAL(128, " + column.scale() + ")";
            case REAL, DOUBLE -> "DOUBLE";
            case TEXT, JSON -> isText(column) ? "VARCHAR(16777216)" : sized(column);
            case BINARY -> "VARBINARY(16777216)";
            case UUID -> "UUID";
            case DATE -> "DATE";
            case TIME -> "TIME(9)";
            case TIME_WITH_ZONE -> "TIME(9) WITH TIME ZONE";
            case TIMESTAMP -> "TIMESTAMP(9)";
            case TIMESTAMP_WITH_ZONE -> "TIMESTAMP(9) WITH TIME ZONE";
            case ARRAY -> column.typeName();
            case JAVA_OBJECT -> "OTHER";
            case CLOB -> "CLOB";
            case BLOB -> "BLOB";
        };
        return "CAST(? AS " + type + ")";
    }

    private static boolean isText(Column column) {
        return column.typeName().startsWith("CHARACTER") || column.typeName().startsWith("VARCHAR");
    }

    /** Bits, which have a length, and intervals, whose precision is part of the type's name. */
    private static String sized(Column column) {
        return column.typeName().startsWith("BIT")
                ? column.typeName() + "(" + Math.max(1, column.length()) + ")"
                : column.typeName();
    }
}
