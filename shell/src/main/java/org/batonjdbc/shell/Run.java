package org.batonjdbc.shell;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.shell.script.Variables;
import org.batonjdbc.shell.session.Configuration;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.Login;
import org.batonjdbc.shell.session.Profiles;
import org.batonjdbc.shell.session.ResultStream;
import org.batonjdbc.shell.session.Screen;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.Setting;
import org.batonjdbc.shell.session.Settings;
import org.batonjdbc.shell.session.ShellException;
import org.batonjdbc.shell.session.TerminalQuestions;
import org.batonjdbc.shell.terminal.Prompt;

/** What the command line asked for, put together while it is read and then run: sources in their order, or the prompt. */
final class Run {
    private final Console console;
    private final Settings settings = new Settings();
    private final Map<Setting, String> asked = new EnumMap<>(Setting.class);
    private final Variables variables = new Variables();
    private final List<Source> sources = new ArrayList<>();
    private String target;
    private String user;
    private boolean askPassword;
    private String output;
    private boolean dryRun;
    private boolean singleTransaction;
    private String checkpoint;
    private boolean resume;
    private boolean startUp = true;

    Run(Console console) {
        this.console = console;
    }

    /** Takes a setting, which goes before that of a profile. */
    void set(Setting setting, String value) throws ShellException {
        settings.set(setting, value);
        asked.put(setting, value);
    }

    /** Takes {@code NAME=VALUE}, a setting's or a variable's. */
    void assign(String assignment) throws ShellException {
        int equals = assignment.indexOf('=');
        String name = equals < 0 ? assignment : assignment.substring(0, equals);
        if (equals < 0) {
            throw new ShellException("--set wants NAME=VALUE; '" + assignment + "' has no equals sign");
        }
        String value = assignment.substring(equals + 1);
        if (Setting.named(name).isPresent()) {
            set(Setting.named(name).get(), value);
        } else if (Variables.isName(name)) {
            variables.set(name, value);
        } else {
            throw new ShellException("'" + name + "' cannot be the name of a variable: letters, digits and _ may");
        }
    }

    void add(Source source) {
        sources.add(source);
    }

    void user(String name) {
        user = name;
    }

    void askPassword(boolean ask) {
        askPassword = ask;
    }

    void output(String file) {
        output = file;
    }

    void dryRun(boolean on) {
        dryRun = on;
    }

    void singleTransaction(boolean on) {
        singleTransaction = on;
    }

    void checkpoint(String file) {
        checkpoint = file;
    }

    void resume(boolean on) {
        resume = on;
    }

    void startUp(boolean on) {
        startUp = on;
    }

    /** Takes the URL or the name of a profile; false if there was one already. */
    boolean connectTo(String urlOrProfile) {
        if (target != null) {
            return false;
        }
        target = urlOrProfile;
        return true;
    }

    /** Runs everything and returns the exit code. */
    int toEnd() throws ShellException, IOException {
        ScriptRun.Way way =
                new ScriptRun.Way(dryRun, singleTransaction, checkpoint == null ? null : Path.of(checkpoint), resume);
        way.check();
        Configuration configuration = Configuration.ofProcess();
        String url = target;
        Login login = new Login(user, null);
        if (target != null && !target.startsWith("jdbc:")) {
            Profiles.Profile profile = Profiles.read(configuration.profiles()).named(target);
            url = profile.url();
            login = new Login(user == null ? profile.user() : user, profile.password());
            adopt(profile);
        }
        login = new Login(login.user(), password(login.password()));
        if (sources.isEmpty() && console.isInteractive()) {
            new Prompt(console, settings, variables, configuration, startUp).run(url, login, output);
            return ExitCode.DONE;
        }
        if (sources.isEmpty()) {
            sources.add(new Source.StandardInput());
        }
        refuseUnreadable();
        if (url == null) {
            throw new ShellException("no URL to connect to; try 'baton --help'");
        }
        return runScripts(url, login, way);
    }

    private int runScripts(String url, Login login, ScriptRun.Way way) throws ShellException, IOException {
        Console used = output == null ? console : console.withOut(opened(way.resume()));
        Screen screen = console.isInteractive() ? Screen.without(new TerminalQuestions()) : Screen.NONE;
        try (Session session = new Session(used, settings, screen)) {
            session.connect(url, login);
            return new ScriptRun(console, session, login, variables, way).run(sources);
        } finally {
            if (output != null) {
                used.out().close();
            }
        }
    }

    private PrintStream opened(boolean append) throws ShellException {
        try {
            return ResultStream.to(new BufferedOutputStream(new FileOutputStream(output, append)));
        } catch (IOException e) {
            throw new ShellException("cannot write " + output + ": " + e.getMessage(), e);
        }
    }

    private void adopt(Profiles.Profile profile) throws ShellException {
        for (Map.Entry<Setting, String> setting : profile.settings().entrySet()) {
            if (!asked.containsKey(setting.getKey())) {
                settings.set(setting.getKey(), setting.getValue());
            }
        }
    }

    private void refuseUnreadable() throws ShellException {
        for (Source source : sources) {
            if (source instanceof Source.File file) {
                Path path = Path.of(file.name());
                if (!Files.isReadable(path) || Files.isDirectory(path)) {
                    throw new ShellException(
                            "cannot read " + path + (Files.isDirectory(path) ? ", which is a directory" : ""));
                }
            }
        }
    }

    /** The password that was asked for, else that of the environment, else that of the profile. */
    private String password(String ofProfile) throws ShellException {
        if (!askPassword) {
            String ofEnvironment = System.getenv("BATON_PASSWORD");
            return ofEnvironment == null ? ofProfile : ofEnvironment;
        }
        if (!console.isInteractive()) {
            throw new ShellException("-W needs a terminal to ask at; BATON_PASSWORD works without one");
        }
        return new TerminalQuestions()
                .ask("Password: ", true)
                .orElseThrow(() -> new ShellException("no password given"));
    }
}
