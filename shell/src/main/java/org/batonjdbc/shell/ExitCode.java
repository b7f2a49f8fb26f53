package org.batonjdbc.shell;

/** What the program tells its caller. */
final class ExitCode {
    /** Everything was done. */
    static final int DONE = 0;

    /** The arguments are not understood, or there is no connection; nothing was run. */
    static final int NOT_STARTED = 1;

    /** A statement failed, or the demo found that rows were lost. */
    static final int FAILED = 3;

    private ExitCode() {}
}
