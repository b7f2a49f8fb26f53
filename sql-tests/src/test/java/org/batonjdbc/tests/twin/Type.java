package org.batonjdbc.tests.twin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * A column's type, and its values: each has one for every small number, so that random statements meet each other's keys
 * and unique values. Written so that H2 1.4.200 and 2.x both understand it.
 */
enum Type {
    INT("INT", true, n -> Integer.toString(n), n -> n),
    BIGINT("BIGINT", true, n -> n + "000000007", n -> n * 1_000_000_000L + 7),
    SMALLINT("SMALLINT", true, n -> Integer.toString(n), n -> (short) n),
    TINYINT("TINYINT", true, n -> Integer.toString(n), n -> (byte) n),
    DECIMAL("DECIMAL(14, 3)", true, n -> n + ".250", n -> new BigDecimal(n + ".25")),
    VARCHAR("VARCHAR(40)", true, n -> "'v" + n + "'", n -> "v" + n),
    NATIONAL("VARCHAR(40)", true, n -> "'Größe ''€'' " + n + "'", n -> "Größe '€' " + n),
    CASELESS("VARCHAR_IGNORECASE(20)", true, n -> (n % 2 == 0 ? "'i" : "'I") + n + "'", n -> "i" + n),
    CHAR("CHAR(8)", true, n -> "'c" + n + "'", n -> "c" + n),
    UUID(
            "UUID",
            true,
            n -> String.format(Locale.ROOT, "CAST('00000000-0000-0000-0000-%012d' AS UUID)", n),
            n -> new UUID(0, Integer.parseInt(Integer.toString(n), 16))),
    DATE(
            "DATE",
            true,
            n -> String.format(Locale.ROOT, "DATE '2020-03-%02d'", n % 28 + 1),
            n -> LocalDate.of(2020, 3, n % 28 + 1)),
    TIMESTAMP(
            "TIMESTAMP(9)",
            true,
            n -> String.format(Locale.ROOT, "TIMESTAMP '2020-07-01 10:00:%02d.123456789'", n % 60),
            n -> LocalDateTime.of(2020, 7, 1, 10, 0, n % 60, 123456789)),
    VARBINARY("VARBINARY(16)", true, n -> String.format(Locale.ROOT, "X'00%02x'", n), n -> new byte[] {0, (byte) n}),
    BOOLEAN("BOOLEAN", false, n -> n % 2 == 0 ? "TRUE" : "FALSE", n -> n % 2 == 0),
    DOUBLE("DOUBLE", false, n -> n + ".5", n -> n + 0.5),
    REAL("REAL", false, n -> n + ".5", n -> n + 0.5f),
    TIME("TIME(9)", false, n -> String.format(Locale.ROOT, "TIME '10:00:%02d.123456789'", n % 60), null),
    ZONED_TIME(
            "TIME(9) WITH TIME ZONE",
            false,
            n -> String.format(Locale.ROOT, "TIME WITH TIME ZONE '10:00:%02d.5+02:00'", n % 60),
            null),
    ZONED(
            "TIMESTAMP(9) WITH TIME ZONE",
            false,
            n -> String.format(Locale.ROOT, "TIMESTAMP WITH TIME ZONE '2020-10-25 02:30:%02d.000000001-03:30'", n % 60),
            null),
    DAYS(
            "INTERVAL DAY TO SECOND",
            false,
            n -> String.format(Locale.ROOT, "INTERVAL '%d 01:02:03.5' DAY TO SECOND", n),
            null),
    MONTHS("INTERVAL YEAR TO MONTH", false, n -> "INTERVAL '1-" + n % 12 + "' YEAR TO MONTH", null),
    ENUM("ENUM('red', 'Grün', 'it''s')", false, n -> n % 3 == 0 ? "'red'" : n % 3 == 1 ? "'Grün'" : "'it''s'", null),
    JSON("JSON", false, n -> "JSON '{\"n\":" + n + ",\"t\":\"ä\"}'", null),
    GEOMETRY("GEOMETRY", false, n -> "'POINT (" + n + " 1)'", null),
    CLOB(
            "CLOB",
            false,
            n -> n % 3 == 0 ? "REPEAT('long ', " + (n * 500 + 1) + ")" : "'short " + n + "'",
            n -> "clob " + n),
    BLOB("BLOB", false, n -> String.format(Locale.ROOT, "X'%04x'", n), n -> new byte[n * 100]);

    private final String sql;
    private final boolean key;
    private final IntFunction<String> literal;
    private final IntFunction<Object> object;

    Type(String sql, boolean key, IntFunction<String> literal, IntFunction<Object> object) {
        this.sql = sql;
        this.key = key;
        this.literal = literal;
        this.object = object;
    }

    /** As it stands in CREATE TABLE. */
    String sql() {
        return sql;
    }

    /** Whether it can be part of a key or of a unique constraint. */
    boolean canBeKey() {
        return key;
    }

    boolean isNumber() {
        return switch (this) {
            case INT, BIGINT, SMALLINT, TINYINT, DECIMAL, DOUBLE, REAL -> true;
            default -> false;
        };
    }

    boolean isText() {
        return switch (this) {
            case VARCHAR, NATIONAL, CASELESS -> true;
            default -> false;
        };
    }

    /** Whether a value can be compared in a condition. */
    boolean canBeCompared() {
        return switch (this) {
            case JSON, GEOMETRY, CLOB, BLOB -> false;
            default -> true;
        };
    }

    /** The value of a number, in SQL. */
    String literal(int number) {
        return literal.apply(number);
    }

    /** Whether its values can be parameters. */
    boolean canBeParameter() {
        return object != null;
    }

    /** The value of a number, as a parameter. */
    Object object(int number) {
        return object.apply(number);
    }
}
