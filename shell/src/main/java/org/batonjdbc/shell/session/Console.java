package org.batonjdbc.shell.session;

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
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.getProperty("baton.terminals", ""));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
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
