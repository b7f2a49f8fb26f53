package org.batonjdbc.shell.session;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.shell.output.Expectation;
import org.batonjdbc.shell.output.ResultPrinter;
import org.batonjdbc.shell.status.StatusFeed;

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

    /** What {@link #out} writes to in the end, once no pager is in between. */
    private PrintStream written;

    private final List<String> held = new ArrayList<>();
    private boolean paged;
    private Connection connection;
    private String url;
    private Syntax syntax = Syntax.GENERIC;
    private String lastStatement = "";
    private Login login;
    private final TransactionState transaction = new TransactionState();

    /** Reaches zero when the user cancels; replaced when the next input begins. Read by the signal thread. */
    private volatile CountDownLatch cancelled = new CountDownLatch(1);

    public Session(Console console, Settings settings, Screen screen) {
        this.console = console;
        this.settings = settings;
        this.screen = screen;
        standardOut = new PrintWriter(console.out(), false, StandardCharsets.UTF_8);
        out = standardOut;
        written = console.out();
        execution = new Execution(this);
    }

    /**
     * Connects, and then leaves the connection that there was; if that fails, the old one stays.
     *
     * @throws ShellException with a message that carries no password
     */
    public void connect(String newUrl, Login newLogin) throws ShellException {
        Connection opened;
        Syntax spoken;
        try {
            opened = Drivers.connect(newUrl, newLogin.toProperties()).orElseThrow(() -> noDriver(newUrl));
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
        login = newLogin;
        syntax = spoken;
        transaction.reset();
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

    /** Opens other connections to what this one is connected to, for somebody who watches while this one is busy. */
    public StatusFeed.Source another() {
        String where = url;
        Login as = login;
        return () -> Drivers.connect(where, as.toProperties()).orElseThrow(() -> noDriver(where));
    }

    /** Whether UPGRADE statements are understood here. */
    public boolean isPair() {
        return url != null && url.startsWith("jdbc:baton:");
    }

    /** Runs one statement and prints its results, counts and warnings. */
    public void execute(String sql) throws SQLException, ShellException {
        execute(sql, false);
    }

    /** The same, a line for each value if vertical is wanted whatever the settings say. */
    public void execute(String sql, boolean vertical) throws SQLException, ShellException {
        lastStatement = sql;
        Connection used = connection();
        boolean onScreen = screen.width().getAsInt() > 0; // which has a status bar of its own
        if (!onScreen && WaitProgress.isWait(sql, this)) {
            WaitProgress progress = WaitProgress.start(console, this);
            try {
                execution.run(used, sql, vertical);
            } finally {
                progress.close();
            }
        } else {
            execution.run(used, sql, vertical);
        }
        transaction.ran(sql, syntax, used);
        flushResults();
    }

    /** Whether a transaction is open, in which leaving would lose something. */
    public boolean isInTransaction() {
        return transaction.isOpen();
    }

    /** Ends the transaction that is open, well or not. */
    public void endTransaction(boolean commit) throws SQLException, ShellException {
        if (commit) {
            connection().commit();
        } else {
            connection().rollback();
        }
        transaction.reset();
    }

    /** Compiles a statement without running it. */
    public void compile(String sql) throws SQLException, ShellException {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            // some drivers ask their server no sooner than this
            statement.getParameterMetaData();
            statement.getMetaData();
        }
    }

    /** Makes the next statement fail if its result is not as expected, behind printing it. */
    public void expect(Expectation expectation) {
        execution.expect(expectation);
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
            transaction.reset(); // JDBC commits here
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
        return execution.printer(false);
    }

    /** Where results go; flushed when each of them ends. */
    public PrintWriter out() {
        return out;
    }

    /** Lets what is printed until {@link #endPages} be paged, if results are paged here and do not go into a file. */
    void beginPages() {
        if (out == standardOut) {
            Optional<Writer> pages = screen.pages().open(standardOut);
            paged = pages.isPresent();
            pages.ifPresent(writer -> out = new PrintWriter(writer));
        }
    }

    /** Waits until whoever pages has left. */
    void endPages() {
        if (paged) {
            paged = false;
            out.close();
            out = standardOut;
            held.forEach(this::say);
            held.clear();
        }
    }

    /** Whether results go to where they went at first, and not into a file. */
    boolean isOutStandard() {
        return out == standardOut || paged;
    }

    /** What somebody answers; empty if nobody is there to be asked. */
    public Optional<String> ask(String text) {
        out.flush();
        return screen.questions().ask(text, false);
    }

    /** Tells the user something that is no result. */
    public void say(String message) {
        if (paged) {
            held.add(message); // until the pager has given the screen back
            return;
        }
        out.flush();
        console.err().println(message);
    }

    /** Sends results into a file from now on, which is emptied first unless it is opened to append. */
    public void redirect(Path file, OpenOption... how) throws IOException {
        ResultStream opened = ResultStream.to(new BufferedOutputStream(Files.newOutputStream(file, how)));
        redirectBack();
        out = new PrintWriter(opened, false, StandardCharsets.UTF_8);
        written = opened;
    }

    /** Sends results to where they went at first, and closes the file. */
    public void redirectBack() {
        out.flush();
        if (out != standardOut) {
            out.close();
            out = standardOut;
            written = console.out();
        }
    }

    /**
     * Writes all results out that are still on their way.
     *
     * @throws ShellException if they, or earlier ones, could not be written
     */
    public void flushResults() throws ShellException {
        out.flush();
        Optional<String> failure = written instanceof ResultStream results ? results.failure() : Optional.empty();
        if (failure.isPresent()) {
            throw new ShellException("cannot write the results: " + failure.get());
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
        if (isInTransaction()) {
            say("the transaction that was open on " + shownUrl().orElse("the connection") + " is rolled back");
        }
        try (Connection closing = connection) {
            if (!closing.isClosed() && !closing.getAutoCommit()) {
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
