package org.batonjdbc.shell.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.status.Progress;
import org.batonjdbc.shell.status.StatusFeed;
import org.batonjdbc.shell.status.UpgradeStatus;
import org.jline.reader.LineReader;
import org.jline.reader.Widget;
import org.jline.terminal.Terminal;

/**
 * The line at the bottom of the screen while an upgrade is under way. The feed's thread draws it: through the reader while
 * somebody types, whose lock keeps the two apart, else between the writes to the terminal. All state is guarded by the
 * terminal's monitor, which those writes hold, too.
 */
final class StatusBar implements StatusFeed.Listener, AutoCloseable {
    /** What the reader calls to draw the bar. */
    private static final String WIDGET = "baton-status";

    /** Blanks between what is said of the upgrade and the active store. */
    private static final int LEAST_GAP = 2;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final Supplier<Theme> themes;
    private final Progress progress = new Progress();
    private final BottomLine bottom;
    private final Thread atExit;
    private LineReader reader;
    private StatusFeed feed;
    private String fedBy = "";
    private UpgradeStatus last;
    private boolean suspended;

    StatusBar(Terminal terminal, Supplier<Theme> themes) {
        this.terminal = terminal;
        this.themes = themes;
        bottom = new BottomLine(terminal);
        atExit = new Thread(this::hideAtExit, "baton-status-exit");
        Runtime.getRuntime().addShutdownHook(atExit); // also a signal must not leave the bar behind
    }

    /** Who reads what is typed. */
    void attach(LineReader lineReader) {
        reader = lineReader;
        reader.getWidgets().put(WIDGET, (Widget) () -> {
            draw();
            return true;
        });
    }

    /** Follows the session to wherever it is connected now. */
    void follow(Session session) {
        String url = session.isPair() ? session.shownUrl().orElse("") : "";
        if (Theme.isDumb(terminal) || url.equals(fedBy)) {
            return;
        }
        stop();
        if (!url.isEmpty()) {
            feed = StatusFeed.start(session.another(), INTERVAL, this);
            fedBy = url;
        }
    }

    @Override
    public void status(UpgradeStatus status) {
        tell(status);
        show();
    }

    /** The same, to be drawn with the next answer of the feed. */
    void tell(UpgradeStatus status) {
        synchronized (terminal) {
            last = status;
        }
    }

    @Override
    public void noStatus(Exception why) {
        synchronized (terminal) {
            last = null;
        }
        show();
    }

    private void show() {
        LineReader typing = reader;
        if (typing != null && typing.isReading()) {
            try {
                typing.callWidget(WIDGET);
                return;
            } catch (IllegalStateException e) {
                // the line was finished this very moment
            }
        }
        draw();
    }

    private void draw() {
        synchronized (terminal) {
            if (last != null && last.isUnderWay() && !suspended) {
                bottom.show(text(last), themes.get().bar());
            } else {
                bottom.hide();
            }
        }
    }

    private void hide() {
        synchronized (terminal) {
            last = null;
            bottom.hide();
        }
    }

    /** JLine has closed the terminal by now, or is about to: past it, to the process's own output. */
    private void hideAtExit() {
        synchronized (terminal) {
            last = null;
            PrintStream out =
                    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
            out.print(bottom.taken());
            out.flush();
        }
    }

    /** The window has another size. */
    void resized() {
        synchronized (terminal) {
            bottom.forget();
            draw();
        }
    }

    /** Somebody else wants the whole screen, or gives it back. */
    void suspend(boolean on) {
        synchronized (terminal) {
            suspended = on;
            draw();
        }
    }

    private String text(UpgradeStatus status) {
        String right = "active " + StoreName.of(status.active()) + " ";
        int room = terminal.getColumns() - right.length() - LEAST_GAP - 1;
        String left = " " + progress.line(status, System.nanoTime(), room);
        int gap = terminal.getColumns() - left.length() - right.length();
        return gap < LEAST_GAP ? left : left + " ".repeat(gap) + right;
    }

    private void stop() {
        if (feed != null) {
            feed.close();
            feed = null;
            fedBy = "";
        }
        hide();
    }

    /** Takes the bar off the screen. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM is shutting down, and the hook does no harm
        }
    }
}
