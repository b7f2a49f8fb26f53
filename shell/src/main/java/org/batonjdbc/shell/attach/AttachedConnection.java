package org.batonjdbc.shell.attach;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import javax.management.remote.JMXConnector;
import org.batonjdbc.driver.management.PairMXBean;

/**
 * A pair in another process, in the shape of a JDBC connection of which the shell needs little. What is not here is
 * refused.
 */
final class AttachedConnection {
    private static final String REFUSED = "0A000";

    private final JMXConnector connector;
    private final PairMXBean pair;
    private final String pid;
    private final String name;
    private boolean closed;

    AttachedConnection(JMXConnector connector, PairMXBean pair, String pid, String name) {
        this.connector = connector;
        this.pair = pair;
        this.pid = pid;
        this.name = name;
    }

    Connection asConnection() {
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "createStatement" -> new AttachedStatement(pair, pid).asStatement();
            case "getMetaData" -> metaData();
            case "getAutoCommit" -> true;
            case "isClosed" -> closed;
            case "isValid" -> !closed;
            case "getWarnings", "getCatalog", "getSchema", "clearWarnings" -> null;
            case "setAutoCommit" -> {
                if (!(boolean) arguments[0]) {
                    throw refused("transactions");
                }
                yield null;
            }
            case "close" -> {
                close();
                yield null;
            }
            default -> ofObject(self, method.getName(), arguments);
        });
    }

    private DatabaseMetaData metaData() {
        return proxy(DatabaseMetaData.class, (self, method, arguments) -> switch (method.getName()) {
            case "getDatabaseProductName" -> "Baton";
            case "getDatabaseProductVersion" -> "pair " + name + " of process " + pid;
            case "getDriverName" -> "attach";
            case "getDriverVersion" -> "";
            case "getUserName" -> System.getProperty("user.name");
            default -> ofObject(self, method.getName(), arguments);
        });
    }

    private void close() throws SQLException {
        closed = true;
        try {
            connector.close();
        } catch (IOException e) {
            throw new SQLException("while leaving process " + pid + ": " + e, "08006", e);
        }
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(AttachedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What every object has; everything else is refused. */
    static Object ofObject(Object self, String method, Object[] arguments) throws SQLException {
        return switch (method) {
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> self == arguments[0];
            case "toString" -> "attached";
            default -> throw refused(method);
        };
    }

    static SQLFeatureNotSupportedException refused(String what) {
        return new SQLFeatureNotSupportedException(
                "only UPGRADE statements can be run in another process (" + what.toLowerCase(Locale.ROOT) + ")",
                REFUSED);
    }
}
