package org.batonjdbc.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.shell.command.Interpreter;
import org.batonjdbc.shell.command.Running;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Screen;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each line of {@code suggestions.txt} is a case: what is typed with {@code |} for the cursor, an arrow, and what is
 * offered there. Behind {@code first} more may follow, {@code has} and {@code hasn't} look for some; {@code nothing} is none.
 */
final class SuggestionsTest {
    private static final Catalog SHOP = new Catalog() {
        @Override
        public List<Table> tables() {
            return List.of(
                    new Table("PUBLIC", "CUSTOMERS", "table"),
                    new Table("PUBLIC", "ORDERS", "table"),
                    new Table("PUBLIC", "Mixed Case", "table"),
                    new Table("STOCK", "ITEMS", "table"),
                    new Table("PUBLIC", "TOTALS", "view"));
        }

        @Override
        public List<String> schemas() {
            return List.of("PUBLIC", "STOCK");
        }

        @Override
        public List<Column> columns(Table table) {
            return switch (table.name()) {
                case "CUSTOMERS" -> List.of(new Column("ID", "INT"), new Column("NAME", "VARCHAR"));
                case "ORDERS" ->
                    List.of(new Column("ID", "INT"), new Column("CUSTOMER", "INT"), new Column("PLACED", "DATE"));
                case "ITEMS" -> List.of(new Column("SKU", "VARCHAR"), new Column("Label", "VARCHAR"));
                default -> List.of();
            };
        }

        @Override
        public Folding folding() {
            return Folding.UPPER;
        }

        @Override
        public List<String> profiles() {
            return List.of("prod", "test");
        }
    };

    static Stream<String> cases() throws IOException {
        try (InputStream file = SuggestionsTest.class.getResourceAsStream("suggestions.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }

    @Test
    void thereAreAHundredCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatCanFollowIsOffered(String line) {
        String[] parts = line.split(" => ", 2);
        List<String> offered = values(parts[0]);
        String expected = parts[1].strip();

        if (expected.equals("nothing")) {
            assertThat(offered).isEmpty();
        } else if (expected.startsWith("first ")) {
            assertThat(offered).startsWith(expected.substring(6).split(", "));
        } else if (expected.startsWith("has ")) {
            assertThat(offered).contains(expected.substring(4).split(", "));
        } else if (expected.startsWith("hasn't ")) {
            assertThat(offered)
                    .isNotEmpty()
                    .doesNotContain(expected.substring(7).split(", "));
        } else {
            assertThat(offered).containsExactly(expected.split(", "));
        }
    }

    @Test
    void filesAreOfferedWithWhatTheyAre(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("upgrade.sql"), "");
        Files.createDirectory(directory.resolve("updates"));
        Files.writeString(directory.resolve(".hidden"), "");

        assertThat(suggestions("\\i " + directory + "/up|"))
                .containsExactly(
                        new Suggestion(directory + "/updates/", "directory", true),
                        new Suggestion(directory + "/upgrade.sql", "file", false));
        assertThat(values("\\i " + directory + "/|")).doesNotContain(directory + "/.hidden");
        assertThat(values("\\i " + directory + "/.|")).containsExactly(directory + "/.hidden");
        assertThat(values("\\i " + directory + "/nosuch/|")).isEmpty();
    }

    @Test
    void whatIsOfferedIsExplained() {
        assertThat(suggestions("upgrade sw|"))
                .containsExactly(new Suggestion("switch", "move the application to the upgraded store", false));
        assertThat(suggestions("select o.pl| from orders o"))
                .containsExactly(new Suggestion("o.placed", "DATE of ORDERS", false));
        assertThat(suggestions("select * from tot|")).containsExactly(new Suggestion("totals", "view", false));
        assertThat(suggestions("\\timi|"))
                .containsExactly(new Suggestion("\\timing", "say how long statements take", false));
    }

    @Test
    void anythingAtAllMayBeTyped() {
        for (String text : List.of(
                "",
                "|",
                ".",
                "..",
                "select .",
                "\\",
                "\\ ",
                "'",
                "\"",
                "(",
                ")))",
                "upgrade (",
                "a.b.c.d.",
                "::",
                ":",
                "/*",
                "$$",
                "upgrade with (a=",
                "\\set ",
                "\\h upgrade ")) {
            String[] halves = {text, text + " "};
            for (String half : halves) {
                assertThat(new Suggestions(SHOP, Syntax.GENERIC, List.of(), Map.of()).at(half, half.length()))
                        .isNotNull();
            }
        }
    }

    private static List<String> values(String typed) {
        return suggestions(typed).stream().map(Suggestion::value).toList();
    }

    private static List<Suggestion> suggestions(String typed) {
        int cursor = typed.indexOf('|');
        String text = typed.substring(0, cursor) + typed.substring(cursor + 1);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, "");
        try (Session session = new Session(console, new Settings(), Screen.NONE)) {
            Interpreter interpreter =
                    new Interpreter(session, new Login(null, null), new Variables(), new Running(session));
            return new Suggestions(SHOP, Syntax.H2, interpreter.commands(), Map.of("region", "west", "year", "1999"))
                    .at(text, cursor);
        }
    }
}
