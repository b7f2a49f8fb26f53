package org.batonjdbc.shell.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.driver.upgrade.VerbOption;
import org.batonjdbc.driver.upgrade.VerbPage;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;

/** Prints the help, made of what commands, verbs and settings say of themselves. */
final class Help {
    private static final int LINE = 96;

    private Help() {}

    static void commands(Session session, List<Command> commands) {
        PrintWriter out = session.out();
        out.println(
                "A statement ends with a semicolon, \\g, or \\G for a line for each value, and may take several lines.");
        out.println();
        for (Command command : commands) {
            line(out, 38, command.usage(), command.meaning());
        }
        out.println();
        out.println("Ctrl-C cancels a statement, Ctrl-D leaves. help, quit and exit work without a backslash, too.");
        out.flush();
    }

    static void verbs(Session session, String argument) throws ShellException {
        PrintWriter out = session.out();
        String name = argument.replaceFirst("(?i)^upgrade\\b\\s*", "").split("\\s+", 2)[0];
        if (name.isEmpty()) {
            for (VerbPage page : VerbPage.values()) {
                line(out, 18, "UPGRADE " + page, page.meaning());
            }
            out.println();
            out.println("\\h UPGRADE START tells all about one of them.");
        } else {
            page(out, VerbPage.named(name).orElseThrow(() -> noVerb(name)));
        }
        out.flush();
    }

    private static void page(PrintWriter out, VerbPage page) {
        section(out, "NAME", "UPGRADE " + page + " - " + page.meaning());
        section(out, "SYNOPSIS", page.usage());
        section(out, "DESCRIPTION", page.text());
        if (!page.options().isEmpty()) {
            out.println("OPTIONS");
            for (VerbOption option : page.options()) {
                out.println("    " + option.key() + " = " + option.allowed() + "; default: " + option.defaultText());
                out.println("        " + option.meaning());
            }
            out.println();
        }
        section(out, "ALLOWED IN", "phase " + page.allowedIn());
        section(out, "ANSWERS", String.join(", ", page.columns()));
        out.println("EXAMPLE");
        out.println("    " + page.example());
    }

    private static void section(PrintWriter out, String title, String text) {
        out.println(title);
        for (String line : wrapped(text)) {
            out.println("    " + line);
        }
        out.println();
    }

    /** Lines of at most 100 characters, broken at blanks. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+", -1)) {
            if (line.length() + word.length() >= LINE) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static ShellException noVerb(String name) {
        List<String> names = Arrays.stream(VerbPage.values()).map(Enum::name).toList();
        Optional<String> meant = Names.nearest(name, names);
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
