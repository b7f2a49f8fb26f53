package org.batonjdbc.tests.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole upgrade as a script, and how it ends where a step fails: with exit code 3 and the application where it was. */
@Pair
class UpgradeScriptTest {
    private static final String SWITCH = "UPGRADE SWITCH;";
    private static final String COMPLETE = "UPGRADE COMPLETE;";

    private Stores stores;

    @BeforeEach
    void fill(Stores given) throws SQLException {
        stores = given;
        stores.execute(
                "CREATE TABLE T (ID INT PRIMARY KEY, V VARCHAR(20))",
                "INSERT INTO T SELECT X, 'value ' || X FROM SYSTEM_RANGE(1, 5000)");
    }

    @Test
    void movesTheApplicationToTheUpgradedStore() throws Exception {
        Baton run = run(script());

        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(run.err()).doesNotContain("error:");
        assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.upgradedStore());
        assertThat(stores.phase()).isEqualTo("IDLE");
        assertThat(stores.number("SELECT COUNT(*) FROM T")).isEqualTo(5000);
    }

    @Test
    void compilesInADryRunWithoutBeginningAnything() throws Exception {
        Baton run = Baton.run(script(), "--dry-run", "-u", "sa", "-", stores.url());

        assertThat(run).isEqualTo(new Baton(0, "dry run: 8 statements compile, 0 would fail; nothing was run\n", ""));
        assertThat(stores.phase()).isEqualTo("IDLE");
    }

    @Test
    void endsAtTheCheckWhereSomethingForbidsAnUpgrade() throws Exception {
        stores.execute("CREATE TABLE KEYLESS (ID INT)");

        Baton run = run(script());

        assertFailed(run, "UPGRADE CHECK", "expected no severity ERROR");
        assertThat(stores.phase()).isEqualTo("IDLE");
    }

    @Test
    void endsAtTheStartWhereOneIsRunning() throws Exception {
        stores.replicate();

        assertFailed(run(script()), "UPGRADE START", "SQLState 55000");
    }

    @Test
    void endsAtTheWaitAfterItsTimeoutAndHasSaidEverySecondWhereItStands() throws Exception {
        stores.replicate(); // so that a phase that nobody brings about is waited for

        Baton run = run("\\set timeout 3500ms\n" + behind("UPGRADE START;").replace("REPLICATING", "SWITCHED"));

        assertFailed(run, "UPGRADE WAIT FOR SWITCHED", "SQLState 55P03");
        assertThat(run.err().lines().filter(line -> line.matches("baton: \\d+ s  REPLICATING, .* lag .*")))
                .as("a line for each second but the last")
                .hasSizeBetween(2, 4);
    }

    @Test
    void endsAtTheVerifyThatFindsADifference() throws Exception {
        stores.replicate();
        change(stores.pastBatonToSecond());

        assertFailed(run(behind("WITH (timeout = :'timeout');")), "UPGRADE VERIFY", "expected every status to be SAME");
        assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
    }

    @Test
    void endsAtTheRehearsalOfWhatTheNewEngineRefuses() throws Exception {
        stores.replicate();
        stores.execute("SELECT LIMIT 0 1 ID FROM T");

        assertFailed(run(behind("WITH (timeout = :'timeout');")), "UPGRADE REHEARSE", "row 1 has FAILS");
        assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
    }

    @Test
    void endsAtTheSwitchThatATransactionDoesNotLetPass() throws Exception {
        stores.replicate();
        try (Connection writer = stores.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE T SET V = 'open' WHERE ID = 1");
            stores.execute("UPGRADE VERIFY");

            Baton run = run(SWITCH.replace(";", " WITH (drain_timeout = '200ms');") + behind(SWITCH));

            assertFailed(run, "UPGRADE SWITCH", "SQLState 55");
            writer.rollback();
        }
        assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
    }

    @Test
    void endsBeforeTheStepOfNoReturnWhereTheOldStoreDiffers() throws Exception {
        stores.replicate();
        stores.execute("UPGRADE VERIFY", "UPGRADE SWITCH");
        // The triggers that are left there refuse changes of rows, but nobody asks them about this.
        stores.pastBatonToFirst().createStatement().execute("TRUNCATE TABLE T");

        assertFailed(run(behind(SWITCH)), "UPGRADE VERIFY", "expected every status to be SAME");
        assertThat(stores.phase()).isEqualTo("SWITCHED");
    }

    @Test
    void endsAtTheCompleteWithoutAnUpgrade() throws Exception {
        assertFailed(run(COMPLETE), "UPGRADE COMPLETE", "SQLState 55000");
    }

    @Test
    void doesNotBeginWithoutAConnection() throws Exception {
        assertThat(Baton.run(script(), "-", "jdbc:baton:failover:(h2:2.5.252@jdbc:h2:mem:x;NOSUCH=1)")
                        .exitCode())
                .isEqualTo(1);
    }

    private void assertFailed(Baton run, String statement, String why) {
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(3);
        assertThat(run.err()).contains("stdin:", why, "\n    " + statement);
    }

    private static void change(Connection store) throws SQLException {
        store.createStatement().execute("UPDATE T SET V = 'changed' WHERE ID = 7");
    }

    private Baton run(String script) {
        return Baton.run(script, "-u", "sa", "-", stores.url());
    }

    private static String behind(String step) throws IOException {
        String script = script();
        return "\\default timeout 1min\n" + script.substring(script.indexOf(step) + step.length());
    }

    private static String script() throws IOException {
        try (InputStream file = UpgradeScriptTest.class.getResourceAsStream("/scripts/upgrade.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
