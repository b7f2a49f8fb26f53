package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.batonjdbc.store.SqlState;

/**
 * What the application has set in its session, in the order in which it did, to be set again at another store. A
 * setting replaces an earlier one of the same name unless one that may depend on it stands in between, so a session that
 * sets one thing over and over does not grow. Used by the thread of the connection.
 */
final class SessionState {
    private static final Pattern SEVERAL = Pattern.compile(",\\s*[@\\w.]+\\s*:?=");
    private static final Set<String> UNDONE_BY_POOL = Set.of("setReadOnly", "setTransactionIsolation");

    private final List<Setting> settings = new ArrayList<>(0);
    private final TemporaryTables temporaryTables = new TemporaryTables();
    private final SessionVariables variables = new SessionVariables();
    private boolean undoneByPool = true;

    /**
     * One thing that was set.
     *
     * @param plain whether its value depends on nothing else in the session
     * @param own whether its value may depend on what it was before
     */
    private record Setting(String name, boolean plain, boolean own, Action<Connection> action) {}

    /** Something was set through the method of the connection of that name. */
    void set(String method, Action<Connection> action) {
        undoneByPool &= UNDONE_BY_POOL.contains(method);
        add(new Setting(method, true, false, action));
    }

    /** A statement was run that has changed the session. */
    void ran(Command statement, Action<Connection> action) {
        undoneByPool = false;
        if (variables.set(statement)) {
            return;
        }
        String target = statement.meaning().target();
        // A list of several settings stays as it is, for each of them may be set anew alone.
        String name = SEVERAL.matcher(statement.sql()).find()
                ? statement.sql()
                : statement.meaning().verb() + " " + target;
        String rest = target == null ? "" : without(statement.sql(), target);
        boolean plain = target != null && isPlain(rest);
        add(new Setting(name, plain, target == null || mentions(rest, target), action));
    }

    /** The temporary tables that the session has created. */
    TemporaryTables temporaryTables() {
        return temporaryTables;
    }

    /** The variables that the session has set. */
    SessionVariables variables() {
        return variables;
    }

    /** Whether what stands behind the setting has neither variables nor calls nor subqueries. */
    private static boolean isPlain(String rest) {
        return rest.indexOf('@') < 0 && rest.indexOf('(') < 0;
    }

    private static String without(String sql, String target) {
        return Pattern.compile(Pattern.quote(target), Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .replaceFirst("");
    }

    private static boolean mentions(String rest, String target) {
        return rest.toUpperCase(Locale.ROOT).contains(target.toUpperCase(Locale.ROOT));
    }

    private void add(Setting setting) {
        for (int i = settings.size() - 1; i >= 0 && !setting.own(); i--) {
            if (settings.get(i).name().equals(setting.name())) {
                settings.remove(i);
                break;
            }
            if (!settings.get(i).plain()) {
                break;
            }
        }
        settings.add(setting);
    }

    /** A statement has created or dropped a temporary table, or changed one in another way. */
    void ranOnTemporary(Command statement, Action<Connection> action) {
        undoneByPool = false;
        temporaryTables.ran(statement.meaning(), action);
    }

    /** Whether a pool undoes all that was set when the connection is given back. */
    boolean isUndoneByPool() {
        return undoneByPool;
    }

    /** Takes along what the session holds at one store: its temporary tables and the values of its variables. */
    void carry(Connection from, Connection to) throws SQLException {
        temporaryTables.carry(from, to);
        variables.carry(from, to);
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
