package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.sql.Split.Ending;
import org.junit.jupiter.api.Test;

class StatementSplitterTest {
    @Test
    void semicolonsInStringsCommentsAndQuotesEndNothing() {
        assertThat(statements("a ';' ; b \";\" /* ; */ -- ;\n; c $$;$$;", Syntax.H2))
                .containsExactly("a ';'", "b \";\"", "c $$;$$");
        assertThat(statements("a ';\\';' # ;\n; b", Syntax.MARIADB)).containsExactly("a ';\\';'");
        assertThat(statements("a $x$;$$;$x$; b E'\\';';", Syntax.POSTGRESQL))
                .containsExactly("a $x$;$$;$x$", "b E'\\';'");
    }

    @Test
    void semicolonsInBlocksEndNothing() {
        String routine =
                "CREATE PROCEDURE p() BEGIN IF a THEN SET b = CASE c WHEN 1 THEN 2 END; END IF; BEGIN x; END; END";
        assertThat(statements(routine + "; SELECT 1;", Syntax.MARIADB)).containsExactly(routine, "SELECT 1");
        assertThat(statements("BEGIN; DELETE FROM t; END; x;", Syntax.POSTGRESQL))
                .containsExactly("BEGIN", "DELETE FROM t", "END", "x");
        String function = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 2 END; END";
        assertThat(statements(function + ";\nx;", Syntax.POSTGRESQL)).containsExactly(function, "x");
        assertThat(statements("CREATE TABLE begin (end INT); x;", Syntax.MARIADB))
                .containsExactly("CREATE TABLE begin (end INT)", "x");
    }

    @Test
    void whereTheTextStopsIsTold() {
        assertThat(StatementSplitter.split("", Syntax.H2).ending()).isEqualTo(Ending.NOTHING);
        assertThat(StatementSplitter.split("a; -- b", Syntax.H2).ending()).isEqualTo(Ending.NOTHING);
        assertThat(StatementSplitter.split("a; b", Syntax.H2).ending()).isEqualTo(Ending.STATEMENT);
        assertThat(StatementSplitter.split("a; 'b;", Syntax.H2).ending()).isEqualTo(Ending.STRING);
        assertThat(StatementSplitter.split("a; $$b;", Syntax.H2).ending()).isEqualTo(Ending.STRING);
        assertThat(StatementSplitter.split("a \"b;", Syntax.H2).ending()).isEqualTo(Ending.IDENTIFIER);
        assertThat(StatementSplitter.split("a; /* b;", Syntax.H2).ending()).isEqualTo(Ending.COMMENT);
        assertThat(StatementSplitter.split("CREATE PROCEDURE p() BEGIN a;", Syntax.MARIADB)
                        .ending())
                .isEqualTo(Ending.BLOCK);
    }

    @Test
    void positionsAreThoseOfTheStatementsWithoutBlanks() {
        Split split = StatementSplitter.split("  a b ;;\n c ; d -- e", Syntax.H2);

        assertThat(split.statements())
                .containsExactly(new Split.Piece(2, 5, 7), new Split.Piece(7, 7, 8), new Split.Piece(10, 11, 13));
        assertThat(split.rest()).isEqualTo(new Split.Piece(14, 15, 20));
    }

    @Test
    void aTextThatComesBitByBitIsSplitAsIfItCameAtOnce() {
        String text = "INSERT INTO t VALUES ('a;b'); /* ; */ UPDATE t SET a = $$;$$ WHERE b = \";\" ;\nSELECT 1;";
        List<String> whole = statements(text, Syntax.H2);

        for (int cut = 0; cut <= text.length(); cut++) {
            Split first = StatementSplitter.split(text.substring(0, cut), Syntax.H2);
            int next = first.statements().isEmpty()
                    ? 0
                    : first.statements().get(first.statements().size() - 1).next();
            List<String> all = new ArrayList<>(statements(text.substring(0, next), Syntax.H2));
            all.addAll(statements(text.substring(next), Syntax.H2));

            assertThat(all).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    private static List<String> statements(String text, Syntax syntax) {
        return StatementSplitter.split(text, syntax).statements().stream()
                .map(piece -> piece.in(text))
                .toList();
    }
}
