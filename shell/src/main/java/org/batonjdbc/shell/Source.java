package org.batonjdbc.shell;

/** Where statements come from; the sources of a command line run in its order. */
sealed interface Source {
    /** What messages call it. */
    String name();

    /** {@code -c SQL}. */
    record Text(String sql) implements Source {
        @Override
        public String name() {
            return "-c";
        }
    }

    /** {@code -f FILE}. */
    record File(String name) implements Source {}

    /** {@code -}, or a standard input that is no terminal. */
    record StandardInput() implements Source {
        @Override
        public String name() {
            return "stdin";
        }
    }
}
