package org.batonjdbc.driver.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.batonjdbc.store.SqlState;

/** The savepoints of one transaction, and what had been captured when each was set. */
final class Savepoints {
    private final Map<String, Integer> named = new HashMap<>(0);
    private boolean any;

    /** What the application holds: the engine's savepoint with the mark of what was captured before it. */
    record Marked(Savepoint raw, int mark) implements Savepoint {
        @Override
        public int getSavepointId() throws SQLException {
            return raw.getSavepointId();
        }

        @Override
        public String getSavepointName() throws SQLException {
            return raw.getSavepointName();
        }

        /** The savepoint that one of Baton's connections has handed out. */
        static Marked of(Savepoint savepoint) throws SQLException {
            if (savepoint instanceof Marked marked) {
                return marked;
            }
            throw SqlState.REFUSED.error("this savepoint was not set on a jdbc:baton: connection: " + savepoint);
        }
    }

    boolean isEmpty() {
        return !any;
    }

    void clear() {
        if (any) {
            any = false;
            named.clear();
        }
    }

    /** A savepoint was set, by a method or by a statement; the name is null if it has none. */
    void set(String name, int mark) {
        any = true;
        if (name != null) {
            named.put(canonical(name), mark);
        }
    }

    /** The mark of the savepoint of that name; -1 if Baton did not see it being set. */
    int mark(String name) {
        return named.getOrDefault(canonical(name), -1);
    }

    /** Names as engines compare them: as written in quotes, else in any case. */
    private static String canonical(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : name.toUpperCase(Locale.ROOT);
    }
}
