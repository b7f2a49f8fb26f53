package org.batonjdbc.store.dialect.hsqldb;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.ValueKind;

/** Turns the objects of a trigger's row into carriers, as far as that is certain. */
final class HsqldbImages {
    private HsqldbImages() {}

    /** The carrier; null for NULL, and for an object from which the column's exact value cannot be told. */
    static Object carrier(Column column, Object value) {
        if (value == null) {
            return null;
        }
        return switch (column.kind()) {
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case INTEGER ->
                value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
                        ? (Object) ((Number) value).longValue()
                        : null;
            case DECIMAL -> value instanceof BigDecimal ? value : null;
            case DOUBLE -> value instanceof Double ? value : null;
            case TEXT -> value instanceof String ? value : null;
            case BINARY -> value instanceof byte[] ? value : null;
            case UUID -> value instanceof byte[] bytes && bytes.length == 2 * Long.BYTES ? uuid(bytes) : null;
            case DATE, TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE ->
                value instanceof long[] time ? time(column.kind(), time[0], (int) time[1], (int) time[2]) : null;
            case CLOB, BLOB -> Lob.LATER;
            case REAL, JSON, ARRAY, JAVA_OBJECT -> null;
        };
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** HSQLDB counts seconds of UTC, of times with a zone as well. */
    private static Object time(ValueKind kind, long seconds, int nanos, int zoneSeconds) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
        ZoneOffset zone = ZoneOffset.ofTotalSeconds(zoneSeconds);
        return switch (kind) {
            case DATE -> utc.toLocalDate();
            case TIME -> utc.toLocalTime();
            case TIMESTAMP -> utc;
            case TIME_WITH_ZONE ->
                OffsetTime.of(utc.toLocalTime(), ZoneOffset.UTC).withOffsetSameInstant(zone);
            default -> OffsetDateTime.of(utc, ZoneOffset.UTC).withOffsetSameInstant(zone);
        };
    }
}
