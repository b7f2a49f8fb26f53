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
public record Command(List<String> names, String arguments, String meaning, Effect effect, Action action) {
    /** What a command does with all that follows its name, blanks around it removed. */
    @FunctionalInterface
    public interface Action {
        void run(String argument) throws SQLException, ShellException, IOException;
    }

    /** What a command changes. */
    public enum Effect {
        /** Nothing but what is printed, or what a statement would. */
        WORK,
        /** The shell: what follows would be read, or go, otherwise without it. */
        STATE,
        /** A variable, to what somebody answers. */
        QUESTION,
        /** Where results go. */
        OUTPUT
    }

    /** The names are written with blanks between them. */
    static Command of(String names, String arguments, String meaning, Effect effect, Action action) {
        return new Command(List.of(names.split(" ")), arguments, meaning, effect, action);
    }

    /** How it is written, for help: its short name, and the long one behind a comma. */
    public String usage() {
        String also = names.size() > 1 ? ", \\" + names.get(1) : "";
        return ("\\" + names.get(0) + also + " " + arguments).strip();
    }
}
