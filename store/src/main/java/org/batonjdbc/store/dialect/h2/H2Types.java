package org.batonjdbc.store.dialect.h2;

import org.batonjdbc.store.catalog.ValueKind;

/** Which carrier fits which of H2's types, by the names that both generations give them. */
final class H2Types {
    private H2Types() {}

    /** The carrier of a type; types that no release here knows travel as text, which every H2 type understands. */
    static ValueKind kind(String typeName) {
        if (typeName.startsWith("INTERVAL")) {
            return ValueKind.TEXT;
        }
        return switch (typeName) {
            case "BOOLEAN", "BIT" -> ValueKind.BOOLEAN;
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> ValueKind.INTEGER;
            case "DECIMAL", "NUMERIC", "DECFLOAT" -> ValueKind.DECIMAL;
            case "REAL" -> ValueKind.REAL;
            case "DOUBLE", "DOUBLE PRECISION" -> ValueKind.DOUBLE;
            case "VARBINARY", "BINARY", "BINARY VARYING" -> ValueKind.BINARY;
            case "UUID" -> ValueKind.UUID;
            case "JSON" -> ValueKind.JSON;
            case "DATE" -> ValueKind.DATE;
            case "TIME", "TIME WITHOUT TIME ZONE" -> ValueKind.TIME;
            case "TIME WITH TIME ZONE" -> ValueKind.TIME_WITH_ZONE;
            case "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE" -> ValueKind.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE" -> ValueKind.TIMESTAMP_WITH_ZONE;
            // A ROW is an array of mixed elements, without a kind of their own: nothing binds it.
            case "ARRAY", "ROW" -> ValueKind.ARRAY;
            case "OTHER", "JAVA_OBJECT" -> ValueKind.JAVA_OBJECT;
            case "CLOB", "CHARACTER LARGE OBJECT" -> ValueKind.CLOB;
            case "BLOB", "BINARY LARGE OBJECT" -> ValueKind.BLOB;
            default -> ValueKind.TEXT;
        };
    }
}
