package org.batonjdbc.driver.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.batonjdbc.driver.capture.Capture;

/**
 * A batch whose elements are run one by one while changes are captured, so that what a failed one changed is forgotten
 * before the next one runs: where nothing that triggers see tells the elements apart, as among different texts. What
 * happens behind an element that fails is the engine's own way.
 */
final class OneByOne {
    private OneByOne() {}

    /** Runs one element of a batch; returns its update count. */
    @FunctionalInterface
    interface Element {
        int run(int index) throws SQLException;
    }

    /** Some elements have failed, and the capture knows of the others alone. */
    static final class Failed extends BatchUpdateException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException first, int[] counts) {
            super(first.getMessage(), first.getSQLState(), first.getErrorCode(), counts);
            setNextException(first);
        }
    }

    /** Runs all elements, also behind one that fails unless the engine would not, or has given up the transaction. */
    static int[] run(int elements, Element element, Capture capture) throws SQLException {
        int[] counts = new int[elements];
        SQLException first = null;
        for (int i = 0; i < elements; i++) {
            int mark = capture.mark();
            try {
                counts[i] = element.run(i);
            } catch (SQLException e) {
                capture.cutTo(mark);
                counts[i] = Statement.EXECUTE_FAILED;
                if (first == null) {
                    first = e;
                } else {
                    first.setNextException(e);
                }
                if (capture.endsTransaction(e)) {
                    Arrays.fill(counts, i, elements, Statement.EXECUTE_FAILED);
                    break;
                }
                if (capture.endsBatchAtFailure()) {
                    counts = Arrays.copyOf(counts, i);
                    break;
                }
            }
        }
        if (first != null) {
            throw new Failed(first, counts);
        }
        return counts;
    }
}
