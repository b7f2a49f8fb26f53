package org.batonjdbc.tests.bench;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.StubMethod;

/**
 * A driver that does nothing, as fast as that can be done: every query has one row, every number is 42. What a wrapper
 * takes on top of it is the wrapper's own.
 */
public final class StubDriver implements Driver {
    /** Opened by this driver alone. */
    public static final String URL = "jdbc:stub://localhost/orders";

    private final Connection connection;

    private StubDriver() throws ReflectiveOperationException {
        ResultSet row = stub(ResultSet.class, Map.of("next", true, "getInt", 42));
        PreparedStatement statement =
                stub(PreparedStatement.class, Map.of("executeQuery", row, "executeUpdate", 1, "getUpdateCount", -1));
        DatabaseMetaData metadata = stub(
                DatabaseMetaData.class,
                Map.of("getDatabaseProductName", "Stub", "getDatabaseProductVersion", "1", "getURL", URL));
        connection = stub(
                Connection.class,
                Map.of(
                        "prepareStatement",
                        statement,
                        "createStatement",
                        statement,
                        "getMetaData",
                        metadata,
                        "getAutoCommit",
                        true,
                        "isValid",
                        true,
                        "getTransactionIsolation",
                        Connection.TRANSACTION_READ_COMMITTED));
    }

    /** Lets {@link DriverManager} know it. */
    public static void register() throws SQLException, ReflectiveOperationException {
        DriverManager.registerDriver(new StubDriver());
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) throws ReflectiveOperationException {
        DynamicType.Builder<Object> builder = new ByteBuddy()
                .subclass(Object.class)
                .name(StubDriver.class.getPackageName() + ".Stub" + type.getSimpleName())
                .implement(type)
                .method(any())
                .intercept(StubMethod.INSTANCE);
        for (Map.Entry<String, Object> answer : answers.entrySet()) {
            builder = builder.method(named(answer.getKey())).intercept(FixedValue.value(answer.getValue()));
        }
        try (DynamicType.Unloaded<Object> made = builder.make()) {
            return type.cast(made.load(
                            StubDriver.class.getClassLoader(),
                            ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                    .getLoaded()
                    .getDeclaredConstructor()
                    .newInstance());
        }
    }

    @Override
    public Connection connect(String url, Properties properties) {
        return acceptsURL(url) ? connection : null;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.equals(URL);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
