package org.batonjdbc.shell.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;

/** Prints the help, made of what commands, verbs and settings say of themselves. */
final class Help {
    private Help() {}

    static void commands(Session session, List<Command> commands) {
        PrintWriter out = session.out();
        out.println("A statement ends with a semicolon and may take several lines.");
        out.println();
        for (Command command : commands) {
            line(out, 34, command.usage(), command.meaning());
        }
        out.println();
        out.println("Ctrl-C cancels a statement, Ctrl-D leaves. help, quit and exit work without a backslash, too.");
        out.flush();
    }

    static void verbs(Session session, String argument) throws ShellException {
        PrintWriter out = session.out();
        String name = argument.replaceFirst("(?i)^upgrade\\s*", "").split("\\s+", 2)[0];
        if (name.isEmpty()) {
            for (UpgradeVerb verb : UpgradeVerb.values()) {
                line(out, 18, "UPGRADE " + verb, verb.meaning());
            }
        } else {
            UpgradeVerb verb = UpgradeVerb.named(name).orElseThrow(() -> noVerb(name));
            out.println(verb.usage());
            out.println("    " + verb.meaning());
        }
        out.flush();
    }

    private static ShellException noVerb(String name) {
        List<String> names = Arrays.stream(UpgradeVerb.values()).map(Enum::name).toList();
        Optional<String> meant = Spelling.nearest(name, names);
        return new ShellException("no statement UPGRADE " + name.toUpperCase(Locale.ROOT) + ";"
                + meant.map(nearest -> " did you mean UPGRADE " + nearest + "?").orElse(" \\h lists them"));
    }

    static void settings(Session session) {
        for (Setting setting : Setting.values()) {
            line(session.out(), 24, setting.key() + " = " + session.settings().get(setting), setting.meaning());
        }
        session.out().flush();
    }

    private static void line(PrintWriter out, int width, String left, String right) {
        out.println("  " + left + " ".repeat(Math.max(2, width - left.length())) + right);
    }
}
