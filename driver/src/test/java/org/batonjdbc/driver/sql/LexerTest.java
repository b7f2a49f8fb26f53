package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LexerTest {
    /** What quotes, comments and parameters are made of, so that random texts are full of half-open ones. */
    private static final String[] PIECES = {
        "'",
        "''",
        "\"",
        "`",
        "[",
        "]",
        "$$",
        "$a$",
        "$1",
        "?",
        "??",
        "?1",
        "??|",
        "/*",
        "*/",
        "/*!50000",
        "/*M!",
        "--",
        "-- ",
        "//",
        "#",
        "\\",
        "\n",
        "\r",
        " ",
        "\u00a0",
        "\t",
        ";",
        "(",
        ")",
        "{",
        "}",
        "E'",
        "N'",
        "x'",
        "U&'",
        "U&\"",
        "u&",
        "@",
        "@@a",
        "@",
        "1",
        "1.5e-3",
        ".5",
        "0x1F",
        "1e",
        "1_000",
        "::",
        ":=",
        "->>",
        "<=",
        "<",
        "=",
        "||",
        "SELECT",
        "delete",
        "a",
        "BEGIN",
        "END",
        "CASE",
        "CREATE PROCEDURE p",
        "\ud83d\ude00",
        "\ud83d",
        "\u0000",
        "é",
        ".",
        ",",
        "WITH x AS",
        "UPGRADE",
        "EXPLAIN ANALYZE",
        "SET",
        "FOR UPDATE",
        "INTO",
        "EXECUTE IMMEDIATE",
        "MERGE",
        "q'",
        "U"
    };

    private static final int RUNS = 50_000;

    @Test
    void tokensJoinToTheTextAgainWhateverItIs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            String text = text(random);
            for (Syntax syntax : Syntax.values()) {
                String joined = Lexer.tokens(text, syntax).stream()
                        .map(token -> token.in(text))
                        .collect(Collectors.joining());

                assertThat(joined).as("seed %d, %s", seed, syntax).isEqualTo(text);
            }
        }
    }

    @Test
    void everyTextHasAMeaningAndASplit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS / 4; run++) {
            String text = text(random);
            for (Syntax syntax : Syntax.values()) {
                Meaning meaning = Meaning.of(text, syntax);
                Split split = StatementSplitter.split(text, syntax);

                assertThat(meaning.kind())
                        .as("seed %d, %s: %s", seed, syntax, text)
                        .isNotNull();
                assertThat(split.rest().end())
                        .as("seed %d, %s: %s", seed, syntax, text)
                        .isLessThanOrEqualTo(text.length());
            }
        }
    }

    @Test
    void everyStatementOfTheTableIsJoinedAgainToo() throws IOException {
        for (Expectation row : Expectation.all()) {
            List<Token> tokens = Lexer.tokens(row.sql(), row.syntax());

            assertThat(tokens.stream().map(token -> token.in(row.sql())).collect(Collectors.joining()))
                    .isEqualTo(row.sql());
        }
    }

    @Test
    void wordsNumbersAndOperatorsStandApart() {
        assertThat(kinds("a1 >= 1.5e-3FOR||x", Syntax.H2))
                .isEqualTo("WORD(a1) OPERATOR(>=) NUMBER(1.5e-3) WORD(FOR) OPERATOR(||) WORD(x)");
        assertThat(kinds("0x1Fg 1_000 .5.6", Syntax.H2))
                .isEqualTo("NUMBER(0x1F) WORD(g) NUMBER(1_000) NUMBER(.5) NUMBER(.6)");
        assertThat(kinds("@a:=@@b.c", Syntax.MARIADB)).isEqualTo("WORD(@a) OPERATOR(:=) WORD(@@b) OPERATOR(.) WORD(c)");
    }

    @Test
    void parametersAreThoseOfTheEnginesDrivers() {
        assertThat(kinds("?1=?", Syntax.H2)).isEqualTo("PARAMETER(?1) OPERATOR(=) PARAMETER(?)");
        assertThat(kinds("$1::int ??| ? ??", Syntax.POSTGRESQL))
                .isEqualTo("PARAMETER($1) OPERATOR(::) WORD(int) OPERATOR(??|) PARAMETER(?) OPERATOR(??)");
        assertThat(kinds("?1", Syntax.MARIADB)).isEqualTo("PARAMETER(?) NUMBER(1)");
    }

    @Test
    void quotesAreThoseOfTheEngine() {
        assertThat(kinds("\"a\"\"b\" `c` [d]", Syntax.H2))
                .isEqualTo("QUOTED(\"a\"\"b\") QUOTED(`c`) OPERATOR([) WORD(d) OPERATOR(])");
        assertThat(kinds("[d]]e]", Syntax.H2_MSSQLSERVER)).isEqualTo("QUOTED([d]]e])");
        assertThat(kinds("\"a\" 'b\\'c'", Syntax.MARIADB)).isEqualTo("STRING(\"a\") STRING('b\\'c')");
        assertThat(kinds("E'b\\'c' 'd\\' $x$ $$ $x$", Syntax.POSTGRESQL))
                .isEqualTo("STRING(E'b\\'c') STRING('d\\') STRING($x$ $$ $x$)");
        assertThat(kinds("U&'a' U&\"b\" u & x N'c' X'0A'", Syntax.DERBY))
                .isEqualTo("STRING(U&'a') QUOTED(U&\"b\") WORD(u) OPERATOR(&) WORD(x) STRING(N'c') STRING(X'0A')");
        assertThat(kinds("a$$b$$c", Syntax.H2)).isEqualTo("WORD(a$$b$$c)");
    }

    @Test
    void whatTheTextBreaksOffInIsIncomplete() {
        for (String text : List.of("'a", "\"a", "/* a", "/* /* */", "$$a", "N'a''")) {
            List<Token> tokens = Lexer.tokens(text, Syntax.H2);

            assertThat(tokens).as(text).hasSize(1);
            assertThat(tokens.get(0).complete()).as(text).isFalse();
        }
    }

    private static String kinds(String text, Syntax syntax) {
        return Lexer.tokens(text, syntax).stream()
                .filter(token -> !token.isBlank())
                .map(token -> token.kind() + "(" + token.in(text) + ")")
                .collect(Collectors.joining(" "));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
            if (random.nextInt(3) == 0) {
                text.append(' ');
            }
        }
        return text.toString();
    }
}
