package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.SQLException;
import org.batonjdbc.shell.script.Fragment;
import org.batonjdbc.shell.session.ShellException;

/** What becomes of the fragments of a run. */
public interface Treatment {
    /**
     * Does what is done with a statement.
     *
     * @param sql with the values of its variables
     */
    void statement(Fragment fragment, String sql) throws SQLException, ShellException, IOException;

    /** Whether a command is to be run, or {@linkplain #passOver passed over}. */
    boolean wants(Command.Effect effect);

    /** A command that is not run. */
    default void passOver(@SuppressWarnings("unused") String command, @SuppressWarnings("unused") String argument) {
        // nothing is left of it
    }

    /** What a failure is called in messages. */
    default String verdict() {
        return "error";
    }

    /** Whether files that are written go on where an earlier run has left them. */
    default boolean appends() {
        return false;
    }
}
