package org.batonjdbc.tests.twin;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** Values of every column type go from an application to the active store and on to the upgraded one, in both directions. */
class TypesTest {
    /** Types of both generations besides those of {@link Type}, and how a value of a number is written. */
    private static final Map<String, IntFunction<String>> MORE = Map.of(
            "TIME(0)", n -> "TIME '23:59:" + (10 + n) + "'",
            "TIMESTAMP(0)", n -> "TIMESTAMP '1582-10-0" + n + " 00:00:00'",
            "DECIMAL(38, 20)", n -> "-0.0000000000000000000" + n,
            "INTERVAL HOUR(5) TO MINUTE", n -> "INTERVAL '-1234" + n + ":59' HOUR TO MINUTE",
            "INTERVAL DAY TO SECOND(9)", n -> "INTERVAL '9" + n + " 23:59:59.999999999' DAY TO SECOND",
            "INTERVAL MONTH", n -> "INTERVAL '" + n + "' MONTH",
            "DOUBLE PRECISION", n -> "CAST('NaN' AS DOUBLE PRECISION)",
            "JAVA_OBJECT", n -> "X'aced00057400013" + n + "'",
            "BINARY(4)", n -> "X'0" + n + "000000'",
            "VARCHAR(1000)", n -> "'\uD83D\uDE00 日本 " + n + "'");

    /** Types of the second generation. */
    private static final Map<String, IntFunction<String>> SECOND = Map.of(
            "DECFLOAT(20)", n -> "1.25E-30" + n,
            "INT ARRAY", n -> "ARRAY[1, NULL, " + n + "]",
            "VARCHAR(5) ARRAY[3]", n -> "ARRAY['a', 'ü" + n + "']",
            "INT ARRAY ARRAY", n -> "ARRAY[ARRAY[1, 2], ARRAY[" + n + "]]",
            "UUID ARRAY", n -> "ARRAY[CAST('00000000-0000-0000-0000-00000000000" + n + "' AS UUID)]",
            "BINARY VARYING(9)", n -> "X'0" + n + "'");

    @Test
    @Pair
    void fromTheFirstGenerationToTheSecondAndBack(Stores stores) throws Exception {
        walk(stores, new TreeMap<>(MORE));
    }

    @Test
    @Pair(active = "h2:2.5.252", upgraded = "h2:2.5.252")
    void fromTheSecondGenerationToItselfAndBack(Stores stores) throws Exception {
        Map<String, IntFunction<String>> types = new TreeMap<>(MORE);
        types.putAll(SECOND);
        walk(stores, types);
    }

    /** H2 cannot hand such a value to a trigger; that the statement fails is better than that its row is lost. */
    @Test
    @Pair(active = "h2:2.5.252", upgraded = "h2:2.5.252")
    void whatTheEngineCannotHandOverFailsInTheStatement(Stores stores) throws Exception {
        stores.execute("CREATE TABLE T(ID INT PRIMARY KEY, D DECFLOAT)", "INSERT INTO T VALUES (1, 'NaN')");
        stores.replicate();

        Assertions.assertThatThrownBy(() -> stores.execute("INSERT INTO T VALUES (2, 'NaN')"))
                .hasFieldOrPropertyWithValue("SQLState", "22018");

        stores.awaitApplied();
        stores.verifySame();
        Assertions.assertThat(stores.number("SELECT COUNT(*) FROM T")).isEqualTo(1);
    }

    private static void walk(Stores stores, Map<String, IntFunction<String>> more) throws Exception {
        Map<String, IntFunction<String>> types = new TreeMap<>(more);
        Arrays.stream(Type.values()).forEach(type -> types.put(type.sql(), type::literal));
        List<String> names = new ArrayList<>(types.keySet());
        stores.execute("CREATE SCHEMA \"Schéma\"");
        stores.execute("CREATE TABLE \"Schéma\".\"Tä b\"(ID INT PRIMARY KEY, "
                + names.stream().map(type -> name(names, type) + " " + type).collect(joining(", "))
                + ", \"Sum\" BIGINT AS (ID + 1))");
        UnaryOperator<String> insert = row -> "INSERT INTO \"Schéma\".\"Tä b\"(ID, "
                + names.stream().map(type -> name(names, type)).collect(joining(", ")) + ") VALUES (" + row + ", "
                + types.values().stream()
                        .map(literal -> literal.apply(Integer.parseInt(row)))
                        .collect(joining(", "))
                + ")";
        UnaryOperator<String> update = row -> "UPDATE \"Schéma\".\"Tä b\" SET "
                + types.entrySet().stream()
                        .map(type -> name(names, type.getKey()) + " = "
                                + type.getValue().apply(9))
                        .collect(joining(", "))
                + " WHERE ID = " + row;

        stores.execute(insert.apply("1"), insert.apply("2"), "INSERT INTO \"Schéma\".\"Tä b\"(ID) VALUES (3)");
        stores.replicate();
        stores.execute(insert.apply("4"), update.apply("1"), "INSERT INTO \"Schéma\".\"Tä b\"(ID) VALUES (5)");
        compare(stores, 5);
        stores.execute("UPGRADE SWITCH");
        stores.execute(
                insert.apply("6"),
                update.apply("2"),
                update.apply("5"),
                "DELETE FROM \"Schéma\".\"Tä b\" WHERE ID = 4");
        compare(stores, 5);
        stores.execute("UPGRADE REVERSE");
        stores.execute(insert.apply("7"), update.apply("3"), update.apply("6"));
        compare(stores, 6);
    }

    private static String name(List<String> types, String type) {
        return "\"c" + types.indexOf(type) + " é\"";
    }

    private static void compare(Stores stores, int rows) throws Exception {
        stores.awaitApplied();
        stores.verifySame();
        String query = "SELECT * FROM \"Schéma\".\"Tä b\" ORDER BY ID";
        List<String> first = Values.canonical(
                Values.read(stores.pastBatonToFirst().createStatement().executeQuery(query)));
        Assertions.assertThat(first).hasSize(rows);
        Assertions.assertThat(Values.canonical(
                        Values.read(stores.pastBatonToSecond().createStatement().executeQuery(query))))
                .isEqualTo(first);
    }
}
