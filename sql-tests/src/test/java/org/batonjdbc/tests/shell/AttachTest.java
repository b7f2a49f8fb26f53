package org.batonjdbc.tests.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The upgrade of a store that lives in another process's heap, driven from this one. */
class AttachTest {
    private static final String STORES =
            "(h2:1.4.200@jdbc:h2:mem:%1$s;DB_CLOSE_DELAY=-1),(h2:2.5.252@jdbc:h2:mem:%1$s;DB_CLOSE_DELAY=-1;MODE=LEGACY)";

    private Process application;
    private BufferedReader said;

    @BeforeEach
    void startTheApplication() throws IOException {
        String engines = System.getProperty("baton.engines");
        application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunningApplication.class.getName(),
                        "jdbc:baton:failover:" + STORES.formatted("orders") + "?engines=" + engines)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = new BufferedReader(new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).isEqualTo("ready");
    }

    @AfterEach
    void endIt() {
        application.destroyForcibly();
    }

    @Test
    void aWholeUpgradeIsDrivenFromOutside() throws Exception {
        String pid = String.valueOf(application.pid());
        assertThat(Baton.run("", "attach").out()).contains(pid, "orders", RunningApplication.class.getName());

        Baton upgrade = Baton.run("""
                upgrade start;
                \\watch 0.1 until REPLICATING
                upgrade verify;
                upgrade switch;
                \\conninfo
                upgrade complete;
                """, "attach", pid, "--format=csv", "-");

        assertThat(upgrade.exitCode()).as(upgrade.err() + upgrade.out()).isZero();
        assertThat(upgrade.out()).contains("T,2000,2000,0,SAME", "engine  Baton pair orders of process " + pid);
        application.getOutputStream().write('\n');
        application.getOutputStream().flush();
        assertThat(said.readLine()).startsWith("2.5.252");
        assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatCannotBeDoneThereIsExplained() {
        String pid = String.valueOf(application.pid());

        Baton refused = Baton.run("select 1;", "attach", pid, "--format=csv", "-");
        Baton outOfPhase = Baton.run("", "attach", pid + "/orders", "-c", "upgrade switch");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("only UPGRADE statements can be run in another process");
        assertThat(outOfPhase.exitCode()).isEqualTo(3);
        assertThat(outOfPhase.err()).contains("SQLState 55000");
        assertThat(Baton.run("", "attach", pid + "/shop", "-c", "upgrade status"))
                .satisfies(wrong -> {
                    assertThat(wrong.exitCode()).isEqualTo(1);
                    assertThat(wrong.err()).contains("has no pair shop; it has orders");
                });
        assertThat(Baton.run("", "attach", "orders").err()).contains("'orders' is none");
        assertThat(Baton.run("", "attach", "--help").out()).contains("baton attach 4711/orders");
    }

    @Test
    void aWaitSaysEverySecondWhereItStands() {
        Baton wait = Baton.run(
                "upgrade start; upgrade wait for SWITCHED with (timeout = '3500ms')",
                "attach",
                String.valueOf(application.pid()),
                "-");

        assertThat(wait.exitCode()).isEqualTo(3);
        assertThat(wait.err()).contains("baton: 1 s  ", "SQLState 55P03");
    }
}
