package org.batonjdbc.tests.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell, typed at and looked at. */
class PromptTest {
    private static final String SHOP = "jdbc:h2:mem:shop";
    private static final String PROMPT = "baton shop>";
    private static final String ORDERS = "create table orders (id int primary key, customer varchar(20));";

    @TempDir
    private Path directory;

    @Test
    void aStatementOfSeveralLinesIsRunAndRecalledAsOne() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.type("select 1 as one,\r").await("->").enter("2 as two;").await("(1 row)");
            assertThat(tty.text()).contains("ONE | TWO");

            tty.type(Tty.UP).await("the recalled statement", screen -> screen.endsWith("-> 2 as two;"));
            tty.end(Tty.ENTER).await("its second result", screen -> count(screen, "(1 row)") == 2);

            leave(tty);
        }
    }

    @Test
    void whatIsTypedCanBeEdited() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.type("select 23 as n;").type(Tty.LEFT.repeat(7)).type("4");
            tty.type(Tty.CTRL_A).enter("/* edited */ ").await("(1 row)");

            assertThat(tty.text()).contains("/* edited */ select 243 as n;", " 243\n");
            leave(tty);
        }
    }

    @Test
    void tabOffersWhatCanFollowWithItsMeaning() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.enter(ORDERS).await("ok");

            tty.type("upgrade re").type(Tty.TAB).await("(switch back; no change is lost)");
            assertThat(tty.text()).contains("rehearse", "(go on applying)");
            tty.end(Tty.CTRL_C).type("select from orders o").type(Tty.LEFT.repeat(14));
            tty.type(" o.cu").type(Tty.TAB).await("select o.customer from orders o");
            tty.end(Tty.CTRL_C).type("\\timi").type(Tty.TAB).await("\\timing");
            tty.type("of").type(Tty.TAB).end(Tty.ENTER).await("timing is off");
            tty.type("insert into nosuch.").type(Tty.TAB + Tty.TAB).end(Tty.CTRL_C);
            tty.await("a new prompt", screen -> screen.endsWith(PROMPT));

            assertThat(tty.text()).doesNotContain("Exception", "\tat ");
            leave(tty);
        }
    }

    @Test
    void theHistoryIsSearchedAndSuggestedAndKeepsNoPassword() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.enter("select 42 as answer;").await("(1 row)");
            tty.enter("create user ada password 'sesame';").await("ok");
            tty.type("select 4").await("the suggestion", screen -> screen.endsWith("> select 42 as answer;"));
            tty.type(Tty.RIGHT).end(Tty.ENTER).await("its result", screen -> count(screen, "(1 row)") == 2);
            tty.type(Tty.CTRL_R).type("answ");
            tty.await("the found one", screen -> {
                String below = screen.substring(screen.lastIndexOf("(1 row)"));
                return below.contains("search") && below.contains("select 42 as answer;");
            });
            tty.end(Tty.ENTER).await("its third result", screen -> count(screen, "(1 row)") == 3);
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
            tty.enter("select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b;");
            tty.awaitRunning().press(Tty.CTRL_C).await("cancelled");
            tty.enter("select 5 as n;").await("(1 row)");
            tty.type("half of a").end(Tty.CTRL_C).enter("select 6 as n;");
            tty.await("the second result", screen -> count(screen, "(1 row)") == 2);

            assertThat(tty.isRunning()).isTrue();
            leave(tty);
        }
    }

    @Test
    void aWindowThatChangesItsSizeCancelsNothing() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.enter("select count(*) as n from system_range(1, 20000) a, system_range(1, 1000) b;");
            tty.awaitRunning().resize(60, 20);
            tty.resize(90, 25);

            tty.await("20000000").enter("select 7 as seven;").await("SEVEN");
            assertThat(tty.text()).doesNotContain("cancelled");
            leave(tty);
        }
    }

    @Test
    void aTerminalThatDoesNotTellItsSizeIsTakenForAUsualOne() throws Exception {
        try (Tty tty = Tty.batonWithoutSize(directory, SHOP)) {
            tty.await(PROMPT).enter("select 9 as nine;").await("NINE");
            leave(tty);
        }
    }

    @Test
    void controlDInATransactionAsks() throws Exception {
        try (Tty tty = Tty.baton(directory, "jdbc:h2:" + directory.resolve("db"))) {
            tty.enter(ORDERS).await("ok").enter("\\set autocommit off");
            tty.enter("insert into orders values (1, 'Ada');").await("baton db*>");
            tty.end(Tty.CTRL_D).await("A transaction is open.").end(Tty.ENTER);
            tty.enter("\\q").await("to be asked again", s -> count(s, "A transaction is open.") == 2);
            tty.enter("c");
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
            tty.enter("select x as n, 'row ' || x as text from system_range(1, 1000000);");
            tty.await("a full screen", screen -> screen.contains("row 20") && !screen.contains(PROMPT));
            assertThat(tty.text()).doesNotContain("row 40");
            tty.press(" ").await("the next page", screen -> screen.contains("row 40"));
            tty.press("G").await("more rows than this pager holds");
            tty.press("q").await("the prompt", screen -> screen.endsWith(PROMPT));
            tty.enter("select 8 as eight;").await("EIGHT");
            tty.enter("\\set pager off")
                    .enter("select x from system_range(1, 50);")
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
            tty.enter("select x from system_range(1, 5000);");
            leave(tty);
        }
        assertThat(paged).content().contains("\n 4711\n", "(5000 rows)");
    }

    @Test
    void theStatusBarIsThereWhileAnUpgradeIsAndNeverAfter() throws Exception {
        try (Tty tty = Tty.baton(directory, pair())) {
            tty.await("baton shop@h2:1.4.200>").enter(ORDERS).await("ok");
            tty.enter("insert into orders select x, 'somebody' from system_range(1, 200000);")
                    .await("200000 rows changed");
            tty.enter("\\x off").enter("upgrade start;").enter("upgrade wait for replicating with (timeout = '100s');");
            tty.await("the bar", screen -> tty.line(-1).matches(" (COPYING|REPLICATING).*active shop@h2:1.4.200"));
            tty.await("the bar's phase", screen -> tty.line(-1).startsWith(" REPLICATING, "));

            tty.enter("upgrade wait for switched with (timeout = '1h');")
                    .awaitRunning()
                    .resize(80, 20);
            tty.await("the bar on a small screen", screen -> isBar(tty, ".*active shop@h2:1.4.200"));
            tty.press(Tty.CTRL_C).await("cancelled");
            tty.resize(110, 28);
            tty.await("the bar on a large screen", screen -> isBar(tty, " REPLICATING.*active shop@h2:1.4.200"));

            tty.enter("upgrade verify;").await("SAME").enter("upgrade switch;").await("baton shop@h2:2.5.252>");
            tty.await("the bar's new phase", screen -> tty.line(-1).matches(" SWITCHED.*active shop@h2:2.5.252"));
            tty.enter("upgrade complete;")
                    .await("no bar", screen -> !tty.line(-1).contains("active shop"));
            tty.enter("upgrade status;").await("IDLE");
            leave(tty);
            assertThat(tty.written().lastIndexOf("\u001b[r"))
                    .isGreaterThan(tty.written().lastIndexOf("active shop"));
        }
    }

    /** Whether the last line of the screen is such a bar, and no other line is. */
    private static boolean isBar(Tty tty, String pattern) {
        return tty.line(-1).matches(pattern) && count(tty.text(), "active shop@") == 1;
    }

    @Test
    void theStatusBarDoesNotStayBehindWhenTheProgramIsEnded() throws Exception {
        try (Tty tty = Tty.baton(directory, pair())) {
            tty.enter(ORDERS).await("ok").enter("upgrade start;");
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
            tty.await("Password:").press("sesame\r").enter("\\conninfo").await("ADA");
            assertThat(tty.written()).doesNotContain("sesame");
            leave(tty);
        }
        try (Tty tty = Tty.baton(directory, "-u", "ada", "-W", url)) {
            tty.await("Password:").press("guess\r").await("SQLState 28000");
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
            tty.await(PROMPT).await("NIX").enter("select :'who' as who;").await(" Ada");
            tty.enter("\\conninfo").await("ADA");
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
        String select = "select null as nothing, 'text' as text;";
        Map<String, String> plain =
                Map.of("BATON_CONFIG", directory.toString(), "TERM", "xterm-256color", "NO_COLOR", "1");
        try (Tty tty = Tty.start(plain, SHOP)) {
            tty.enter(select).await("(1 row)");
            assertThat(tty.written()).doesNotContainPattern("\u001b\\[[0-9;]*[1-9][0-9;]*m");
            leave(tty);
        }
        Map<String, String> dumb = Map.of("BATON_CONFIG", directory.toString(), "TERM", "dumb");
        try (Tty tty = Tty.start(dumb, SHOP)) {
            tty.await(PROMPT).press(select + Tty.ENTER).await("the prompt", s -> s.contains("(1 row)\n" + PROMPT));
            assertThat(tty.written()).doesNotContain("\u001b");
            tty.press("\\q\r");
            assertThat(tty.exitCode()).isZero();
        }
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.enter(select).await("(1 row)");
            assertThat(tty.written()).containsPattern("\u001b\\[[0-9;]*1[0-9;]*m");
            leave(tty);
        }
    }

    @Test
    void aQuestionOfAScriptIsAskedAtThePrompt() throws Exception {
        try (Tty tty = Tty.baton(directory, SHOP)) {
            tty.enter("\\prompt 'Which number? ' n").await("Which number?").enter("77");
            tty.enter("select :n as n\\G").await("N | 77");
            tty.enter("\\frmat csv").await("did you mean \\format?");
            tty.enter("help").await("\\watch [SECONDS] [until PHASE]").enter("exit");
            assertThat(tty.exitCode()).isZero();
        }
    }

    private static String pair() {
        return "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1),"
                + "(h2:2.5.252@jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;MODE=LEGACY)?engines="
                + System.getProperty("baton.engines");
    }

    private static void leave(Tty tty) throws Exception {
        tty.enter("\\q");
        assertThat(tty.exitCode()).isZero();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
