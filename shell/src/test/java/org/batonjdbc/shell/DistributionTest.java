package org.batonjdbc.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/baton} of the packed distribution as a process; so it runs behind packing, not among the other tests. */
final class DistributionTest {
    private static final Path HOME = Path.of("target", "baton").toAbsolutePath();
    private static final Path ENGINE = HOME.resolve("engines").resolve("h2-2.5.252.jar");

    @TempDir
    private Path directory;

    /** What a process left behind. */
    private record Outcome(int exitCode, String out, String err) {}

    @Test
    void aStatementIsRunOnAnyDriverThatIsOnTheClassPath() throws Exception {
        Outcome outcome = baton(Map.of(), "", "-c", "select 'Grüße, 東京' as greeting", "--format=csv", "jdbc:h2:mem:");

        assertThat(outcome).isEqualTo(new Outcome(0, "GREETING\n\"Grüße, 東京\"\n", ""));
    }

    @Test
    void argumentsInUtf8AreUnderstoodWithoutALocale() throws Exception {
        Map<String, String> bare = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "");

        Outcome outcome = baton(bare, "", "-c", "select '東京' as city", "--format=jsonlines", "jdbc:h2:mem:");

        assertThat(outcome).isEqualTo(new Outcome(0, "{\"CITY\":\"東京\"}\n", ""));
    }

    @Test
    void theProgramFindsItsHomeThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("linked"), HOME.resolve("bin").resolve("baton"));

        Outcome outcome = run(Map.of(), "", List.of(link.toString(), "--version"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("baton ").doesNotContain("not packaged");
    }

    @Test
    void exitCodesTellWhatWentWrong() throws Exception {
        assertThat(baton(Map.of(), "select 1;", "-", "jdbc:h2:mem:").exitCode()).isZero();
        assertThat(baton(Map.of(), "", "--nonsense").exitCode()).isEqualTo(1);
        assertThat(baton(Map.of(), "", "-c", "select 1", "jdbc:nosuch:x").exitCode())
                .isEqualTo(1);

        Outcome failed =
                baton(Map.of(), "select 1 as a;\n\nselect * from nosuch;", "--format=csv", "-", "jdbc:h2:mem:");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.out()).isEqualTo("A\n1\n");
        assertThat(failed.err()).startsWith("stdin:3: error: ").contains("(SQLState 42S0");
    }

    @Test
    void theDemoUpgradesAStoreUnderItsWritersAndLosesNothing() throws Exception {
        Outcome outcome = baton(Map.of(), "", "demo", "--rows", "5000", "--writers", "3", "--calm", "1");

        assertThat(outcome.exitCode()).as(outcome.err() + outcome.out()).isZero();
        assertThat(outcome.out())
                .contains("H2 1.4.200", "before, H2 2.5.252", "rows lost      0 (and 0 that came back, 0 stale)")
                .contains("errors         0 that writers saw");
        assertThat(outcome.err()).contains("> UPGRADE SWITCH", "rows, all the same", "transactions/s");
    }

    @Test
    void upgradesAreRunFromAScript() throws Exception {
        String url = "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:mem:s;DB_CLOSE_DELAY=-1),"
                + "(h2:2.5.252@jdbc:h2:mem:s;DB_CLOSE_DELAY=-1;MODE=LEGACY)?engines=" + HOME.resolve("engines");
        String script = """
                create table t (id int primary key, v varchar(20));
                insert into t values (1, 'one'), (2, 'two');
                upgrade start;
                \\watch 0.05 until REPLICATING
                upgrade verify;
                upgrade switch;
                insert into t values (3, 'three');
                \\conninfo
                \\o
                select * from t order by id;
                upgrade start;
                """;

        Outcome outcome = baton(Map.of(), script, "--format=csv", "-", url);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out())
                .contains("engine  H2 2.5.252", "ID,V\n1,one\n2,two\n3,three\n")
                .contains("REPLICATING");
        assertThat(outcome.err()).contains("stdin:11: error: ", "(SQLState 55000)\n    upgrade start\n");
    }

    @Test
    void thePasswordComesFromTheEnvironment() throws Exception {
        String url = "jdbc:h2:" + directory.resolve("db");
        Map<String, String> password = Map.of("BATON_PASSWORD", "sesame");
        assertThat(baton(password, "", "-u", "ada", "-c", "select 1", url).exitCode())
                .isZero();

        assertThat(baton(password, "", "-u", "ada", "-c", "select 1", url).exitCode())
                .isZero();
        Outcome refused = baton(Map.of("BATON_PASSWORD", "guess"), "", "-u", "ada", "-c", "select 1", url);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("SQLState 28000").doesNotContain("guess");
    }

    @Test
    void oneStatementLoadsNeitherCalciteNorTheTerminal() throws Exception {
        Map<String, String> telling = Map.of("BATON_JAVA_OPTS", "-Xlog:class+load");
        String pair = "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:mem:a),(h2:2.5.252@jdbc:h2:mem:a)?engines="
                + HOME.resolve("engines");

        Outcome plain = baton(telling, "", "-c", "select 1 as one", "jdbc:h2:mem:");
        Outcome routed = baton(telling, "", "-c", "select 1 as one", pair);

        assertThat(plain.exitCode()).isZero();
        assertThat(plain.out())
                .contains("org.batonjdbc.shell.Main", "org.h2.Driver")
                .doesNotContain(" org.apache.calcite.", " org.jline.", " com.zaxxer.");
        assertThat(routed.exitCode()).isZero();
        assertThat(routed.out())
                .contains("org.batonjdbc.shell.Main", "org.h2.Driver")
                .doesNotContain(" org.apache.calcite.", " org.jline.");
    }

    @Test
    void theFirstStartAtATerminalMakesAnArchiveOfClassesForTheNext() throws Exception {
        Path configuration = directory.resolve("configuration");
        Map<String, String> own = Map.of("BATON_CONFIG", configuration.toString());
        assertThat(baton(own, "", "-c", "select 1", "jdbc:h2:mem:").exitCode()).isZero();
        assertThat(configuration).as("what a script leaves behind").doesNotExist();

        String atATerminal = HOME.resolve("bin").resolve("baton") + " -c '\\echo started' jdbc:h2:mem:";
        Outcome first = run(own, "", List.of("script", "--quiet", "--return", "--command", atATerminal, "/dev/null"));
        Path archive = awaitArchive(configuration);
        Outcome second = baton(
                Map.of("BATON_CONFIG", configuration.toString(), "BATON_JAVA_OPTS", "-Xlog:class+load"),
                "",
                "-c",
                "select 1",
                "jdbc:h2:mem:");

        assertThat(first).isEqualTo(new Outcome(0, "started\r\n", ""));
        assertThat(second.out()).contains("org.batonjdbc.shell.Main source: shared objects file (top)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .endsWith("------");
        Files.delete(archive);
        Files.writeString(archive, "no archive");
        assertThat(baton(own, "", "-c", "\\echo started", "jdbc:h2:mem:"))
                .as("with a file that is no archive")
                .isEqualTo(new Outcome(0, "started\n", ""));
    }

    @Test
    void resultsThatDoNotFitOnTheDiskAreAFailure() throws Exception {
        String command = HOME.resolve("bin").resolve("baton") + " -c 'select 1' jdbc:h2:mem: > /dev/full";

        Outcome outcome = run(Map.of(), "", List.of("sh", "-c", command));

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).contains("cannot write the results: No space left on device");
    }

    private static Path awaitArchive(Path configuration) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (System.nanoTime() < deadline) {
            try (Stream<Path> files = Files.exists(configuration) ? Files.list(configuration) : Stream.empty()) {
                List<Path> all = files.toList();
                if (all.size() == 1 && all.get(0).toString().endsWith(".jsa")) {
                    return all.get(0);
                }
            }
            Thread.sleep(100); // between two looks at what another process does in its own time
        }
        throw new AssertionError("no archive of classes in " + configuration);
    }

    @Test
    void aReaderThatLeavesEarlyDoesNotMakeTheProgramPrintForEver() throws Exception {
        String pipe = HOME.resolve("bin").resolve("baton")
                + " -c 'select x from system_range(1, 100000000)' --format=csv \"jdbc:h2:mem:;LAZY_QUERY_EXECUTION=1\" | head -n 2";

        Outcome outcome = run(Map.of("BATON_CLASSPATH", ENGINE.toString()), "", List.of("sh", "-c", pipe));

        assertThat(outcome.out()).isEqualTo("X\n1\n");
    }

    private Outcome baton(Map<String, String> environment, String input, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("bin").resolve("baton").toString()));
        command.addAll(Arrays.asList(arguments));
        return run(environment, input, command);
    }

    private Outcome run(Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        File in = Files.writeString(Files.createTempFile(directory, "in", ""), input)
                .toFile();
        File out = Files.createTempFile(directory, "out", "").toFile();
        File err = Files.createTempFile(directory, "err", "").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in)
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().put("BATON_CLASSPATH", ENGINE.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS))
                    .as("ends within three minutes")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), text(out), text(err));
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath(), StandardCharsets.UTF_8);
    }
}
