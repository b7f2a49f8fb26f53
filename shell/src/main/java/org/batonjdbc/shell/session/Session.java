package org.batonjdbc.shell.session;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.shell.output.ResultPrinter;

/**
 * What the statements of one run share: the connection, the settings, and where results and messages go. One thread uses
 * it; only {@link #cancel()} may be called by another.
 */
public final class Session implements AutoCloseable {
    private final Console console;
    private final Settings settings;
    private final Screen screen;
    private final Execution execution;
    private final PrintWriter standardOut;
    private PrintWriter out;
    private Connection connection;
    private String url;
    private Syntax syntax = Syntax.GENERIC;
    private String lastStatement = "";

    /** Reaches zero when the user cancels; replaced when the next input begins. Read by the signal thread. */
    private volatile CountDownLatch cancelled = new CountDownLatch(1);

    public Session(Console console, Settings settings, Screen screen) {
        this.console = console;
        this.settings = settings;
        this.screen = screen;
        standardOut = new PrintWriter(console.out(), false, StandardCharsets.UTF_8);
        out = standardOut;
        execution = new Execution(this);
    }

    /**
     * Connects, and then leaves the connection that there was; if that fails, the old one stays.
     *
     * @throws ShellException with a message that carries no password
     */
    public void connect(String newUrl, Login login) throws ShellException {
        Connection opened;
        Syntax spoken;
        try {
            opened = Drivers.connect(newUrl, login.toProperties()).orElseThrow(() -> noDriver(newUrl));
            spoken = Syntax.of(opened.getMetaData().getDatabaseProductName());
            if (!settings.isOn(Setting.AUTOCOMMIT)) {
                opened.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw new ShellException(connectionRefused(newUrl, e), e);
        }
        disconnect();
        connection = opened;
        url = newUrl;
        syntax = spoken;
    }

    private static ShellException noDriver(String url) {
        return new ShellException("no driver takes " + Secrets.redactUrl(url)
                + "; put the driver's jar into lib/ or name it in BATON_CLASSPATH,"
                + " or let Baton load it: jdbc:baton:failover:(h2:2.5.252@jdbc:h2:...)");
    }

    private static String connectionRefused(String url, SQLException e) {
        String shown = Secrets.redactUrl(url);
        return "cannot connect to " + shown + ": " + ErrorText.of(e, "").replace(url, shown);
    }

    /** The open connection. */
    public Connection connection() throws ShellException {
        if (connection == null) {
            throw new ShellException("not connected; \\c URL connects");
        }
        return connection;
    }

    /** What it is connected to, without passwords. */
    public Optional<String> shownUrl() {
        return Optional.ofNullable(url).map(Secrets::redactUrl);
    }

    /** How the engine at the other end reads statements; a general way while there is none. */
    public Syntax syntax() {
        return syntax;
    }

    /** Runs one statement and prints its results, counts and warnings. */
    public void execute(String sql) throws SQLException, ShellException {
        lastStatement = sql;
        execution.run(connection(), sql);
    }

    /** The statement that ran last, for those commands that run it again; empty if none did. */
    public String lastStatement() {
        return lastStatement;
    }

    /** Changes a setting, on the connection too where it concerns it. */
    public void set(Setting setting, String value) throws ShellException, SQLException {
        settings.set(setting, value);
        if (setting == Setting.AUTOCOMMIT && connection != null) {
            connection.setAutoCommit(settings.isOn(Setting.AUTOCOMMIT));
        }
    }

    public Settings settings() {
        return settings;
    }

    public Screen screen() {
        return screen;
    }

    /** A printer for one result, as settings and screen want it. */
    public ResultPrinter printer() {
        return execution.printer();
    }

    /** Where results go; flushed when each of them ends. */
    public PrintWriter out() {
        return out;
    }

    /** Whether results go to where they went at first, and not into a file. */
    boolean isOutStandard() {
        return out == standardOut;
    }

    /** Tells the user something that is no result. */
    public void say(String message) {
        out.flush();
        console.err().println(message);
    }

    /** Sends results into a file from now on, which is emptied first. */
    public void redirect(Path file) throws IOException {
        PrintWriter opened = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        redirectBack();
        out = opened;
    }

    /** Sends results to where they went at first, and closes the file. */
    public void redirectBack() {
        out.flush();
        if (out != standardOut) {
            out.close();
            out = standardOut;
        }
    }

    /** Forgets that the user cancelled what ran before. */
    public void beginInput() {
        cancelled = new CountDownLatch(1);
    }

    /** Cancels the running statement and whatever would follow it in this input. May be called by any thread. */
    public void cancel() {
        cancelled.countDown();
        execution.cancel();
    }

    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Waits until the time is over or the user cancels; true if the user did. */
    public boolean waitForCancel(Duration time) {
        try {
            return cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void disconnect() {
        if (connection == null) {
            return;
        }
        try (Connection closing = connection) {
            if (!closing.getAutoCommit()) {
                closing.rollback(); // JDBC leaves open what closing in a transaction does
            }
        } catch (SQLException e) {
            say("while leaving " + shownUrl().orElse("the connection") + ": " + ErrorText.of(e, ""));
        } finally {
            connection = null;
            url = null;
        }
    }

    @Override
    public void close() {
        redirectBack();
        disconnect();
    }
}
