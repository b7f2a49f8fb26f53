package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SkeletonTest {
    private static final int RUNS = 3_000;

    /** Expressions that hold the words at which clauses begin, where they begin none. */
    private static final List<String> EXPRESSIONS = List.of(
            "1",
            "'WHERE '' FROM'",
            "a + 1",
            "-b",
            "DEFAULT",
            "NULL",
            "(SELECT MAX(x) FROM y WHERE z = 1 ORDER BY 1 LIMIT 1)",
            "CASE WHEN a = 1 THEN b ELSE c END",
            "CASE a WHEN 1 THEN (SELECT 1 FROM x) WHEN 2 THEN 3 END",
            "CASE WHEN CASE WHEN a THEN b END THEN c END",
            "COALESCE(a, b, (c))",
            "a = ANY (SELECT b FROM c WHERE d IN (1, 2))",
            "x IS DISTINCT FROM y",
            "x IS NOT DISTINCT FROM 2",
            "EXTRACT(YEAR FROM d)",
            "SUBSTRING(a FROM 1 FOR 2)",
            "TRIM(BOTH 'x' FROM a)",
            "CAST(a AS VARCHAR(10))",
            "\"where\"",
            "t.\"set\"",
            "t.limit",
            "/* WHERE */ 5",
            "ARRAY[1, 2][1]",
            "a BETWEEN 1 AND 2",
            "NOT EXISTS (SELECT 1)",
            "f(g(h(1, 2), 3), '(')",
            "SUM(a) OVER (PARTITION BY b ORDER BY c)",
            "{ts '2024-01-01 00:00:00'}",
            "(a, b) IN ((1, 2), (3, 4))",
            "CURRENT_TIMESTAMP");

    @TestFactory
    Stream<DynamicTest> everySkeletonIsWhatTheTableSays() throws IOException {
        String table = new String(
                SkeletonTest.class.getResourceAsStream("skeletons.txt").readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(table.split("\n\n"))
                .map(block ->
                        block.lines().filter(line -> !line.startsWith("#")).toList())
                .filter(lines -> !lines.isEmpty())
                .map(lines -> dynamicTest(lines.get(1), () -> {
                    Syntax syntax = Syntax.valueOf(lines.get(0));

                    assertThat(Described.of(lines.get(1), Skeleton.of(lines.get(1), syntax)))
                            .isEqualTo(lines.get(2));
                }));
    }

    @Test
    void slicesOfGeneratedStatementsAreExact() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            Generated generated = new Generated(random);
            String sql = random.nextBoolean()
                    ? generated.update()
                    : random.nextBoolean() ? generated.delete() : generated.insert();

            assertThat(Described.of(sql, Skeleton.of(sql, Syntax.POSTGRESQL)))
                    .as("seed %d: %s", seed, sql)
                    .isEqualTo(String.join(" | ", generated.expected));
        }
    }

    @Test
    void theGrammarSeesTheSamePartsWhereItCanReadTheStatement() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int read = 0;
        for (int run = 0; run < RUNS / 10; run++) {
            Generated generated = new Generated(random);
            String sql = random.nextBoolean() ? generated.update() : generated.insert();
            Skeleton skeleton = Skeleton.of(sql, Syntax.POSTGRESQL).orElseThrow();

            assertThat(Grammar.outline(sql, Syntax.POSTGRESQL).orElse(Grammar.words(sql, skeleton)))
                    .as("seed %d: %s", seed, sql)
                    .isEqualTo(Grammar.words(sql, skeleton));
            read += Grammar.outline(sql, Syntax.POSTGRESQL).isPresent() ? 1 : 0;
        }

        assertThat(read).isGreaterThan(RUNS / 10 / 2);
    }

    /** A statement put together from clauses, and what its skeleton must be. */
    private static final class Generated {
        private final Random random;
        private final List<String> expected = new ArrayList<>();
        private final StringBuilder sql = new StringBuilder();

        private Generated(Random random) {
            this.random = random;
        }

        private String update() {
            head("UPDATE", "UPDATE ");
            sql.append(" SET ");
            for (int i = 0, columns = 1 + random.nextInt(3); i < columns; i++) {
                String value = expression();
                sql.append(i == 0 ? "" : ", ")
                        .append("c")
                        .append(i)
                        .append(" = ")
                        .append(value);
                expected.add("set c" + i + " = " + clean(value));
            }
            clause(" FROM ", "from", "u JOIN v ON u.id = v.id");
            clause("\nWHERE ", "where", expression());
            clause(" returning ", "returning", expression());
            return sql.toString();
        }

        private String delete() {
            head("DELETE", "DELETE FROM ");
            clause(" USING ", "using", "u, (SELECT 1 FROM x WHERE y = 2) z");
            clause(" where ", "where", expression() + " AND " + expression());
            clause(" RETURNING ", "returning", "*");
            return sql.toString();
        }

        private String insert() {
            head("INSERT", "INSERT INTO ");
            if (random.nextBoolean()) {
                sql.append(" (c1, \"values\")");
                expected.add("columns c1, values");
            }
            if (random.nextBoolean()) {
                sql.append(" VALUES ");
                for (int i = 0, rows = 1 + random.nextInt(3); i < rows; i++) {
                    String first = expression();
                    String second = expression();
                    sql.append(i == 0 ? "" : " , ")
                            .append("(")
                            .append(first)
                            .append(",")
                            .append(second)
                            .append(")");
                    expected.add("row " + clean(first) + ", " + clean(second));
                }
            } else {
                String query = "SELECT " + expression() + " FROM a JOIN b ON a.id = b.id WHERE " + expression();
                sql.append(' ').append(query);
                expected.add("query " + query);
            }
            clause(" ON CONFLICT ", "conflict ON CONFLICT", "(c1) DO UPDATE SET a = 1 WHERE b = 2");
            clause(" RETURNING ", "returning", expression());
            return sql.toString();
        }

        private void head(String verb, String words) {
            String name = random.nextBoolean() ? "s.\"T;\"" : "t";
            boolean alias = random.nextBoolean();
            sql.append(words).append(name).append(alias ? " AS x" : "");
            expected.add(verb + " " + name + (alias ? " as x" : ""));
        }

        private void clause(String words, String name, String text) {
            if (random.nextBoolean()) {
                sql.append(words).append(text);
                expected.add(name + " " + clean(text));
            }
        }

        /** A comment before the first token belongs to no slice. */
        private static String clean(String text) {
            return text.replaceFirst("^/\\* WHERE \\*/ ", "");
        }

        private String expression() {
            String expression = EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()));
            return random.nextInt(4) == 0 ? expression + " || " + expression() : expression;
        }
    }
}
