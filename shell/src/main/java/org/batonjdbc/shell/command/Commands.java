package org.batonjdbc.shell.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.batonjdbc.shell.script.ScriptReader;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;

/** All backslash commands, and the small ones' deeds. */
final class Commands {
    private static final int DEEPEST_INCLUDE = 20;

    private final Interpreter interpreter;
    private final Session session;
    private final Login login;
    private final List<Command> all;
    private int includes;

    Commands(Interpreter interpreter, Session session, Login login) {
        this.interpreter = interpreter;
        this.session = session;
        this.login = login;
        Describe describe = new Describe(session);
        Watch watch = new Watch(session);
        all = List.of(
                Command.of(
                        "d", "[TABLE]", "tables and views, or the columns, keys and indexes of one", describe::tables),
                Command.of("di", "", "indexes", describe::indexes),
                Command.of("dv", "", "views", describe::views),
                Command.of("dn", "", "schemas", describe::schemas),
                Command.of("l", "", "databases, where the engine has more than one", describe::catalogs),
                Command.of("c connect", "URL", "connect to another database", this::connect),
                Command.of("conninfo", "", "what this is connected to", this::conninfo),
                Command.of("i include", "FILE", "run a script", this::include),
                Command.of("o out", "[FILE]", "send results into a file, or back to the screen", this::redirect),
                Command.of(
                        "x", "[on|off|auto]", "print rows vertically", argument -> toggle(Setting.EXPANDED, argument)),
                Command.of("timing", "[on|off]", "say how long statements take", arg -> toggle(Setting.TIMING, arg)),
                Command.of(
                        "watch", "[SECONDS] [until PHASE]", "repeat the last statement, or UPGRADE STATUS", watch::run),
                Command.of("set", "[NAME [VALUE]]", "show or change settings", this::set),
                Command.of("echo", "[TEXT]", "print a text among the results", this::echo),
                Command.of("h", "[VERB]", "the UPGRADE statements", argument -> Help.verbs(session, argument)),
                Command.of("? help", "", "this list", argument -> Help.commands(session, this.all())),
                Command.of("q quit exit", "", "leave", argument -> interpreter.quit()));
    }

    List<Command> all() {
        return all;
    }

    /** Runs what stands behind the backslash. */
    void run(String line) throws SQLException, ShellException, IOException {
        String[] parts = line.strip().split("\\s+", 2);
        String name = parts[0];
        Command command = all.stream()
                .filter(candidate -> candidate.names().contains(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        command.action().run(parts.length == 1 ? "" : withoutSemicolon(parts[1].strip()));
    }

    private static String withoutSemicolon(String argument) {
        return argument.endsWith(";")
                ? argument.substring(0, argument.length() - 1).stripTrailing()
                : argument;
    }

    private ShellException unknown(String name) {
        Optional<String> meant = Spelling.nearest(
                name, all.stream().flatMap(command -> command.names().stream()).toList());
        return new ShellException("no command \\" + name + ";"
                + meant.map(nearest -> " did you mean \\" + nearest + "?").orElse(" \\? lists them"));
    }

    private void connect(String url) throws ShellException {
        if (url.isEmpty()) {
            throw new ShellException("\\c needs a URL, such as jdbc:baton:failover:(h2:2.5.252@jdbc:h2:mem:orders)");
        }
        session.connect(url, login);
    }

    private void conninfo(String argument) throws SQLException, ShellException {
        Connection connection = session.connection();
        DatabaseMetaData about = connection.getMetaData();
        session.out().println("url     " + session.shownUrl().orElse(""));
        session.out().println("user    " + about.getUserName());
        session.out().println("engine  " + about.getDatabaseProductName() + " " + about.getDatabaseProductVersion());
        session.out().println("driver  " + about.getDriverName() + " " + about.getDriverVersion());
        session.out().flush();
    }

    private void include(String file) throws ShellException, IOException {
        if (includes == DEEPEST_INCLUDE) {
            throw new ShellException("scripts include each other " + DEEPEST_INCLUDE + " deep; this one is not run");
        }
        includes++;
        try (BufferedReader lines = Files.newBufferedReader(path(file), StandardCharsets.UTF_8)) {
            if (!interpreter.run(new ScriptReader(file, lines, session::syntax))) {
                throw new ShellException("not all of " + file + " was done");
            }
        } catch (IOException e) {
            throw new ShellException("cannot read " + file + ": " + e, e);
        } finally {
            includes--;
        }
    }

    private void redirect(String file) throws ShellException {
        if (file.isEmpty()) {
            session.redirectBack();
            return;
        }
        try {
            session.redirect(path(file));
        } catch (IOException e) {
            throw new ShellException("cannot write " + file + ": " + e, e);
        }
    }

    private static Path path(String file) throws ShellException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new ShellException("'" + file + "' is no file name: " + e.getMessage(), e);
        }
    }

    private void toggle(Setting setting, String value) throws ShellException, SQLException {
        String other = session.settings().isOn(setting) ? "off" : "on";
        session.set(setting, value.isEmpty() ? other : value);
        session.say(setting.key() + " is " + session.settings().get(setting));
    }

    private void set(String argument) throws ShellException, SQLException {
        if (argument.isEmpty()) {
            Help.settings(session);
            return;
        }
        String[] parts = argument.split("\\s+", 2);
        Setting setting = Setting.named(parts[0]).orElseThrow(() -> noSetting(parts[0]));
        if (parts.length == 2) {
            session.set(setting, parts[1]);
        } else {
            session.out().println(setting.key() + " = " + session.settings().get(setting));
            session.out().flush();
        }
    }

    private static ShellException noSetting(String name) {
        List<String> keys = Arrays.stream(Setting.values()).map(Setting::key).toList();
        return new ShellException("no setting " + name + ";"
                + Spelling.nearest(name, keys)
                        .map(nearest -> " did you mean " + nearest + "?")
                        .orElse(" there are " + String.join(", ", keys)));
    }

    private void echo(String text) {
        session.out().println(text);
        session.out().flush();
    }
}
