package org.batonjdbc.shell.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.shell.output.Format;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;

/** The commands that give settings and variables their values; a variable cannot have the name of a setting. */
final class Assignments {
    private final Session session;
    private final Variables variables;

    Assignments(Session session, Variables variables) {
        this.session = session;
        this.variables = variables;
    }

    void expanded(String value) throws ShellException, SQLException {
        toggle(Setting.EXPANDED, value);
    }

    void timing(String value) throws ShellException, SQLException {
        toggle(Setting.TIMING, value);
    }

    private void toggle(Setting setting, String value) throws ShellException, SQLException {
        String other = session.settings().isOn(setting) ? "off" : "on";
        session.set(setting, value.isEmpty() ? other : value);
        session.say(setting.key() + " is " + session.settings().get(setting));
    }

    void format(String name) throws ShellException, SQLException {
        if (!name.isEmpty()) {
            session.set(Setting.FORMAT, name);
            return;
        }
        for (Format format : Format.values()) {
            String mark = format == session.settings().format() ? "* " : "  ";
            session.out().println(String.format("%s%-10s  %s", mark, format, format.meaning()));
        }
        session.out().flush();
    }

    /** {@code \pset}: settings only. */
    void settings(String argument) throws ShellException, SQLException {
        if (argument.isEmpty()) {
            Help.settings(session);
            return;
        }
        String[] parts = argument.split("\\s+", 2);
        Setting setting = Setting.named(parts[0]).orElseThrow(() -> noSetting(parts[0]));
        if (parts.length == 2) {
            session.set(setting, unquoted(parts[1]));
        } else {
            print(setting.key(), session.settings().get(setting));
        }
    }

    void set(String argument) throws ShellException, SQLException {
        String[] parts = argument.split("\\s+", 2);
        if (argument.isEmpty()) {
            Help.settings(session);
            new TreeMap<>(variables.all()).forEach(this::print);
        } else if (Setting.named(parts[0]).isPresent()) {
            settings(argument);
        } else if (!Variables.isName(parts[0])) {
            throw noSetting(parts[0]);
        } else if (parts.length == 2) {
            variables.set(parts[0], unquoted(parts[1]));
            hintAtSetting(parts[0]);
        } else {
            print(parts[0], variables.get(parts[0]).orElseThrow(() -> noVariable(parts[0])));
        }
    }

    void setDefault(String argument) throws ShellException, SQLException {
        String[] parts = argument.split("\\s+", 2);
        if (parts.length < 2) {
            throw new ShellException("\\default takes NAME VALUE, such as \\default timeout 10min");
        }
        if (variables.get(parts[0]).isEmpty()) {
            set(argument);
        }
    }

    void unset(String name) throws ShellException {
        if (variables.get(name).isEmpty()) {
            throw noVariable(name);
        }
        variables.unset(name);
    }

    /** {@code \prompt [TEXT] NAME}. */
    void ask(String argument) throws ShellException {
        String name = asked(argument);
        if (!Variables.isName(name)) {
            throw new ShellException(
                    "\\prompt needs the name of a variable, such as \\prompt 'Which customer? ' customer");
        }
        String text = unquoted(
                argument.substring(0, argument.length() - name.length()).strip());
        Optional<String> answer = session.ask((text.isEmpty() ? name + ":" : text.strip()) + " ");
        if (answer.isPresent()) {
            variables.set(name, answer.get());
        } else if (variables.get(name).isEmpty()) {
            throw new ShellException(
                    "nobody is here to be asked for " + name + "; --set " + name + "=VALUE gives it a value");
        }
    }

    /** The variable that a {@code \prompt} with these arguments asks for. */
    static String asked(String argument) {
        String text = argument.strip();
        return text.substring(text.lastIndexOf(' ') + 1);
    }

    /** A value without the quotes that keep its blanks. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1).replace("''", "'") : value;
    }

    private void hintAtSetting(String name) {
        Names.nearest(name, keys())
                .ifPresent(near -> session.say("set the variable " + name + "; the setting " + near + " is unchanged"));
    }

    private void print(String name, String value) {
        session.out().println(name + " = " + value);
        session.out().flush();
    }

    private static ShellException noSetting(String name) {
        return new ShellException("no setting " + name + ";"
                + Names.nearest(name, keys())
                        .map(nearest -> " did you mean " + nearest + "?")
                        .orElse(" there are " + String.join(", ", keys())));
    }

    private ShellException noVariable(String name) {
        List<String> known = new ArrayList<>(variables.all().keySet());
        known.addAll(keys());
        return new ShellException("no variable or setting " + name + ";"
                + Names.nearest(name, known)
                        .map(nearest -> " did you mean " + nearest + "?")
                        .orElse(" \\set lists them"));
    }

    private static List<String> keys() {
        return Arrays.stream(Setting.values()).map(Setting::key).toList();
    }
}
