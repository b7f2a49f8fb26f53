package org.batonjdbc.shell.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.batonjdbc.shell.session.Console;
import org.jline.terminal.Terminal;

/** Lets results and messages take turns with the status bar on one terminal: each write holds the terminal's lock. */
final class SharedTerminal extends OutputStream {
    private final Terminal terminal;
    private final OutputStream output;

    private SharedTerminal(Terminal terminal) {
        this.terminal = terminal;
        output = terminal.output(); // a terminal that is closed, because the process is being ended, gives none
    }

    /** A console whose results and messages go to the terminal, but for a message stream that is no terminal. */
    static Console console(Console console, Terminal terminal) {
        PrintStream shared = new PrintStream(new SharedTerminal(terminal), true, StandardCharsets.UTF_8);
        return new Console(console.in(), shared, console.isErrTerminal() ? shared : console.err(), console.terminals());
    }

    @Override
    public void write(int b) throws IOException {
        synchronized (terminal) {
            output.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        synchronized (terminal) {
            output.write(bytes, offset, length);
            output.flush();
        }
    }

    @Override
    public void flush() throws IOException {
        synchronized (terminal) {
            output.flush();
        }
    }
}
