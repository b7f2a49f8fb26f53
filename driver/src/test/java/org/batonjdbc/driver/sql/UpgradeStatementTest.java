package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeStatementTest {
    @Test
    void everyVerbIsRead() throws SQLException {
        assertThat(UpgradeStatement.parse("UPGRADE CHECK")).isEqualTo(new UpgradeStatement.Check(Optional.empty()));
        assertThat(UpgradeStatement.parse("UPGRADE CHECK TO 'jdbc:h2:mem:x'"))
                .isEqualTo(new UpgradeStatement.Check(Optional.of("jdbc:h2:mem:x")));
        assertThat(UpgradeStatement.parse("upgrade start to 'h2:2.5.252@jdbc:h2:mem:it''s' with (chunk_rows = 500);"))
                .isEqualTo(new UpgradeStatement.Start(
                        Optional.of("h2:2.5.252@jdbc:h2:mem:it's"), Map.of("chunk_rows", "500")));
        assertThat(UpgradeStatement.parse("UPGRADE STATUS")).isEqualTo(new UpgradeStatement.Status());
        assertThat(UpgradeStatement.parse("UPGRADE PAUSE")).isEqualTo(new UpgradeStatement.Pause());
        assertThat(UpgradeStatement.parse("UPGRADE RESUME")).isEqualTo(new UpgradeStatement.Resume());
        assertThat(UpgradeStatement.parse("UPGRADE WAIT FOR replicating WITH (timeout = '60s')"))
                .isEqualTo(new UpgradeStatement.WaitFor("REPLICATING", Map.of("timeout", "60s")));
        assertThat(UpgradeStatement.parse("UPGRADE VERIFY"))
                .isEqualTo(new UpgradeStatement.Verify(List.of(), Map.of()));
        assertThat(UpgradeStatement.parse("UPGRADE REPAIR TABLE t WITH (extra = 'delete')"))
                .isEqualTo(new UpgradeStatement.Repair(List.of(name("t")), Map.of("extra", "delete")));
        assertThat(UpgradeStatement.parse("UPGRADE REHEARSE")).isEqualTo(new UpgradeStatement.Rehearse());
        assertThat(UpgradeStatement.parse("UPGRADE SWITCH DRY RUN"))
                .isEqualTo(new UpgradeStatement.Switch(true, Map.of()));
        assertThat(UpgradeStatement.parse("UPGRADE REVERSE WITH (verify = skip)"))
                .isEqualTo(new UpgradeStatement.Reverse(false, Map.of("verify", "skip")));
        assertThat(UpgradeStatement.parse("UPGRADE COMPLETE")).isEqualTo(new UpgradeStatement.Complete());
        assertThat(UpgradeStatement.parse("/* now */ UPGRADE -- really\n CANCEL ; ; "))
                .isEqualTo(new UpgradeStatement.Cancel());
    }

    @Test
    void tablesMayBeQuotedAndQualified() throws SQLException {
        UpgradeStatement statement = UpgradeStatement.parse("UPGRADE VERIFY TABLE orders, s.\"My \"\"T\"\"\", `k`");

        assertThat(statement).isInstanceOfSatisfying(UpgradeStatement.Verify.class, verify -> {
            assertThat(verify.tables()).hasSize(3);
            assertThat(verify.tables().get(1).qualifier()).isEqualTo(new Name.Part("s", false));
            assertThat(verify.tables().get(1).last()).isEqualTo(new Name.Part("My \"T\"", true));
            assertThat(verify.tables().get(2).last()).isEqualTo(new Name.Part("k", true));
        });
        assertThat(new Name.Part("orders", false).matches("ORDERS")).isTrue();
        assertThat(new Name.Part("orders", true).matches("ORDERS")).isFalse();
    }

    @Test
    void valuesAreStringsNumbersOrWordsInTheirOrder() throws SQLException {
        UpgradeStatement statement = UpgradeStatement.parse(
                "UPGRADE SWITCH WITH (Drain_Timeout = 5s, on_timeout = 'abort', a = -1, b = 1.5, c=x.y)");

        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("drain_timeout", "5s");
        expected.put("on_timeout", "abort");
        expected.put("a", "-1");
        expected.put("b", "1.5");
        expected.put("c", "x.y");
        assertThat(((UpgradeStatement.Switch) statement).with()).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "UPGRADE | line 1, column 8: found the end of the statement, expected CHECK, START",
                "UPGRADE FOO | line 1, column 9: found FOO, expected CHECK, START, STATUS",
                "UPGRADE START TO jdbc:h2 | line 1, column 18: found jdbc, expected a store in quotes",
                "UPGRADE START TO 'jdbc:h2 | line 1, column 18: found 'jdbc:h2, expected a closing quote",
                "UPGRADE WAIT REPLICATING | line 1, column 14: found REPLICATING, expected FOR",
                "UPGRADE WAIT FOR 'X' | line 1, column 18: found 'X', expected a phase",
                "UPGRADE STATUS NOW | line 1, column 16: found NOW, expected the end of the statement",
                "UPGRADE STATUS; SELECT 1 | line 1, column 17: found SELECT, expected the end of the statement",
                "UPGRADE SWITCH DRY | line 1, column 19: found the end of the statement, expected RUN",
                "UPGRADE SWITCH WITH verify = skip | line 1, column 21: found verify, expected (",
                "UPGRADE SWITCH WITH (verify skip) | line 1, column 29: found skip, expected =",
                "UPGRADE SWITCH WITH (verify = ) | line 1, column 31: found ), expected a value",
                "UPGRADE SWITCH WITH (a = 1 b = 2) | line 1, column 28: found b, expected , or )",
                "UPGRADE SWITCH WITH (a = 1, A = 2) | line 1, column 29: found A, expected another option, for a is given twice",
                "UPGRADE VERIFY TABLE 5 | line 1, column 22: found 5, expected a table's name",
                "UPGRADE VERIFY TABLE a, | line 1, column 24: found the end of the statement, expected a table's name"
            })
    void anErrorSaysWhereAndWhatWasExpected(String sql, String message) {
        assertThatThrownBy(() -> UpgradeStatement.parse(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith(message)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42601");
    }

    @Test
    void anErrorOnALaterLineCountsFromThatLine() {
        assertThatThrownBy(() -> UpgradeStatement.parse("UPGRADE\n  SWITCH\n WITH (a b)"))
                .hasMessageStartingWith("line 3, column 10: found b, expected =");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPGRADE CHECK",
                "UPGRADE CHECK TO 'x'",
                "UPGRADE CHECK TO x",
                "UPGRADE START TO 'a' WITH (a = 1, b = 'c')",
                "UPGRADE STATUS",
                "UPGRADE STATUS x",
                "UPGRADE WAIT FOR COPYING",
                "UPGRADE WAIT COPYING",
                "UPGRADE VERIFY TABLE a, b.\"c\"",
                "UPGRADE VERIFY TABLE",
                "UPGRADE REPAIR WITH (extra = 'delete')",
                "UPGRADE SWITCH DRY RUN WITH (drain_timeout = 5s)",
                "UPGRADE SWITCH RUN",
                "UPGRADE REVERSE",
                "UPGRADE",
                "UPGRADE COMPLETE;",
                "UPGRADE CANCEL WITH (a = 1)",
                "UPGRADE REHEARSE",
                "UPGRADE PAUSE;;",
                "UPGRADE RESUME 1",
                "UPGRADE START WITH ()",
                "UPGRADE START WITH (a)",
                "UPGRADE START WITH (a = )",
                "UPGRADE SWITCH WITH (a = -1)"
            })
    void theGeneratedGrammarAgreesOnWhatIsAnUpgradeStatement(String sql) {
        boolean read;
        try {
            read = UpgradeStatement.parse(sql) != null;
        } catch (SQLException e) {
            read = false;
        }

        assertThat(Grammar.outline(sql, Syntax.GENERIC).isPresent()).isEqualTo(read);
    }

    private static Name name(String word) {
        return new Name(List.of(new Name.Part(word, false)));
    }
}
