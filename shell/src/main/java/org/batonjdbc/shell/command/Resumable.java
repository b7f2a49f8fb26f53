package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.SQLException;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.shell.script.Checkpoint;
import org.batonjdbc.shell.script.Fragment;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/**
 * Runs what no earlier run has committed, and notes how far it gets. Of what was committed it repeats what belongs to
 * the session alone, since that ended with the earlier run: settings of the engine, and the shell's own commands.
 */
public final class Resumable implements Treatment {
    private final Session session;
    private final Checkpoint checkpoint;

    public Resumable(Session session, Checkpoint checkpoint) {
        this.session = session;
        this.checkpoint = checkpoint;
    }

    @Override
    public void statement(Fragment fragment, String sql) throws SQLException, ShellException, IOException {
        if (checkpoint.isDone()) {
            if (!checkpoint.pass(fragment)) {
                throw new ShellException(
                        "the script is not the one that was interrupted: it differs in one of its first "
                                + checkpoint.alreadyDone() + " statements; nothing is run");
            }
            if (Meaning.of(sql, session.syntax()).kind() == StatementKind.SESSION) {
                session.execute(sql);
            }
            return;
        }
        checkpoint.begin(fragment);
        boolean well = false;
        try {
            session.execute(sql, fragment.vertical());
            well = true;
        } finally {
            if (well || !session.settings().stopsOnError()) {
                checkpoint.end(fragment, well, !session.isInTransaction());
            } else {
                checkpoint.stop();
            }
        }
    }

    @Override
    public boolean wants(Command.Effect effect) {
        return effect != Command.Effect.WORK || !checkpoint.isDone();
    }

    @Override
    public boolean appends() {
        return checkpoint.isDone();
    }
}
