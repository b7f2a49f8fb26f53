package org.batonjdbc.tests.crash;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process when a certain step is logged: in the thread that passes it, before it does anything else. What
 * {@link Runtime#halt} leaves in files is what {@code kill -9} leaves: all that was written, and nothing that was not.
 */
final class DeathWatch extends PrintStream {
    /** As a shell reports a process that was killed. */
    static final int KILLED = 137;

    private final String line;
    private int left;

    /** Dies when that step is passed for the n-th time; an empty name is never passed. */
    DeathWatch(PrintStream log, String step, int time) {
        super(log, true, StandardCharsets.UTF_8);
        this.line = step.isEmpty() ? null : "passed " + step;
        this.left = time;
    }

    /** The logger writes each event by one call of this method. */
    @Override
    public synchronized void println(String text) {
        if (line != null && text.endsWith(line) && --left == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
        if (!text.contains("passed ")) {
            super.println(text);
        }
    }
}
