package org.batonjdbc.tests.shell;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.utils.ScreenTerminal;

/**
 * The real program in a pseudo-terminal, with somebody who types and looks at the screen. JLine opens the terminal and
 * emulates the screen, util-linux's {@code setsid} makes it the program's own, so that Ctrl-C and a change of size reach
 * it as they do from a window. Everything that is waited for has a deadline.
 */
final class Tty implements AutoCloseable {
    static final String ENTER = "\r";
    static final String TAB = "\t";
    static final String UP = "\u001bOA";
    static final String LEFT = "\u001bOD";
    static final String RIGHT = "\u001bOC";
    static final String CTRL_A = "\u0001";
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String CTRL_R = "\u0012";

    private static final Size SIZE = Size.of(100, 30);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    /** What JLine writes when it begins to read a line, the terminal being set up for it, and when it has read one. */
    private static final String READS = "[?2004h";

    private static final String HAS_READ = "[?2004l";

    private final JniNativePty pty;
    private final ScreenTerminal screen;
    private final Process process;
    private final OutputStream keys;
    private final StringBuilder written = new StringBuilder();
    private final Thread thread = new Thread(this::show, "tty");

    /** How many lines the program has begun to read, at least, before it is ready for what is typed next. */
    private int linesBegun = 1;

    private Tty(JniNativePty pty, ScreenTerminal screen, Process process) throws IOException {
        this.pty = pty;
        this.screen = screen;
        this.process = process;
        this.keys = pty.getMasterOutput();
    }

    /** Starts {@code baton} with these arguments on a screen of 100 columns and 30 lines. */
    static Tty baton(Path configuration, String... arguments) throws IOException {
        return start(Map.of("BATON_CONFIG", configuration.toString(), "TERM", "xterm-256color"), arguments);
    }

    /** The same on a terminal that does not tell its size. */
    static Tty batonWithoutSize(Path configuration, String... arguments) throws IOException {
        return start(
                Map.of("BATON_CONFIG", configuration.toString(), "TERM", "xterm-256color"), Size.of(0, 0), arguments);
    }

    static Tty start(Map<String, String> environment, String... arguments) throws IOException {
        return start(environment, SIZE, arguments);
    }

    private static Tty start(Map<String, String> environment, Size told, String... arguments) throws IOException {
        JniNativePty pty = (JniNativePty) new JniTerminalProvider().open(null, told);
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                "--ctty",
                "--wait",
                // A build that runs in the background of a script ignores SIGINT, and what it starts would do so too.
                "env",
                "--default-signal",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", // most of its life is a start
                "-Dbaton.terminals=012",
                "-Dfile.encoding=UTF-8",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                "org.batonjdbc.shell.Main"));
        command.addAll(List.of(arguments));
        File slave = new File(pty.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(slave)
                .redirectOutput(slave)
                .redirectError(slave);
        for (String name : List.of("NO_COLOR", "PAGER", "BATON_PASSWORD")) {
            builder.environment().remove(name);
        }
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Tty tty = new Tty(pty, new ScreenTerminal(SIZE.getColumns(), SIZE.getRows()), builder.start());
        tty.thread.setDaemon(true);
        tty.thread.start();
        return tty;
    }

    private void show() {
        char[] buffer = new char[4096];
        try (InputStream in = pty.getMasterInput();
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                String text = new String(buffer, 0, read);
                synchronized (written) {
                    written.append(text);
                }
                screen.write(text);
                String answer = screen.read();
                if (!answer.isEmpty()) {
                    send(answer);
                }
            }
        } catch (IOException e) {
            return; // the terminal is closed
        }
    }

    /**
     * Types as soon as the program reads a line. Before that its terminal would take some keys for itself, Ctrl-C, Ctrl-R and
     * the arrows among them, as it does with everybody who types ahead.
     */
    Tty type(String text) throws IOException, InterruptedException {
        await("the program to read a line", screen -> isReading());
        return press(text);
    }

    /** Types a whole line. */
    Tty enter(String line) throws IOException, InterruptedException {
        return type(line).end(ENTER);
    }

    /** Ends the line with this key, and remembers that the program will have to read another before it is ready for more. */
    Tty end(String key) throws IOException, InterruptedException {
        type("");
        linesBegun = linesBegun() + 1;
        return press(key);
    }

    /** Presses keys now, whatever the program does. */
    Tty press(String keys) throws IOException {
        send(keys);
        return this;
    }

    private void send(String text) throws IOException {
        synchronized (keys) {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }
    }

    /** Makes the window another size. */
    void resize(int columns, int rows) throws IOException {
        Size size = Size.of(columns, rows);
        screen.setSize(size);
        pty.setSize(size);
    }

    /** What the screen shows, without blanks at the ends of lines and empty lines at its end. */
    String text() {
        return screen.toString().replaceAll("[ \\u0000]+(?=\n|$)", "").stripTrailing();
    }

    /** The line of the screen with that number, from 0; negative from the bottom. */
    String line(int number) {
        String[] lines = screen.toString().split("\n", -1);
        int rows = screen.getRows();
        int at = number < 0 ? rows + number : number;
        return at < lines.length ? lines[at].stripTrailing() : "";
    }

    /** Everything that was ever written, escape sequences included. */
    String written() {
        synchronized (written) {
            return written.toString();
        }
    }

    /** Waits until the screen shows a text. */
    Tty await(String text) throws InterruptedException {
        return await("'" + text + "' on the screen", shown -> shown.contains(text));
    }

    /** Waits until the screen is as wanted. */
    Tty await(String what, Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!wanted.test(text())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + "; the screen shows\n" + text());
            }
            screen.waitDirty(100);
        }
        return this;
    }

    /** Waits until the program runs what was typed last. */
    Tty awaitRunning() throws InterruptedException {
        return await("the program to run what was typed", screen -> {
            String all = written();
            return all.lastIndexOf(HAS_READ) > all.lastIndexOf(READS) && linesBegun() == linesBegun - 1;
        });
    }

    private boolean isReading() {
        String all = written();
        return linesBegun() >= linesBegun && all.lastIndexOf(READS) > all.lastIndexOf(HAS_READ);
    }

    private int linesBegun() {
        return written().split(Pattern.quote(READS), -1).length - 1;
    }

    /** Waits until the program has ended, and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
            throw new AssertionError("the program does not end; the screen shows\n" + text());
        }
        return process.exitValue();
    }

    /** Ends the program as {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        pty.close();
    }
}
