package org.batonjdbc.store.dialect;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.SqlState;

/**
 * Statements that may need one another in an order that nobody has worked out. The engine must keep what has run before a
 * statement that fails.
 */
public record UnsortedScript(List<String> statements) {
    public UnsortedScript {
        statements = List.copyOf(statements);
    }

    /**
     * Runs all of them: those that fail are tried again behind the others, as long as any succeeds.
     *
     * @throws SQLException naming the first statement that the engine refuses to the end
     */
    public void run(Statement statement) throws SQLException {
        run(statement::execute);
    }

    /** Runs one statement. */
    @FunctionalInterface
    public interface Runner {
        /** Runs it. */
        void run(String sql) throws SQLException;
    }

    /** As {@link #run(Statement)}, each statement by somebody who knows how. */
    public void run(Runner runner) throws SQLException {
        List<String> left = statements;
        while (!left.isEmpty()) {
            List<String> failed = new ArrayList<>();
            SQLException first = null;
            for (String sql : left) {
                try {
                    runner.run(sql);
                } catch (SQLException e) {
                    failed.add(sql);
                    first = first == null ? e : first;
                }
            }
            if (failed.size() == left.size()) {
                throw SqlState.REFUSED.error(
                        "the upgraded store refuses a statement of the schema: " + first.getMessage() + " in "
                                + failed.get(0),
                        first);
            }
            left = failed;
        }
    }
}
