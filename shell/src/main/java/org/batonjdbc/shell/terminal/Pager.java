package org.batonjdbc.shell.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;

/**
 * Lets a result that is longer than the screen be read page by page: with the program that {@code PAGER} names, else with
 * JLine's own. What is not read yet waits in a pipe and makes the result wait, so that memory is bounded; JLine's own keeps
 * what was read, and gets no more than the heap can bear. Shorter results go straight to the screen.
 */
final class Pager extends Writer {
    private static final int PIPE = 1 << 16;

    /** Of what JLine's pager keeps, a character takes about 12 bytes. */
    private static final long MOST_CHARACTERS =
            Math.min(8_000_000, Runtime.getRuntime().maxMemory() / 64);

    private static final String NO_MORE =
            "(more rows than this pager holds; a PAGER such as less, or \\o FILE, takes all of them)\n";

    private final Terminal terminal;
    private final Writer screen;
    private final StatusBar bar;
    private final StringBuilder kept = new StringBuilder();
    private int lines;
    private Writer pages;
    private Ending ending;
    private boolean left;

    /** How many characters the pager takes still. */
    private long room = Long.MAX_VALUE;

    /** Waits until the reader has left the pager. */
    @FunctionalInterface
    private interface Ending {
        void await() throws IOException, InterruptedException;
    }

    Pager(Terminal terminal, Writer screen, StatusBar bar) {
        this.terminal = terminal;
        this.screen = screen;
        this.bar = bar;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        if (pages != null) {
            writeToPages(buffer, offset, length);
            return;
        }
        kept.append(buffer, offset, length);
        for (int i = offset; i < offset + length; i++) {
            lines += buffer[i] == '\n' ? 1 : 0;
        }
        if (lines >= terminal.getRows()) {
            open();
        }
    }

    private void open() throws IOException {
        bar.suspend(true);
        String program = System.getenv("PAGER");
        if (program == null || program.isBlank()) {
            openOwn();
        } else {
            openProgram(program);
        }
        char[] all = kept.toString().toCharArray();
        kept.setLength(0);
        writeToPages(all, 0, all.length);
    }

    private void openProgram(String program) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", program)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        pages = writer(process.getOutputStream());
        ending = process::waitFor;
    }

    private void openOwn() throws IOException {
        room = MOST_CHARACTERS;
        PipedInputStream in = new PipedInputStream(PIPE);
        pages = writer(new PipedOutputStream(in));
        FutureTask<Void> reading = new FutureTask<>(() -> {
            try (in) {
                Less less = new Less(terminal, Path.of("."));
                less.chopLongLines = true;
                less.run(new Source.InputStreamSource(in, true, "result"));
            }
            return null;
        });
        Thread thread = new Thread(reading, "baton-pager");
        thread.setDaemon(true);
        thread.start();
        ending = () -> await(reading);
    }

    private static void await(FutureTask<Void> reading) throws IOException, InterruptedException {
        try {
            reading.get();
        } catch (ExecutionException e) {
            throw new IOException("the pager failed: " + e.getCause(), e);
        }
    }

    private static Writer writer(OutputStream out) {
        return new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    private void writeToPages(char[] buffer, int offset, int length) throws IOException {
        if (left) {
            throw new IOException("nobody reads on");
        }
        try {
            if (room < length) {
                endWith(buffer, offset, length);
            }
            pages.write(buffer, offset, length);
            room -= length;
        } catch (IOException e) {
            left = true; // the reader has seen enough, which is no failure
            throw e;
        }
    }

    /** Lets the pager see the rest of the line, and that there is more. */
    private void endWith(char[] buffer, int offset, int length) throws IOException {
        int end = new String(buffer, offset, length).indexOf('\n');
        if (end < 0) {
            return; // the line ends in one of the next pieces
        }
        pages.write(buffer, offset, end + 1);
        pages.write(NO_MORE);
        pages.close();
        throw new IOException("the pager holds no more");
    }

    @Override
    public void flush() throws IOException {
        if (pages != null && !left) {
            pages.flush();
        }
    }

    /** Ends the result: prints it if it is short, else waits until the pager is left. */
    @Override
    public void close() throws IOException {
        if (pages == null) {
            screen.append(kept);
            screen.flush();
            kept.setLength(0);
            return;
        }
        try {
            pages.close();
        } catch (IOException e) {
            left = true;
        }
        try {
            ending.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            bar.suspend(false);
        }
    }
}
