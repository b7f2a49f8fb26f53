package org.batonjdbc.store.dialect.h2;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.ValueKind;

/** Turns the objects of a trigger's row into carriers, as far as that is certain. */
final class RowImages {
    private RowImages() {}

    /** The carrier; null for NULL, and for an object from which the column's exact value cannot be told. */
    static Object carrier(Column column, Object value) {
        if (value == null) {
            return null;
        }
        if (column.kind().isLob()) {
            return Lob.LATER;
        }
        if (column.kind() == ValueKind.ARRAY) {
            return value instanceof Object[] elements ? array(elements, column.elementKind()) : null;
        }
        return scalar(column.kind(), value);
    }

    private static Object scalar(ValueKind kind, Object value) {
        return switch (kind) {
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case INTEGER ->
                value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
                        ? (Object) ((Number) value).longValue()
                        : null;
            case DECIMAL -> value instanceof BigDecimal ? value : null;
            case REAL -> value instanceof Float ? value : null;
            case DOUBLE -> value instanceof Double ? value : null;
            case TEXT -> text(value);
            case BINARY, JSON, JAVA_OBJECT -> value instanceof byte[] ? value : null;
            case UUID -> value instanceof UUID ? value : null;
            case DATE -> value instanceof LocalDate ? value : null;
            case TIME -> value instanceof LocalTime ? value : null;
            case TIME_WITH_ZONE -> value instanceof OffsetTime ? value : null;
            case TIMESTAMP -> value instanceof LocalDateTime ? value : null;
            case TIMESTAMP_WITH_ZONE -> value instanceof OffsetDateTime ? value : null;
            case ARRAY, CLOB, BLOB -> null;
        };
    }

    /** Intervals come as the engine's own objects, whose text is the literal. */
    private static String text(Object value) {
        return value instanceof String || value.getClass().getName().equals("org.h2.api.Interval")
                ? value.toString()
                : null;
    }

    private static Object[] array(Object[] elements, ValueKind kind) {
        Object[] carriers = new Object[elements.length];
        for (int i = 0; i < carriers.length; i++) {
            Object element = elements[i];
            if (element != null) {
                carriers[i] = element instanceof Object[] nested ? array(nested, kind) : scalar(kind, element);
                if (carriers[i] == null) {
                    return null;
                }
            }
        }
        return carriers;
    }
}
