package org.batonjdbc.store.dialect.derby;

import org.batonjdbc.store.catalog.Column;

/** Derby's types in words that other engines know. */
final class DerbyTypes {
    private DerbyTypes() {}

    static String standard(Column column) {
        return switch (column.typeName()) {
            case "CHAR FOR BIT DATA" -> "BINARY(" + column.length() + ")";
            case "VARCHAR FOR BIT DATA", "LONG VARCHAR FOR BIT DATA" -> "VARBINARY(" + column.length() + ")";
            case "LONG VARCHAR" -> "VARCHAR(" + column.length() + ")";
            case "TIME" -> "TIME(0)";
            case "TIMESTAMP" -> "TIMESTAMP(9)";
            case "DOUBLE" -> "DOUBLE PRECISION";
            case DerbyValues.XML -> "CLOB";
            default -> DerbyCatalog.declared(column);
        };
    }
}
