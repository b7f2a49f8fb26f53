package org.batonjdbc.driver.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Calls every method of every JDBC object that Baton hands out, and looks at what comes back. */
class NothingRawLeaksTest {
    private static final Set<Class<?>> JDBC = Set.of(
            Connection.class,
            Statement.class,
            PreparedStatement.class,
            CallableStatement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Array.class,
            Savepoint.class,
            Object.class);

    private static final Set<String> ENDING = Set.of("close", "abort", "unwrap");

    @TestFactory
    List<DynamicTest> everyMethodOfEveryObject() throws SQLException {
        List<DynamicTest> tests = new ArrayList<>();
        Array array = raw();
        Routing routing = new Routing();
        for (Stub.Store store : List.of(routing.old, routing.young)) {
            store.answers.put("getObject", array);
            store.answers.put("execute", true);
            store.answers.put("getMoreResults", true);
        }
        Connection connection = routing.connect();
        PreparedStatement prepared = connection.prepareStatement("SELECT 1");
        CallableStatement call = connection.prepareCall("{call F()}");
        walk(tests, Connection.class, connection);
        walk(tests, Statement.class, connection.createStatement());
        walk(tests, PreparedStatement.class, prepared);
        walk(tests, CallableStatement.class, call);
        walk(tests, ResultSet.class, prepared.executeQuery());
        walk(tests, DatabaseMetaData.class, connection.getMetaData());
        walk(tests, Array.class, prepared.executeQuery().getArray(1));
        assertThat(tests).hasSizeGreaterThan(80);
        return tests;
    }

    private static Array raw() {
        return Stub.of(Array.class, "array", new ArrayList<>(), new java.util.HashMap<>());
    }

    private static void walk(List<DynamicTest> tests, Class<?> type, Object object) {
        assertThat(Stub.isRaw(object)).as(type.getName()).isFalse();
        for (Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())
                    && JDBC.contains(method.getReturnType())
                    && !ENDING.contains(method.getName())) {
                tests.add(DynamicTest.dynamicTest(
                        type.getSimpleName() + " " + method.getName() + method.getParameterCount(),
                        () -> check(method, object)));
            }
        }
    }

    private static void check(Method method, Object object) throws ReflectiveOperationException {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method.getParameterTypes()[i]);
        }
        Object found;
        try {
            found = method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " failed", e.getCause());
        }
        assertThat(Stub.isRaw(found)).as("%s hands out a raw object", method).isFalse();
        if (found instanceof ResultSet rows) {
            try {
                assertThat(Stub.isRaw(rows.getStatement())).isFalse();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Object argument(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == short.class) {
            return (short) 0;
        }
        if (type == String.class) {
            return "SELECT 1";
        }
        if (type == Class.class) {
            return Array.class;
        }
        return type.isArray() ? java.lang.reflect.Array.newInstance(type.getComponentType(), 0) : null;
    }
}
