package org.batonjdbc.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts may ask for beyond being run: variables, one transaction, a dry run, a checkpoint. */
final class ScriptRunTest {
    private static final String MEMORY = "jdbc:h2:mem:";

    @TempDir
    private Path directory;

    private String url;

    @BeforeEach
    void nameTheDatabase() {
        url = "jdbc:h2:" + directory.resolve("db");
    }

    @Nested
    final class Variables {
        @Test
        void standForValuesStringsAndNames() {
            assertThat(csv(
                            "select :n as \"plain\", :'who' as :\"label\", ':n' as \"left\" -- :n\n",
                            "--set",
                            "n=40 + 2",
                            "--set",
                            "who=O'Brien",
                            "--set",
                            "label=a \"b\""))
                    .isEqualTo(new Outcome(0, "plain,\"a \"\"b\"\"\",left\n42,O'Brien,:n\n", ""));
        }

        @Test
        void areSetAndForgottenByCommands() {
            assertThat(
                            csv(
                                    "\\set t 'some table'\n\\echo :t, :'t' and :\"t\"\n\\set u :t\n\\echo :u\n\\unset u\n\\echo :u"))
                    .isEqualTo(new Outcome(0, "some table, 'some table' and \"some table\"\nsome table\n:u\n", ""));
        }

        @Test
        void withoutAValueAreLeftAloneAndMentionedWhenTheStatementFails() {
            Outcome outcome = csv("select :nothing as n");

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.err()).contains(":nothing has no value", "--set nothing=VALUE");
        }

        @Test
        void keepAPasswordOutOfMessages() {
            Outcome outcome = csv("create user ada password :'pw' nonsense", "--set", "pw=sesame", "--echo");

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.err()).contains("password '***'").doesNotContain("sesame");
            assertThat(csv("\\set pwd sesame\n\\echo done", "--echo"))
                    .isEqualTo(new Outcome(0, "done\n", "\\set pwd ***\n\\echo done\n"));
        }

        @Test
        void askedForWithNobodyThereFailUnlessTheyHaveAValue() {
            assertThat(csv("\\prompt 'Which? ' n\n").err())
                    .contains("nobody is here to be asked for n", "--set n=VALUE");
            assertThat(csv("\\prompt 'Which? ' n\n\\echo :n", "--set", "n=7").out())
                    .isEqualTo("7\n");
        }

        @Test
        void cannotBeCalledAnything() {
            assertThat(Outcome.of("", "--set", "a-b=1", "-c", "select 1", MEMORY)
                            .err())
                    .contains("'a-b'");
            assertThat(Outcome.of("", "--set", "a", "-c", "select 1", MEMORY).err())
                    .contains("no equals sign");
            assertThat(csv("\\set").out()).contains("limit = 0");
            assertThat(csv("\\unset nothing").err()).contains("no variable or setting nothing");
        }
    }

    @Nested
    final class Output {
        @Test
        void goesIntoAFileAndTheRestToStandardError() throws IOException {
            Path file = directory.resolve("out.csv");

            Outcome outcome = csv("select 1 as a; create table t (id int)", "--output", file.toString());

            assertThat(outcome).isEqualTo(new Outcome(0, "", "ok\n"));
            assertThat(file).hasContent("A\n1\n");
        }

        @Test
        void isEchoedWithItsVariables() {
            assertThat(csv("\\set n 1\nselect :n as a;", "--echo").err()).isEqualTo("\\set n 1\nselect 1 as a;\n");
        }

        @Test
        void isLimitedByARowLimit() {
            assertThat(csv("select x from system_range(1, 5)", "--set", "limit=2"))
                    .isEqualTo(new Outcome(
                            0, "X\n1\n2\n", "only the first 2 rows are printed; \\set limit 0 prints all\n"));
        }

        @Test
        void isVerticalWhereAStatementEndsSo() {
            assertThat(Outcome.of("select 1 as a\\G\nselect 2 as b\\g\n\\g\n", "-", MEMORY)
                            .out())
                    .isEqualTo("-- row 1 ------------\nA | 1\n(1 row)\n B\n---\n 2\n(1 row)\n B\n---\n 2\n(1 row)\n");
        }
    }

    @Nested
    final class SingleTransaction {
        @Test
        void isCommittedAtTheEnd() {
            csv("create table t (id int)");

            assertThat(csv("insert into t values (1); insert into t values (2)", "-1")
                            .exitCode())
                    .isZero();
            assertThat(csv("select count(*) as n from t").out()).isEqualTo("N\n2\n");
        }

        @Test
        void isRolledBackAfterAFailureAlsoWhenTheRunGoesOn() {
            csv("create table t (id int)");

            Outcome outcome = csv(
                    "insert into t values (1); nonsense; insert into t values (2)",
                    "--single-transaction",
                    "--on-error=continue");

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.err()).contains("rolled back");
            assertThat(csv("select count(*) as n from t").out()).isEqualTo("N\n0\n");
        }
    }

    @Nested
    final class DryRun {
        @Test
        void runsNothingAndSaysWhatCompiles() {
            csv("create table t (id int)");

            Outcome outcome = csv("insert into t values (1); delete from t; drop table t; \\echo no\n", "--dry-run");

            assertThat(outcome)
                    .isEqualTo(new Outcome(0, "dry run: 3 statements compile, 0 would fail; nothing was run\n", ""));
            assertThat(csv("select count(*) as n from t").out()).isEqualTo("N\n0\n");
        }

        @Test
        void reportsEverythingThatWouldFailWithItsPlace() throws IOException {
            Path inner = Files.writeString(directory.resolve("inner.sql"), "select 1;\nselect * from nosuch;\n");

            Outcome outcome = csv(
                    "select nocolumn;\n\\i " + inner + "\nselect :n as n;\n\\tming\n\\i missing.sql\nselekt 1;\n",
                    "--dry-run",
                    "--set",
                    "n=1");

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.out()).isEqualTo("dry run: 2 statements compile, 3 would fail; nothing was run\n");
            assertThat(outcome.err())
                    .contains("stdin:1: would fail: Column \"NOCOLUMN\" not found", "(SQLState 42S22)")
                    .contains(inner + ":2: would fail: Table \"NOSUCH\" not found")
                    .contains("stdin:4: would fail: no command \\tming; did you mean \\timing?")
                    .contains("stdin:5: would fail: there is no file missing.sql")
                    .contains("stdin:6: would fail: Syntax error");
        }

        @Test
        void leavesOpenWhatNeedsAnEarlierStatement() {
            Outcome outcome =
                    csv("create table t (id int);\ninsert into T values (1);\nselect * from nosuch;\n", "--dry-run");

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.out())
                    .isEqualTo(
                            "dry run: 1 statement compiles, 1 cannot be compiled before others have run, 1 would fail;"
                                    + " nothing was run\n");
            assertThat(outcome.err())
                    .contains("stdin:2: cannot be compiled yet: T is made or changed at stdin:1")
                    .contains("stdin:3: would fail:");
        }

        @Test
        void leavesOpenWhatWillBeAskedFor() {
            assertThat(csv("\\prompt 'Which? ' n\nselect :n as n;", "--dry-run").err())
                    .isEqualTo("stdin:2: cannot be compiled yet: the value of :n will be asked for\n");
        }

        @Test
        void followsTheSchemaThatTheScriptChooses() {
            csv("create schema s; create table s.t (id int)");

            assertThat(csv("set schema s; select * from t", "--dry-run").exitCode())
                    .isZero();
        }
    }

    @Nested
    final class ACheckpoint {
        private static final String THREE =
                "insert into t values (1);\ninsert into t values (%s);\ninsert into t values (3);\n";

        private String checkpoint;

        @BeforeEach
        void makeATable() {
            checkpoint = directory.resolve("state").toString();
            csv("create table t (id int primary key)");
        }

        @Test
        void letsARunGoOnBehindWhatIsCommitted() {
            assertThat(csv(THREE.formatted("'x'"), "--checkpoint", checkpoint).exitCode())
                    .isEqualTo(3);
            csv("create table later (id int)");

            Outcome resumed = csv(THREE.formatted("2"), "--checkpoint", checkpoint, "--resume");

            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(resumed.err()).contains("going on behind 1 statements that are done");
            assertThat(csv("select count(*) as n from t").out()).isEqualTo("N\n3\n");
            assertThat(csv(THREE.formatted("2"), "--checkpoint", checkpoint, "--resume")
                            .err())
                    .contains("nothing is left");
        }

        @Test
        void goesBackToTheBeginOfATransactionThatWasNotCommitted() {
            String script =
                    "insert into t values (1);\n\\set autocommit off\ninsert into t values (2);\n%s;\ncommit;\n";
            csv(script.formatted("nonsense"), "--checkpoint", checkpoint);
            assertThat(csv("select count(*) as n from t").out()).isEqualTo("N\n1\n");

            Outcome resumed = csv(script.formatted("insert into t values (3)"), "--checkpoint", checkpoint, "--resume");

            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(csv("select count(*) as n from t").out()).isEqualTo("N\n3\n");
        }

        @Test
        void repeatsWhatBelongsToTheSessionAlone() {
            csv("create schema s; create table s.u (id int)");
            String script = "\\set n 5\nset schema s;\ninsert into u values (:n);\n%s;\ninsert into u values (:n);\n";
            csv(script.formatted("nonsense"), "--checkpoint", checkpoint);

            Outcome resumed = csv(script.formatted("select 1"), "--checkpoint", checkpoint, "--resume");

            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(csv("select count(*) as n from s.u").out()).isEqualTo("N\n2\n");
        }

        @Test
        void refusesAnotherScript() {
            csv(THREE.formatted("'x'"), "--checkpoint", checkpoint);

            Outcome changed = csv("insert into t values (7);\nselect 1;", "--checkpoint", checkpoint, "--resume");
            Outcome shorter = csv("-- nothing\n", "--checkpoint", checkpoint, "--resume");

            assertThat(changed.exitCode()).isEqualTo(3);
            assertThat(changed.err()).contains("not the one that was interrupted");
            assertThat(shorter.exitCode()).isEqualTo(1);
            assertThat(csv("select count(*) as n from t").out()).isEqualTo("N\n1\n");
        }

        @Test
        void isNotOverwrittenWhileItsRunIsUnfinished() {
            csv(THREE.formatted("'x'"), "--checkpoint", checkpoint);

            Outcome again = csv(THREE.formatted("2"), "--checkpoint", checkpoint);

            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("--resume goes on");
        }

        @Test
        void saysWhichStatementWasRunningWhenTheProgramDied() throws IOException {
            csv(THREE.formatted("'x'"), "--checkpoint", checkpoint);
            Path file = Path.of(checkpoint);
            Files.writeString(file, Files.readString(file).replace("running ", "running night.sql:2"));

            assertThat(csv(THREE.formatted("2"), "--checkpoint", checkpoint, "--resume")
                            .err())
                    .contains("the statement at night.sql:2 was running");
        }

        @Test
        void doesNotGoWithEverything() {
            assertThat(csv("select 1", "--resume").err()).contains("--checkpoint FILE");
            assertThat(csv("select 1", "--checkpoint", checkpoint, "-1").exitCode())
                    .isEqualTo(1);
            assertThat(csv("select 1", "--checkpoint", checkpoint, "--dry-run").exitCode())
                    .isEqualTo(1);
        }
    }

    private Outcome csv(String script, String... arguments) {
        String[] all = new String[arguments.length + 3];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--format=csv";
        all[arguments.length + 1] = "-";
        all[arguments.length + 2] = url;
        return Outcome.of(script, all);
    }
}
