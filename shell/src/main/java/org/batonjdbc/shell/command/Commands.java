package org.batonjdbc.shell.command;

import static org.batonjdbc.shell.command.Command.Effect.OUTPUT;
import static org.batonjdbc.shell.command.Command.Effect.QUESTION;
import static org.batonjdbc.shell.command.Command.Effect.STATE;
import static org.batonjdbc.shell.command.Command.Effect.WORK;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.batonjdbc.driver.option.Names;
import org.batonjdbc.shell.output.Expectation;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.Configuration;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Profiles;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.ShellException;

/** All backslash commands, and the small ones' deeds. */
final class Commands {
    private final Session session;
    private final Login login;
    private final Variables variables;
    private final List<Command> all;
    private Treatment treatment;

    Commands(Interpreter interpreter, Session session, Login login, Variables variables) {
        this.session = session;
        this.login = login;
        this.variables = variables;
        Describe describe = new Describe(session);
        Watch watch = new Watch(session);
        Assignments assignments = new Assignments(session, variables);
        Includes includes = new Includes(interpreter, session);
        all = List.of(
                Command.of(
                        "d tables describe",
                        "[TABLE]",
                        "tables and views, or the columns, keys and indexes of one",
                        WORK,
                        describe::tables),
                Command.of("di indexes", "", "indexes", WORK, describe::indexes),
                Command.of("dv views", "", "views", WORK, describe::views),
                Command.of("dn schemas", "", "schemas", WORK, describe::schemas),
                Command.of("l databases list", "", "databases, where the engine has several", WORK, describe::catalogs),
                Command.of("c connect", "URL|PROFILE", "connect to another database", STATE, this::connect),
                Command.of("conninfo connection", "", "what this is connected to", WORK, this::conninfo),
                Command.of("i include", "FILE", "run a script", STATE, includes::run),
                Command.of("o output out", "[FILE]", "send results into a file, or back", OUTPUT, this::redirect),
                Command.of("g go", "", "run the last statement again", WORK, argument -> interpreter.again(false)),
                Command.of("G", "", "the same, a line for each value", WORK, argument -> interpreter.again(true)),
                Command.of(
                        "x expanded vertical", "[on|off|auto]", "print rows vertically", STATE, assignments::expanded),
                Command.of("timing", "[on|off]", "say how long statements take", STATE, assignments::timing),
                Command.of("format", "[FORMAT]", "show or change the format of results", STATE, assignments::format),
                Command.of("pset settings", "[NAME [VALUE]]", "show or change settings", STATE, assignments::settings),
                Command.of("set", "[NAME [VALUE]]", "show or set variables and settings", STATE, assignments::set),
                Command.of(
                        "default",
                        "NAME VALUE",
                        "set a variable unless it has a value",
                        STATE,
                        assignments::setDefault),
                Command.of("unset", "NAME", "forget a variable", STATE, assignments::unset),
                Command.of("prompt ask", "[TEXT] NAME", "ask for a variable's value", QUESTION, assignments::ask),
                Command.of(
                        "watch",
                        "[SECONDS] [until PHASE]",
                        "repeat the last statement, or UPGRADE STATUS",
                        WORK,
                        watch::run),
                Command.of(
                        "expect",
                        "[no] COLUMN VALUE...",
                        "let the next statement fail unless every row has one of the values there, or none",
                        WORK,
                        this::expect),
                Command.of("echo print", "[TEXT]", "print a text among the results", WORK, this::echo),
                Command.of("h manual", "[VERB]", "the UPGRADE statements", WORK, arg -> Help.verbs(session, arg)),
                Command.of("? help", "", "this list", WORK, argument -> Help.commands(session, this.all())),
                Command.of("q quit exit", "", "leave", STATE, argument -> interpreter.quit()));
    }

    List<Command> all() {
        return all;
    }

    /** Runs what stands behind the backslash, as far as this run wants it. */
    void run(String line, Treatment how) throws SQLException, ShellException, IOException {
        treatment = how;
        String[] parts = line.strip().split("\\s+", 2);
        String name = parts[0].endsWith(";") ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
        String argument = parts.length == 1 ? "" : withoutSemicolon(parts[1].strip());
        Command command = all.stream()
                .filter(candidate -> candidate.names().contains(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        if (how.wants(command.effect())) {
            command.action().run(variables.resolveCommand(argument));
        } else {
            how.passOver(command.names().get(0), argument);
        }
    }

    private static String withoutSemicolon(String argument) {
        return argument.endsWith(";")
                ? argument.substring(0, argument.length() - 1).stripTrailing()
                : argument;
    }

    private ShellException unknown(String name) {
        Optional<String> meant = Names.nearest(
                name, all.stream().flatMap(command -> command.names().stream()).toList());
        return new ShellException("no command \\" + name + ";"
                + meant.map(nearest -> " did you mean \\" + nearest + "?").orElse(" \\? lists them"));
    }

    /** A profile brings its own user and its own settings; a URL is connected to as the same user as the first. */
    private void connect(String target) throws ShellException, SQLException {
        if (target.isEmpty()) {
            throw new ShellException(
                    "\\c needs a URL, such as jdbc:baton:failover:(h2:2.5.252@jdbc:h2:mem:orders), or a profile");
        }
        if (target.startsWith("jdbc:")) {
            session.connect(target, login);
            return;
        }
        Profiles.Profile profile =
                Profiles.read(Configuration.ofProcess().profiles()).named(target);
        session.connect(profile.url(), profile.login(login));
        for (Map.Entry<Setting, String> setting : profile.settings().entrySet()) {
            session.set(setting.getKey(), setting.getValue());
        }
    }

    private void conninfo(@SuppressWarnings("unused") String argument) throws SQLException, ShellException {
        Connection connection = session.connection();
        DatabaseMetaData about = connection.getMetaData();
        session.out().println("url     " + session.shownUrl().orElse(""));
        session.out().println("user    " + about.getUserName());
        session.out().println("engine  " + about.getDatabaseProductName() + " " + about.getDatabaseProductVersion());
        session.out().println("driver  " + about.getDriverName() + " " + about.getDriverVersion());
        session.out().flush();
    }

    private void redirect(String file) throws ShellException {
        if (file.isEmpty()) {
            session.redirectBack();
            return;
        }
        try {
            if (treatment.appends()) {
                session.redirect(path(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                session.redirect(path(file));
            }
        } catch (IOException e) {
            throw new ShellException("cannot write " + file + ": " + e, e);
        }
    }

    static Path path(String file) throws ShellException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new ShellException("'" + file + "' is no file name: " + e.getMessage(), e);
        }
    }

    private void expect(String argument) throws ShellException {
        List<String> words = new ArrayList<>(List.of(argument.split("\\s+", -1)));
        boolean unwanted = words.size() > 2 && words.get(0).equalsIgnoreCase("no");
        if (unwanted) {
            words.remove(0);
        }
        if (words.size() < 2) {
            throw new ShellException("\\expect takes [no] COLUMN VALUE..., such as \\expect no severity ERROR");
        }
        Set<String> values = new TreeSet<>();
        words.subList(1, words.size()).forEach(value -> values.add(value.toLowerCase(Locale.ROOT)));
        session.expect(new Expectation(words.get(0), unwanted, values));
    }

    private void echo(String text) {
        session.out().println(text);
        session.out().flush();
    }
}
