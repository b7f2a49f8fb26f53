package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.shell.session.ShellException;

/**
 * A backslash command.
 *
 * @param names how it may be written, without the backslash; the first is the one that help shows
 * @param arguments what follows the name, for the help
 * @param meaning a few words for the help
 */
record Command(List<String> names, String arguments, String meaning, Action action) {
    /** What a command does with all that follows its name, blanks around it removed. */
    @FunctionalInterface
    interface Action {
        void run(String argument) throws SQLException, ShellException, IOException;
    }

    static Command of(String name, String arguments, String meaning, Action action) {
        return new Command(List.of(name.split(" ")), arguments, meaning, action);
    }

    String usage() {
        return ("\\" + names.get(0) + " " + arguments).strip();
    }
}
