package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.batonjdbc.store.SqlState;

/**
 * What the application has set in its session, in the order in which it did, to be set again at another store. A
 * setting replaces an earlier one of the same name unless one that may depend on it stands in between, so a session that
 * sets one thing over and over does not grow. Used by the thread of the connection.
 */
final class SessionState {
    private static final Set<String> UNDONE_BY_POOL = Set.of("setReadOnly", "setTransactionIsolation");

    private final List<Setting> settings = new ArrayList<>(0);
    private final TemporaryTables temporaryTables = new TemporaryTables();
    private boolean undoneByPool = true;

    /**
     * One thing that was set.
     *
     * @param plain whether its value depends on nothing else in the session
     */
    private record Setting(String name, boolean plain, Action<Connection> action) {}

    /** Something was set through the method of the connection of that name. */
    void set(String method, Action<Connection> action) {
        undoneByPool &= UNDONE_BY_POOL.contains(method);
        add(new Setting(method, true, action));
    }

    /** A statement was run that has changed the session. */
    void ran(Command statement, Action<Connection> action) {
        undoneByPool = false;
        String target = statement.meaning().target();
        String name = statement.meaning().verb() + " " + target;
        add(new Setting(name, target != null && isPlain(statement.sql(), target), action));
    }

    /** The temporary tables that the session has created, by their names as written, with what creates them. */
    TemporaryTables temporaryTables() {
        return temporaryTables;
    }

    /** Whether the text has neither variables nor calls nor subqueries besides what it sets. */
    private static boolean isPlain(String sql, String target) {
        String rest = Pattern.compile(Pattern.quote(target), Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .replaceAll("");
        return rest.indexOf('@') < 0 && rest.indexOf('(') < 0;
    }

    private void add(Setting setting) {
        if (setting.plain()) {
            for (int i = settings.size() - 1; i >= 0 && settings.get(i).plain(); i--) {
                if (settings.get(i).name().equals(setting.name())) {
                    settings.remove(i);
                    break;
                }
            }
        }
        settings.add(setting);
    }

    /** A statement has created or dropped a temporary table, or changed one in another way. */
    void ranOnTemporary(Command statement, Action<Connection> action) {
        undoneByPool = false;
        if (!temporaryTables.ran(statement, action)) {
            ran(statement, action);
        }
    }

    /** Whether a pool undoes all that was set when the connection is given back. */
    boolean isUndoneByPool() {
        return undoneByPool;
    }

    /** Sets everything again. */
    void replay(Connection physical) throws SQLException {
        for (Setting setting : settings) {
            try {
                setting.action().on(physical);
            } catch (SQLException e) {
                throw SqlState.REFUSED.error(
                        "the connection cannot move to the store that is active now, because that"
                                + " refuses a setting of its session (" + setting.name() + "): " + e.getMessage(),
                        e);
            }
        }
    }
}
