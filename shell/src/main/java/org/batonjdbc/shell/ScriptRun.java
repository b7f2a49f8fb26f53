package org.batonjdbc.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.shell.command.DryRun;
import org.batonjdbc.shell.command.Interpreter;
import org.batonjdbc.shell.command.Resumable;
import org.batonjdbc.shell.command.Running;
import org.batonjdbc.shell.command.Treatment;
import org.batonjdbc.shell.script.Checkpoint;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.ErrorText;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;

/** Runs the sources of a command line in one session, one after the other, in the way that its options ask for. */
final class ScriptRun {
    private final Console console;
    private final Session session;
    private final Login login;
    private final Variables variables;
    private final Way way;

    ScriptRun(Console console, Session session, Login login, Variables variables, Way way) {
        this.console = console;
        this.session = session;
        this.login = login;
        this.variables = variables;
        this.way = way;
    }

    /**
     * How the sources are run.
     *
     * @param dryRun whether statements are only compiled
     * @param singleTransaction whether all of them are one transaction
     * @param checkpoint where the run notes how far it is; null for nowhere
     * @param resume whether it goes on where the checkpoint says
     */
    record Way(boolean dryRun, boolean singleTransaction, Path checkpoint, boolean resume) {
        /** Refuses what does not go together. */
        void check() throws ShellException {
            if (resume && checkpoint == null) {
                throw new ShellException("--resume goes on where a checkpoint says; name it with --checkpoint FILE");
            }
            if (checkpoint != null && (dryRun || singleTransaction)) {
                throw new ShellException("--checkpoint is for runs that commit as they go, so it does not go with "
                        + (dryRun ? "--dry-run" : "--single-transaction"));
            }
        }
    }

    /** Runs all sources and returns the exit code; what cannot be written has failed, too. */
    int run(List<Source> sources) throws ShellException, IOException {
        int exitCode = runAsAsked(sources);
        try {
            session.flushResults();
        } catch (ShellException e) {
            if (exitCode == ExitCode.DONE) { // else it has been said
                session.say("baton: " + e.getMessage());
                return ExitCode.FAILED;
            }
        }
        return exitCode;
    }

    private int runAsAsked(List<Source> sources) throws ShellException, IOException {
        if (way.dryRun) {
            return compile(sources);
        }
        if (way.checkpoint != null) {
            return runWithCheckpoint(sources);
        }
        if (way.singleTransaction) {
            return runInOneTransaction(sources);
        }
        return runAll(sources, new Running(session)) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int compile(List<Source> sources) throws ShellException, IOException {
        session.settings().set(Setting.ON_ERROR, "continue");
        DryRun dryRun = new DryRun(session, variables);
        boolean well = runAll(sources, dryRun);
        session.out().println(dryRun.summary());
        return well ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int runInOneTransaction(List<Source> sources) throws ShellException, IOException {
        try {
            session.set(Setting.AUTOCOMMIT, "off");
            boolean well = runAll(sources, new Running(session));
            session.endTransaction(well);
            if (!well) {
                session.say(
                        "rolled back: what this run changed is not kept, but for what the engine commits by itself");
            }
            return well ? ExitCode.DONE : ExitCode.FAILED;
        } catch (SQLException e) {
            session.say("the transaction could not be ended: " + ErrorText.of(e, ""));
            return ExitCode.FAILED;
        }
    }

    private int runWithCheckpoint(List<Source> sources) throws ShellException, IOException {
        Path file = way.checkpoint;
        if (!way.resume && Checkpoint.isUnfinished(file)) {
            throw new ShellException(file + " tells of a run that did not come to its end; --resume goes on with it,"
                    + " and removing the file forgets it");
        }
        Checkpoint checkpoint = way.resume ? Checkpoint.resume(file) : Checkpoint.begin(file);
        if (checkpoint.isFinished()) {
            session.say("this run has come to its end before; nothing is left to be done");
            return checkpoint.hadFailures() ? ExitCode.FAILED : ExitCode.DONE;
        }
        if (checkpoint.alreadyDone() > 0) {
            session.say("going on behind " + checkpoint.alreadyDone() + " statements that are done");
        }
        if (!checkpoint.interruptedAt().isEmpty()) {
            session.say("warning: the statement at " + checkpoint.interruptedAt()
                    + " was running when the run was interrupted; it is run again");
        }
        boolean well = runAll(sources, new Resumable(session, checkpoint));
        if (checkpoint.isDone()) {
            throw new ShellException("the script is not the one that was interrupted: it has fewer than "
                    + checkpoint.alreadyDone() + " statements");
        }
        if (well || !session.settings().stopsOnError()) {
            checkpoint.finish();
        }
        return well && !checkpoint.hadFailures() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private boolean runAll(List<Source> sources, Treatment treatment) throws IOException, ShellException {
        Interpreter interpreter = new Interpreter(session, login, variables, treatment);
        boolean well = true;
        for (Source source : sources) {
            try (BufferedReader lines = open(source)) {
                well &= interpreter.run(new ScriptReader(source.name(), lines, session::syntax));
            }
            if (interpreter.hasQuit() || (!well && session.settings().stopsOnError())) {
                break;
            }
        }
        return well;
    }

    private BufferedReader open(Source source) throws IOException {
        if (source instanceof Source.Text text) {
            return new BufferedReader(new StringReader(text.sql()));
        }
        if (source instanceof Source.File file) {
            return Files.newBufferedReader(Path.of(file.name()), StandardCharsets.UTF_8);
        }
        return new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    }
}
