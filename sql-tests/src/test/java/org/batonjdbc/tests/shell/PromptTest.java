package org.batonjdbc.tests.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell, typed at and looked at. */
class PromptTest {
    private static final String SHOP = "jdbc:h2:mem:shop";
    private static final String PROMPT = "baton shop>";
    private static final String ORDERS = "create table orders (id int primary key, customer varchar(20));\r";

    @TempDir
    private Path directory;

    @Test
    void aStatementOfSeveralLinesIsRunAndRecalledAsOne() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT)
                    .type("select 1 as one,\r")
                    .await("->")
                    .type("2 as two;\r")
                    .await("(1 row)");
            assertThat(tty.text()).contains("ONE | TWO");

            tty.type(Tty.UP).await("the recalled statement", screen -> screen.endsWith("-> 2 as two;"));
            tty.type(Tty.ENTER).await("its second result", screen -> count(screen, "(1 row)") == 2);

            leave(tty);
        }
    }

    @Test
    void whatIsTypedCanBeEdited() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT).type("select 23 as n;").type(Tty.LEFT.repeat(7)).type("4");
            tty.type(Tty.CTRL_A).type("/* edited */ ").type(Tty.ENTER).await("(1 row)");

            assertThat(tty.text()).contains("/* edited */ select 243 as n;", " 243\n");
            leave(tty);
        }
    }

    @Test
    void tabOffersWhatCanFollowWithItsMeaning() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT).type(ORDERS).await("ok");

            tty.type("upgrade re").type(Tty.TAB).await("REHEARSE".toLowerCase(Locale.ROOT));
            assertThat(tty.text()).contains("(go on applying)", "(switch back; no change is lost)");
            tty.type(Tty.CTRL_C)
                    .type("select from orders o")
                    .type(Tty.LEFT.repeat(14))
                    .type(" o.cu");
            tty.type(Tty.TAB).await("select o.customer from orders o");
            tty.type(Tty.CTRL_C)
                    .type("\\timi")
                    .type(Tty.TAB)
                    .await("\\timing")
                    .type("of")
                    .type(Tty.TAB);
            tty.type(Tty.ENTER).await("timing is off");
            tty.type("insert into nosuch.").type(Tty.TAB + Tty.TAB).type(Tty.CTRL_C);
            tty.await("a new prompt", screen -> screen.endsWith(PROMPT));

            assertThat(tty.text()).doesNotContain("Exception", "\tat ");
            leave(tty);
        }
    }

    @Test
    void theHistoryIsSearchedAndSuggestedAndKeepsNoPassword() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT).type("select 42 as answer;\r").await("(1 row)");
            tty.type("create user ada password 'sesame';\r").await("ok");
            tty.type("select 4").await("the suggestion", screen -> screen.endsWith("> select 42 as answer;"));
            tty.type(Tty.RIGHT).type(Tty.ENTER).await("its result", screen -> count(screen, "(1 row)") == 2);
            tty.type(Tty.CTRL_R)
                    .type("answ")
                    .await(
                            "the found one",
                            screen -> screen.contains("search")
                                    && screen.lastIndexOf("select 42 as answer;") > screen.lastIndexOf("(1 row)"));
            tty.type(Tty.ENTER).await("its third result", screen -> count(screen, "(1 row)") == 3);
            leave(tty);
        }

        Path history = directory.resolve("history");
        assertThat(history).content().contains("select 42 as answer;").doesNotContain("sesame");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void controlCCancelsTheStatementAndNotTheShell() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT);
            tty.type("select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b;\r");
            tty.await("the line", screen -> screen.endsWith("b;"));
            tty.awaitReading(false);
            tty.type(Tty.CTRL_C).await("cancelled");
            tty.type("select 5 as n;\r").await("(1 row)");
            tty.type("half of a").type(Tty.CTRL_C).type("select 6 as n;\r");
            tty.await("the second result", screen -> count(screen, "(1 row)") == 2);

            assertThat(tty.isRunning()).isTrue();
            leave(tty);
        }
    }

    @Test
    void aWindowThatChangesItsSizeCancelsNothing() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT);
            tty.type("select count(*) as n from system_range(1, 20000) a, system_range(1, 1000) b;\r");
            tty.await("the line", screen -> screen.endsWith("b;"));
            tty.resize(60, 20);
            tty.resize(90, 25);

            tty.await("20000000").type("select 7 as seven;\r").await("SEVEN");
            assertThat(tty.text()).doesNotContain("cancelled");
            leave(tty);
        }
    }

    @Test
    void controlDInATransactionAsks() throws Exception {
        try (Tty tty = Tty.baton(directory, "jdbc:h2:" + directory.resolve("db"))) {
            tty.await("baton db>").type(ORDERS).await("ok").type("\\set autocommit off\r");
            tty.type("insert into orders values (1, 'Ada');\r").await("baton db*>");
            tty.type(Tty.CTRL_D)
                    .await("A transaction is open.")
                    .type(Tty.ENTER)
                    .await("to stay", s -> s.endsWith("baton db*>"));
            tty.type("\\q\r").await("to be asked again", s -> count(s, "A transaction is open.") == 2);
            tty.type("c\r");
            assertThat(tty.exitCode()).isZero();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory.resolve("db"))) {
            assertThat(connection
                            .createStatement()
                            .executeQuery("select * from orders")
                            .next())
                    .isTrue();
        }
    }

    @Test
    void whatIsLongerThanTheScreenIsPaged() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT).type("select x as n, 'row ' || x as text from system_range(1, 1000000);\r");
            tty.await("a full screen", screen -> screen.contains("row 20") && !screen.contains(PROMPT));
            assertThat(tty.text()).doesNotContain("row 40");
            tty.type(" ").await("the next page", screen -> screen.contains("row 40"));
            tty.type("q").await("the prompt", screen -> screen.endsWith(PROMPT));
            tty.type("select 8 as eight;\r").await("EIGHT");
            tty.type("\\set pager off\r")
                    .type("select x from system_range(1, 50);\r")
                    .await("(50 rows)");
            leave(tty);
        }
    }

    @Test
    void thePagerOfTheEnvironmentIsUsed() throws Exception {
        Path paged = directory.resolve("paged");
        Map<String, String> environment =
                Map.of("BATON_CONFIG", directory.toString(), "TERM", "xterm-256color", "PAGER", "cat > " + paged);
        try (Tty tty = Tty.start(environment, SHOP)) {
            tty.await(PROMPT)
                    .type("select x from system_range(1, 5000);\r")
                    .await("the prompt", s -> count(s, PROMPT) == 2);
            leave(tty);
        }
        assertThat(paged).content().contains("\n 4711\n", "(5000 rows)");
    }

    @Test
    void theStatusBarIsThereWhileAnUpgradeIsAndNeverAfter() throws Exception {
        try (Tty tty = Tty.baton(directory, pair())) {
            tty.await("baton shop@h2:1.4.200>").type(ORDERS).await("ok");
            tty.type("insert into orders select x, 'somebody' from system_range(1, 200000);\r")
                    .await("200000 rows changed");
            tty.type("\\x off\r")
                    .type("upgrade start;\r")
                    .type("upgrade wait for replicating with (timeout = '60s');\r");
            tty.await("the bar", screen -> tty.line(-1).matches(" (COPYING|REPLICATING).*active shop@h2:1.4.200"));
            tty.await("the bar's phase", screen -> tty.line(-1).startsWith(" REPLICATING, "));

            tty.type("upgrade wait for switched;\r").resize(80, 20);
            tty.await("the bar on a small screen", screen -> tty.line(-1).endsWith("active shop@h2:1.4.200"));
            assertThat(count(tty.text(), "active shop@h2:1.4.200")).isEqualTo(1);
            tty.type(Tty.CTRL_C).await("cancelled");
            tty.resize(110, 28);
            tty.await(
                    "the bar on a large screen",
                    screen -> tty.line(-1).matches(" REPLICATING.*active shop@h2:1.4.200"));
            assertThat(count(tty.text(), "active shop@h2:1.4.200")).isEqualTo(1);

            tty.type("upgrade verify;\r")
                    .await("SAME")
                    .type("upgrade switch;\r")
                    .await("baton shop@h2:2.5.252>");
            tty.await("the bar's new phase", screen -> tty.line(-1).matches(" SWITCHED.*active shop@h2:2.5.252"));
            tty.type("upgrade complete;\r")
                    .await("no bar", screen -> !tty.line(-1).contains("active shop"));
            tty.type("upgrade status;\r").await("IDLE");
            leave(tty);
            assertThat(tty.written().lastIndexOf("\u001b[r"))
                    .isGreaterThan(tty.written().lastIndexOf("active shop"));
        }
    }

    @Test
    void theStatusBarDoesNotStayBehindWhenTheProgramIsEnded() throws Exception {
        try (Tty tty = Tty.baton(directory, pair())) {
            tty.await("baton shop@h2:1.4.200>").type(ORDERS).await("ok").type("upgrade start;\r");
            tty.await("the bar", screen -> tty.line(-1).endsWith("active shop@h2:1.4.200"));

            tty.terminate();

            tty.exitCode();
            tty.await("no bar", screen -> !screen.contains("active shop@h2:1.4.200"));
            assertThat(tty.written()).contains("\u001b[r");
        }
    }

    @Test
    void aPasswordIsAskedForWithoutShowingIt() throws Exception {
        String url = "jdbc:h2:" + directory.resolve("secret");
        DriverManager.getConnection(url, "ada", "sesame").close();

        try (Tty tty = Tty.baton(directory, "-u", "ada", "-W", url)) {
            tty.await("Password:")
                    .type("sesame\r")
                    .await("baton secret>")
                    .type("\\conninfo\r")
                    .await("ADA");
            assertThat(tty.written()).doesNotContain("sesame");
            leave(tty);
        }
        try (Tty tty = Tty.baton(directory, "-u", "ada", "-W", url)) {
            tty.await("Password:").type("guess\r").await("SQLState 28000");
            assertThat(tty.exitCode()).isEqualTo(1);
            assertThat(tty.written()).doesNotContain("guess", "\tat ");
        }
    }

    @Test
    void aProfileNamesAConnectionAndAFileIsRunAtTheStart() throws Exception {
        Path profiles = Files.writeString(
                directory.resolve("profiles"),
                "[prod]\nurl = " + SHOP + "\nuser = ada\npassword = sesame\nnull = NIX\n");
        Files.writeString(directory.resolve("init.sql"), "\\set who 'Ada'\nselect null as nothing;\n");

        try (Tty tty = Tty.baton(directory, "prod")) {
            tty.await("may be read by others");
            assertThat(tty.exitCode()).isEqualTo(1);
        }
        Files.setPosixFilePermissions(profiles, PosixFilePermissions.fromString("rw-------"));
        try (Tty tty = Tty.baton(directory, "prod")) {
            tty.await(PROMPT)
                    .await("NIX")
                    .type("select :'who' as who;\r")
                    .await(" Ada")
                    .type("\\conninfo\r")
                    .await("ADA");
            assertThat(tty.written()).doesNotContain("sesame");
            leave(tty);
        }
        try (Tty tty = Tty.baton(directory, "--no-init", "prdo")) {
            tty.await("did you mean prod?");
            assertThat(tty.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void coloursAreLeftOutWhereTheyAreNotWanted() throws Exception {
        String select = "select null as nothing, 'text' as text;\r";
        Map<String, String> plain =
                Map.of("BATON_CONFIG", directory.toString(), "TERM", "xterm-256color", "NO_COLOR", "1");
        try (Tty tty = Tty.start(plain, SHOP)) {
            tty.await(PROMPT).type(select).await("(1 row)");
            assertThat(tty.written()).doesNotContainPattern("\u001b\\[[0-9;]*[1-9][0-9;]*m");
            leave(tty);
        }
        Map<String, String> dumb = Map.of("BATON_CONFIG", directory.toString(), "TERM", "dumb");
        try (Tty tty = Tty.start(dumb, SHOP)) {
            tty.await(PROMPT).type(select).await("(1 row)");
            assertThat(tty.written()).doesNotContain("\u001b");
            leave(tty);
        }
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT).type(select).await("(1 row)");
            assertThat(tty.written()).containsPattern("\u001b\\[[0-9;]*1[0-9;]*m");
            leave(tty);
        }
    }

    @Test
    void aQuestionOfAScriptIsAskedAtThePrompt() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.await(PROMPT)
                    .type("\\prompt 'Which number? ' n\r")
                    .await("Which number?")
                    .type("77\r");
            tty.await("the prompt", screen -> screen.endsWith(PROMPT))
                    .type("select :n as n\\G\r")
                    .await("N | 77");
            tty.type("\\frmat csv\r").await("did you mean \\format?");
            tty.type("help\r").await("\\watch [SECONDS] [until PHASE]").type("exit\r");
            assertThat(tty.exitCode()).isZero();
        }
    }

    private static String pair() {
        return "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1),"
                + "(h2:2.5.252@jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;MODE=LEGACY)?engines="
                + System.getProperty("baton.engines");
    }

    private static void leave(Tty tty) throws Exception {
        tty.type("\\q\r");
        assertThat(tty.exitCode()).isZero();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
