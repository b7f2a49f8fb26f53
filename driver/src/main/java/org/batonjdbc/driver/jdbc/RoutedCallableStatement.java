package org.batonjdbc.driver.jdbc;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A call of a routine. Parameters that were set or registered by name are kept beside those by number; what the routine
 * returned is read where it was called, even after the connection has moved.
 */
final class RoutedCallableStatement extends RoutedPreparedStatement implements CallableStatementForwards {
    private final Map<String, Action<CallableStatement>> named = new LinkedHashMap<>();
    private final Set<String> tied = new LinkedHashSet<>();

    RoutedCallableStatement(
            RoutedConnection connection,
            Command command,
            Work<Connection, CallableStatement> preparation,
            CallableStatement first,
            Link link) {
        super(connection, command, preparation, first, link);
    }

    @Override
    public CallableStatement delegate() throws SQLException {
        return (CallableStatement) super.delegate();
    }

    @Override
    void replay(Statement next) throws SQLException {
        super.replay(next);
        for (Action<CallableStatement> action : named.values()) {
            action.on((CallableStatement) next);
        }
        if (!tied.isEmpty()) {
            throw Parameters.setAgain(tied.iterator().next());
        }
    }

    /** What a routine returned may be asked for until the next call, so the old delegate stays until then. */
    @Override
    boolean isReadFrom(Link on) {
        return link() == on;
    }

    @Override
    public void repeatable(String name, Action<CallableStatement> action) throws SQLException {
        action.on(delegate());
        named.put(name, action);
        tied.remove(name);
    }

    @Override
    public void tied(String name, Action<CallableStatement> action) throws SQLException {
        settle();
        action.on(delegate());
        named.remove(name);
        tied.add(name);
    }

    @Override
    public void clearParameters() throws SQLException {
        super.clearParameters();
        named.keySet().removeIf(name -> name.startsWith("set "));
        tied.clear();
    }

    @Override
    public <V> V handed(V value) {
        return RoutedArray.handed(value, link(), this);
    }
}
