package org.batonjdbc.shell.session;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The streams of one run of the program: results go to {@code out} and everything else to {@code err}, both in UTF-8.
 *
 * @param terminals which of them are terminals: the digits of their descriptors, such as {@code 02}
 */
public record Console(InputStream in, PrintStream out, PrintStream err, String terminals) {
    /**
     * The streams of this process. Output is UTF-8 whatever the locale says: files and pipes want it, and so does every
     * terminal of today, also in a container that has no locale set. Which streams are terminals is for {@code bin/baton}
     * to say, since Java versions do not agree on {@code System.console()}.
     */
    public static Console ofProcess() {
        return new Console(
                System.in,
                ResultStream.to(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getProperty("baton.terminals", ""));
    }

    /** The same, with results going elsewhere. */
    public Console withOut(PrintStream other) {
        return new Console(in, other, err, terminals);
    }

    /** Whether a person types and reads here. */
    public boolean isInteractive() {
        return terminals.contains("0") && terminals.contains("1");
    }

    /** Whether messages appear on a screen, where lines may be written over. */
    public boolean isErrTerminal() {
        return terminals.contains("2");
    }
}
