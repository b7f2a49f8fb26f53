package org.batonjdbc.tests.crash;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What clerks know of their transactions, in a file outside the stores to which lines are only ever appended. A line is one
 * write, which outlives the process as soon as it returns. Thread-safe.
 */
final class Ledger implements AutoCloseable {
    static final String ATTEMPTED = "attempted";
    static final String TOUCHED = "touched";
    static final String COMMITTED = "committed";
    static final String DURABLE = "durable";
    static final String BEGUN = "begun";
    static final char FIELD = '\t';

    private final FileOutputStream out;

    private Ledger(FileOutputStream out) {
        this.out = out;
    }

    static Ledger appendTo(Path file) throws IOException {
        return new Ledger(new FileOutputStream(file.toFile(), true));
    }

    /** A clerk's transaction has changed rows; what it takes away is "-...", what it puts "+...". */
    void touched(int clerk, int transaction, Collection<String> rows) {
        write(TOUCHED + FIELD + clerk + FIELD + transaction + fields(rows));
    }

    /** A clerk is about to commit a transaction that has changed these rows. */
    void attempted(int clerk, int transaction, Collection<String> rows) {
        write(ATTEMPTED + FIELD + clerk + FIELD + transaction + fields(rows));
    }

    private static String fields(Collection<String> rows) {
        return rows.stream().map(row -> FIELD + row).collect(Collectors.joining());
    }

    /** The commit has returned. */
    void committed(int clerk, int transaction, long at) {
        write(COMMITTED + FIELD + clerk + FIELD + transaction + FIELD + at);
    }

    /** What each clerk has committed up to this transaction was written to the file by the engine, for good. */
    void durable(int[] transactions) {
        write(DURABLE + FIELD + joined(transactions));
    }

    /** A process has found these transactions to be each clerk's last, and goes on behind them. */
    void begun(int[] transactions) {
        write(BEGUN + FIELD + joined(transactions));
    }

    private static String joined(int[] transactions) {
        return Arrays.stream(transactions)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(String.valueOf(FIELD)));
    }

    private synchronized void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
