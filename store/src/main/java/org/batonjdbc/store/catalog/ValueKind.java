package org.batonjdbc.store.catalog;

/**
 * What a column's values are while they are on their way between two stores. Each constant names the Java type that
 * carries them; engines' own classes never do, for they mean nothing in another class loader.
 */
public enum ValueKind {
    /** {@link Boolean}. */
    BOOLEAN,
    /** {@link Long}, whatever the column's width. */
    INTEGER,
    /**
     * {@link java.math.BigDecimal}, of exact and of decimal floating types; {@link Double} for the NaN and the infinities
     * of the latter, which BigDecimal lacks.
     */
    DECIMAL,
    /** {@link Float}. */
    REAL,
    /** {@link Double}. */
    DOUBLE,
    /** {@link String}; also enumerations, intervals and geometries, as text. */
    TEXT,
    /** {@code byte[]}. */
    BINARY,
    /** {@link java.util.UUID}. */
    UUID,
    /** {@code byte[]} with the document's UTF-8 text. */
    JSON,
    /** {@link java.time.LocalDate}. */
    DATE,
    /** {@link java.time.LocalTime}. */
    TIME,
    /** {@link java.time.OffsetTime}. */
    TIME_WITH_ZONE,
    /** {@link java.time.LocalDateTime}. */
    TIMESTAMP,
    /** {@link java.time.OffsetDateTime}. */
    TIMESTAMP_WITH_ZONE,
    /** {@code Object[]} of the element kind's carriers, nested for arrays of arrays. */
    ARRAY,
    /** {@code byte[]}, a serialized Java object that is never deserialized here. */
    JAVA_OBJECT,
    /** {@link java.sql.Clob} of the store it was read from, or {@link Lob#LATER}. */
    CLOB,
    /** {@link java.sql.Blob} of the store it was read from, or {@link Lob#LATER}. */
    BLOB;

    /** Whether values may be too large for the heap, so that they are streamed and never logged. */
    public boolean isLob() {
        return this == CLOB || this == BLOB;
    }
}
