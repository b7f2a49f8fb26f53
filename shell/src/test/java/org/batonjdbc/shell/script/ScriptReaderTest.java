package org.batonjdbc.shell.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.sql.Syntax;
import org.junit.jupiter.api.Test;

final class ScriptReaderTest {
    @Test
    void statementsEndAtSemicolonsAndKnowTheirLine() throws IOException {
        assertThat(fragments("select 1;\n\n-- why\n  select\n  2; select 3;\nselect 4"))
                .containsExactly("1 select 1", "4 select\n  2", "5 select 3", "6 select 4");
    }

    @Test
    void semicolonsInStringsIdentifiersAndCommentsEndNothing() throws IOException {
        assertThat(fragments("select ';', \"a;b\" /* ; */ -- ;\n, 'it''s;' , $$;$$;"))
                .containsExactly("1 select ';', \"a;b\" /* ; */ -- ;\n, 'it''s;' , $$;$$");
    }

    @Test
    void aBackslashBeginsACommandOnlyWhereNoStatementHasBegun() throws IOException {
        assertThat(fragments("\\d\n-- a comment\n\\x on\nselect\n\\a;\n\\q"))
                .containsExactly("1 \\d", "3 \\x on", "4 select\n\\a", "6 \\q");
    }

    @Test
    void blankStatementsAndCommentsAreNothingToRun() throws IOException {
        assertThat(fragments(";;\n /* nothing */ ;\n-- the end\n")).isEmpty();
    }

    @Test
    void whatIsNotClosedIsHandedOnForTheDatabaseToRefuse() throws IOException {
        assertThat(fragments("select 1;\nselect 'open; \n more"))
                .containsExactly("1 select 1", "2 select 'open; \n more");
        assertThat(fragments("select 1;\n/* open; \n")).containsExactly("1 select 1", "2 /* open;");
    }

    @Test
    void aPipeIsRunAsItArrives() throws IOException {
        PipedWriter writer = new PipedWriter();
        ScriptReader reader = new ScriptReader("", new BufferedReader(new PipedReader(writer)), () -> Syntax.H2);

        writer.write("select 1;\n");
        writer.flush();

        // a reader that wanted to see the end first would wait for ever: the pipe stays open
        assertThat(reader.next().text()).isEqualTo("select 1");
        writer.close();
        assertThat(reader.next()).isNull();
    }

    private static List<String> fragments(String script) throws IOException {
        ScriptReader reader = new ScriptReader("s", new BufferedReader(new StringReader(script)), () -> Syntax.H2);
        List<String> found = new ArrayList<>();
        for (Fragment fragment = reader.next(); fragment != null; fragment = reader.next()) {
            found.add(fragment.line() + " " + fragment.text());
        }
        return found;
    }
}
