package org.batonjdbc.shell.session;

import java.util.function.IntSupplier;
import org.batonjdbc.shell.output.Look;

/** What results are printed on: how they look there, and how many columns it has at this moment, 0 for no limit. */
public record Screen(Look look, IntSupplier width) {
    /** A file or a pipe. */
    public static final Screen NONE = new Screen(Look.PLAIN, () -> 0);
}
