package org.batonjdbc.tests.script;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Makes what a script prints the same in each run: the columns of UPGRADE statements that hold a time show only that
 * they hold one. And puts the SQLState, which Quidem does not print, before the message of each error.
 */
final class Masks {
    private static final Set<String> TIMES = Set.of("lag_ms", "pause_ms", "started_at", "switched_at");

    private Masks() {}

    /** The connection, as a script shall see it. */
    static Connection over(Connection connection) {
        return over(Connection.class, connection);
    }

    private static <T> T over(Class<T> type, T object) {
        return type.cast(Proxy.newProxyInstance(
                Masks.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(object, arguments);
                        return object instanceof ResultSet rows
                                ? masked(rows, method, arguments, result)
                                : wrap(result);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof SQLException error ? new Shown(error) : e.getCause();
                    }
                }));
    }

    private static Object wrap(Object result) {
        if (result instanceof PreparedStatement statement) {
            return over(PreparedStatement.class, statement);
        }
        if (result instanceof Statement statement) {
            return over(Statement.class, statement);
        }
        return result instanceof ResultSet rows ? over(ResultSet.class, rows) : result;
    }

    private static Object masked(ResultSet rows, Method method, Object[] arguments, Object value) throws SQLException {
        boolean reads = method.getName().startsWith("get") && arguments != null && arguments[0] instanceof Integer;
        return reads && value instanceof String && isVolatile(rows.getMetaData(), (int) arguments[0]) ? "*" : value;
    }

    /** A switchover applies what the worker has not applied before it, which is a matter of luck. */
    private static boolean isVolatile(ResultSetMetaData answer, int column) throws SQLException {
        String label = answer.getColumnLabel(column);
        return TIMES.contains(label)
                || (label.equals("changes_applied") && answer.getColumnLabel(1).equals("from_store"));
    }

    /** An error of which Quidem, which prints stack traces, prints the SQLState and the message. */
    @SuppressWarnings("OverrideThrowableToString") // which is what is printed, with the class before a mere message
    private static final class Shown extends SQLException {
        private static final long serialVersionUID = 1;

        Shown(SQLException error) {
            super(error.getMessage(), error.getSQLState());
            setStackTrace(new StackTraceElement[0]);
        }

        @Override
        public String toString() {
            return getSQLState() + " " + getMessage();
        }
    }
}
