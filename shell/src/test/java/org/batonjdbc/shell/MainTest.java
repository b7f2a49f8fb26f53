package org.batonjdbc.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    private static final String URL = "jdbc:h2:mem:";

    @TempDir
    private Path directory;

    @Test
    void resultsGoToStandardOutAndTheExitCodeIsZero() {
        Outcome outcome = run("", "-c", "select 1 as one", URL);

        assertThat(outcome).isEqualTo(new Outcome(0, " ONE\n-----\n   1\n(1 row)\n", ""));
    }

    @Test
    void commandsAndFilesRunInTheOrderOfTheCommandLine() throws IOException {
        Path file = script("select 2 as b;\nselect 3 as c");

        Outcome outcome =
                run("", "--format", "csv", "-c", "select 1 as a", "-f", file.toString(), "-c", "\\echo 4", URL);

        assertThat(outcome).isEqualTo(new Outcome(0, "A\n1\nB\n2\nC\n3\n4\n", ""));
    }

    @Test
    void aDashReadsStandardInputAndSoDoesNothingAtAll() {
        assertThat(run("select 1 as a", "--format=csv", "-", URL).out()).isEqualTo("A\n1\n");
        assertThat(run("select 1 as a", "--format=csv", "-f", "-", URL).out()).isEqualTo("A\n1\n");
        assertThat(run("select 1 as a", "--format=csv", URL).out()).isEqualTo("A\n1\n");
    }

    @Test
    void theFirstFailureStopsTheRunAndSaysWhere() throws IOException {
        Path file = script(
                "create table t (id int primary key);\n\ninsert into t\nvalues (1), (1);\nselect 'not reached';\n");

        Outcome outcome = run("", "-f", file.toString(), "-c", "select 'nor this'", URL);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).isEqualTo("ok\n");
        assertThat(outcome.err())
                .startsWith(file + ":3: error: Unique index or primary key violation")
                .contains("(SQLState 23505)")
                .endsWith("\n    insert into t\n    values (1), (1)\n");
    }

    @Test
    void afterAFailureTheRunMayGoOnButFailsAllTheSame() {
        Outcome outcome = run(
                "", "--on-error=continue", "--format=csv", "-c", "nonsense; select 1 as a", "-c", "select 2 as b", URL);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).isEqualTo("A\n1\nB\n2\n");
        assertThat(outcome.err()).contains("-c:1: error:", "SQLState 42");
    }

    @Test
    void badArgumentsAreOneAndExplained() {
        assertThat(refusal("--formt=csv", URL)).contains("--formt", "--format");
        assertThat(refusal("--format=xml", URL)).contains("'xml'", "table, vertical, auto, csv");
        assertThat(refusal("-c")).contains("-c");
        assertThat(refusal("-c", "select 1")).contains("no URL");
        assertThat(refusal("-c", "select 1", URL, "jdbc:other:x")).contains("jdbc:other:x");
        assertThat(refusal("-f", directory.resolve("missing.sql").toString(), URL))
                .contains("missing.sql");
        assertThat(refusal("-W", "-c", "select 1", URL)).contains("BATON_PASSWORD");
        assertThat(refusal("demo", "--from", "mysql:8")).contains("hsqldb:<version>");
        assertThat(refusal("demo", "--rows", "many")).contains("--rows");
    }

    @Test
    void noConnectionIsOneAndShowsNoPassword() {
        assertThat(refusal("-c", "select 1", "jdbc:nosuch:x;PASSWORD=sesame")).contains("no driver takes");
        assertThat(refusal("-c", "select 1", "jdbc:h2:mem:;NOSUCH=1;PASSWORD=sesame"))
                .contains("cannot connect", "NOSUCH", "90113");
    }

    @Test
    void anotherConnectionIsChosenByItsProfile() throws IOException {
        Path profiles = Files.writeString(directory.resolve("profiles"), """
                [other]
                url = jdbc:h2:mem:other
                user = ada
                password = sesame
                null = NIX
                """);
        Files.setPosixFilePermissions(profiles, PosixFilePermissions.fromString("rw-------"));
        System.setProperty("baton.config", directory.toString());
        try {
            Outcome outcome = run("\\c other\n\\conninfo\nselect null as n;\n\\c othr\n", "-", URL);

            assertThat(outcome.out()).contains("url     jdbc:h2:mem:other", "user    ADA", "NIX");
            assertThat(outcome.err()).contains("'othr' is neither a JDBC URL", "did you mean other?");
            assertThat(outcome.exitCode()).isEqualTo(3);
        } finally {
            System.clearProperty("baton.config");
        }
    }

    @Test
    void profilesWithAPasswordAreForTheirOwnerAlone() throws IOException {
        for (String line :
                List.of("password = sesame", "url = jdbc:h2:mem:;PASSWORD=sesame", "url = jdbc:x://a:sesame@b/")) {
            Path profiles = Files.writeString(directory.resolve("profiles"), "[p]\n" + line + "\n");
            Files.setPosixFilePermissions(profiles, PosixFilePermissions.fromString("rw-r--r--"));
            System.setProperty("baton.config", directory.toString());
            try {
                assertThat(refusal("p", "-c", "select 1"))
                        .contains("may be read by others: chmod 600")
                        .doesNotContain("sesame");
            } finally {
                System.clearProperty("baton.config");
            }
        }
    }

    @Test
    void aFileThatIsNoScriptIsRefusedInOneSentence() throws IOException {
        assertThat(refusal("-f", directory.toString(), URL)).contains("which is a directory");
        Path file = Files.write(directory.resolve("latin.sql"), new byte[] {'s', ';', '\n', (byte) 0xe4, '\n'});

        Outcome outcome = run("", "-f", file.toString(), URL);

        assertThat(outcome).isEqualTo(new Outcome(3, "", "baton: " + file + " is not in UTF-8, soon behind line 0\n"));
    }

    @Test
    void aByteOrderMarkAndLineEndsOfWindowsAreNoPartOfAScript() {
        assertThat(run("\ufeffselect 1 as a;\r\n\\echo b\r\n", "--format=csv", "-", URL))
                .isEqualTo(new Outcome(0, "A\n1\nb\n", ""));
    }

    @Test
    void resultsThatCannotBeWrittenAreAFailure() {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();

        Outcome whole = run("", "--format=csv", "-o", full.toString(), "-c", "select 1 as a", "-c", "select 2", URL);
        Outcome redirected = run("\\o " + full + "\n\\echo a\n", "-", URL);

        assertThat(whole.exitCode()).isEqualTo(3);
        assertThat(whole.err()).contains("-c:1: error: cannot write the results: No space left on device");
        assertThat(redirected.exitCode()).isEqualTo(3);
        assertThat(redirected.err()).contains("cannot write the results");
    }

    @Test
    void aWatchForAPhaseThatDoesNotExistDoesNotBegin() {
        assertThat(run("select 1;\n\\watch until switchd\n", "-", URL).err())
                .contains("there is no phase switchd; did you mean SWITCHED?");
    }

    @Test
    void anUpgradeWithoutBatonIsExplained() {
        assertThat(run("", "-c", "upgrade status", URL).err()).contains("need a URL of Baton's: jdbc:baton:failover:");
    }

    @Test
    void helpAndVersionGoToStandardOut() {
        Outcome help = run("", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("baton [OPTIONS] [-c SQL]... [-f FILE | -] [URL | PROFILE]", "--on-error", "demo");
        assertThat(help.err()).isEmpty();

        Outcome version = run("", "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("baton ");
        assertThat(run("", "demo", "--help").out()).contains("--writers");
    }

    @Test
    void countsStandBetweenResultsForPeopleAndBesideThemForPrograms() {
        String sql = "create table t (id int); insert into t values (1), (2); delete from t where id = 7";

        assertThat(run("", "-c", sql, URL)).isEqualTo(new Outcome(0, "ok\n2 rows changed\n0 rows changed\n", ""));
        assertThat(run("", "--format=json", "-c", sql, URL))
                .isEqualTo(new Outcome(0, "", "ok\n2 rows changed\n0 rows changed\n"));
    }

    @Test
    void aStatementWithAPasswordIsNotRepeatedWhenItFails() {
        Outcome outcome = run("", "-c", "create user ada password 'sesame' nonsense", URL);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("\n    create user ada password '***' nonsense\n", "SQLState 42000")
                .doesNotContain("sesame");
    }

    @Test
    void anUnknownCommandFailsAndNamesTheNearest() {
        Outcome outcome = run("", "-c", "\\tming", URL);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).contains("no command \\tming; did you mean \\timing?");
    }

    @Test
    void aTableIsDescribedWithItsKeysAndIndexes() {
        Outcome outcome = run("""
                create table parent (id int primary key);
                create table child (id int primary key, p int references parent, name varchar(10) not null);
                create unique index child_name on child (name, p);
                \\d Child
                """, "-", URL);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("table PUBLIC.CHILD", " NAME   | CHARACTER VARYING(10) | NO", "primary key (ID)")
                .contains("unique index CHILD_NAME (NAME, P)", "foreign key (P) to PARENT (ID)");
        assertThat(run("create table child(id int);\n\\d chidl", "-", URL).err())
                .contains("did you mean CHILD?");
    }

    @Test
    void scriptsIncludeScriptsAndTheirFailureIsTheirs() throws IOException {
        Path inner = script("select 1 as a;\nnonsense;\n");

        Outcome outcome = run("\\i " + inner + "\nselect 2 as b;", "--format=csv", "-", URL);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).isEqualTo("A\n1\n");
        assertThat(outcome.err()).contains(inner + ":2: error:", "stdin:1: error: not all of " + inner + " was done");
    }

    @Test
    void aScriptThatIncludesItselfEndsInAnError() throws IOException {
        Path script = directory.resolve("loop.sql");
        Files.writeString(script, "\\i " + script + "\n");

        Outcome outcome = run("", "-f", script.toString(), URL);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).contains("20 deep");
    }

    @Test
    void resultsGoIntoAFileUntilTheyAreSentBack() throws IOException {
        Path file = directory.resolve("out.csv");

        Outcome outcome = run("\\o " + file + "\nselect 1 as a;\n\\o\nselect 2 as b;", "--format=csv", "-", URL);

        assertThat(outcome).isEqualTo(new Outcome(0, "B\n2\n", ""));
        assertThat(file).hasContent("A\n1\n");
    }

    @Test
    void autocommitOffLeavesNothingBehindUnlessCommitted() {
        String url = "jdbc:h2:" + directory.resolve("db");
        run("create table t (id int)", "-", url);

        assertThat(run("\\set autocommit off\ninsert into t values (1);", "-", url)
                        .err())
                .isEqualTo("the transaction that was open on " + url + " is rolled back\n");
        assertThat(run("select count(*) as n from t", "--format=csv", "-", url).out())
                .isEqualTo("N\n0\n");

        run("\\set autocommit off\ninsert into t values (1); commit;", "-", url);
        assertThat(run("select count(*) as n from t", "--format=csv", "-", url).out())
                .isEqualTo("N\n1\n");
    }

    @Test
    void helpListsEveryCommandSettingAndVerb() {
        assertThat(run("\\?", "-", URL).out()).contains("\\watch [SECONDS] [until PHASE]", "\\conninfo", "\\q");
        assertThat(run("\\set", "-", URL).out()).contains("on-error = stop", "autocommit = on");
        assertThat(run("\\h", "-", URL).out()).contains("UPGRADE SWITCH", "UPGRADE REHEARSE");
        assertThat(run("\\h switch", "-", URL).out()).contains("drain_timeout");
        assertThat(run("\\h swich", "-", URL).err()).contains("did you mean UPGRADE SWITCH?");
    }

    @Test
    void aQuitEndsTheRunWithoutFailure() {
        assertThat(run("select 1 as a;\n\\q\nnonsense;", "--format=csv", "-", URL))
                .isEqualTo(new Outcome(0, "A\n1\n", ""));
    }

    private static String refusal(String... arguments) {
        Outcome outcome = run("", arguments);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("baton: ").doesNotContain("sesame", "\tat ");
        return outcome.err();
    }

    private static Outcome run(String input, String... arguments) {
        return Outcome.of(input, arguments);
    }

    private Path script(String text) throws IOException {
        Path file = Files.createTempFile(directory, "script", ".sql");
        Files.writeString(file, text);
        return file;
    }
}
