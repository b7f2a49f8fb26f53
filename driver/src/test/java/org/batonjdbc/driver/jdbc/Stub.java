package org.batonjdbc.driver.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A driver's object that knows nothing: every call is written down, what returns a JDBC interface returns another stub, and
 * the little state that callers rely on (autocommit, isolation, closed) is kept.
 */
final class Stub implements InvocationHandler {
    private static final List<Class<?>> HANDED_OUT = List.of(
            CallableStatement.class,
            PreparedStatement.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Savepoint.class,
            Array.class,
            Connection.class);

    private final String name;
    private final List<String> calls;
    private final Map<String, Object> answers;
    private final Map<String, Object> state = new HashMap<>();

    private Stub(String name, List<String> calls, Map<String, Object> answers) {
        this.name = name;
        this.calls = calls;
        this.answers = answers;
        state.put("AutoCommit", true);
        state.put("TransactionIsolation", Connection.TRANSACTION_READ_COMMITTED);
    }

    /** What happened in one store, and what its objects answer. */
    static final class Store {
        final String name;
        final List<String> calls = new CopyOnWriteArrayList<>();
        /** By method name; an exception is thrown, and a Callable is called. */
        final Map<String, Object> answers = new HashMap<>();

        Store(String name) {
            this.name = name;
        }

        Connection connect() {
            return Stub.of(Connection.class, name, calls, answers);
        }

        /** What was called since the last time, but for questions about state. */
        List<String> drain() {
            List<String> seen = calls.stream()
                    .filter(call -> !call.matches("(is|get)[A-Z].*|unwrap.*"))
                    .collect(Collectors.toList());
            calls.clear();
            return seen;
        }
    }

    static <T> T of(Class<T> type, String name, List<String> calls, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                Stub.class.getClassLoader(), new Class<?>[] {type}, new Stub(name, calls, answers)));
    }

    /** Whether an object comes from a stub driver, so that an application must not see it. */
    static boolean isRaw(Object object) {
        return object != null && Proxy.isProxyClass(object.getClass());
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String called = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return identity(proxy, called, arguments);
        }
        calls.add(called + (arguments == null ? "" : Arrays.deepToString(arguments)));
        Object answer = answers.get(called);
        if (answer instanceof SQLException e) {
            throw e;
        }
        if (answer instanceof Callable<?> action) {
            return action.call();
        }
        if (answer != null) {
            return answer;
        }
        if (called.matches("(set|get|is)(AutoCommit|TransactionIsolation|Closed)")) {
            return property(called, arguments, method);
        }
        if (called.equals("close")) {
            state.put("Closed", true);
        }
        if (called.equals("unwrap")) {
            return proxy;
        }
        return any(method);
    }

    private Object identity(Object proxy, String called, Object[] arguments) {
        return switch (called) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "stub of " + name;
        };
    }

    private Object property(String called, Object[] arguments, Method method) {
        String property = called.replaceFirst("set|get|is", "");
        if (called.startsWith("set")) {
            state.put(property, arguments[0]);
            return null;
        }
        return state.getOrDefault(property, method.getReturnType() == boolean.class ? Boolean.FALSE : null);
    }

    private Object any(Method method) throws InvocationTargetException {
        Class<?> type = method.getReturnType();
        if (HANDED_OUT.contains(type)) {
            return of(type, name, calls, answers);
        }
        if (type == int[].class) {
            return new int[0];
        }
        if (type == long[].class) {
            return new long[0];
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : defaultOf(type);
    }

    private static Object defaultOf(Class<?> type) {
        if (!type.isPrimitive() || type == void.class) {
            return null;
        }
        return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
    }
}
