package org.batonjdbc.driver.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.batonjdbc.driver.capture.Capture;

/**
 * A batch of texts while changes are captured: run one by one, as H2 itself does, so that what a failed one changed is
 * forgotten before the next one runs. Among different statements, nothing that triggers see tells them apart.
 */
final class TextBatch {
    private TextBatch() {}

    /** Some texts have failed, and the capture knows of the others alone. */
    static final class Failed extends BatchUpdateException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException first, int[] counts) {
            super(first.getMessage(), first.getSQLState(), first.getErrorCode(), counts);
            setNextException(first);
        }
    }

    /** Runs all texts, also behind one that fails, unless the engine has given up the transaction. */
    static int[] run(List<Command> texts, Statement on, Capture capture) throws SQLException {
        int[] counts = new int[texts.size()];
        SQLException first = null;
        for (int i = 0; i < counts.length; i++) {
            int mark = capture.mark();
            try {
                counts[i] = on.executeUpdate(texts.get(i).sql());
            } catch (SQLException e) {
                capture.cutTo(mark);
                counts[i] = Statement.EXECUTE_FAILED;
                if (first == null) {
                    first = e;
                } else {
                    first.setNextException(e);
                }
                if (capture.endsTransaction(e)) {
                    Arrays.fill(counts, i, counts.length, Statement.EXECUTE_FAILED);
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
