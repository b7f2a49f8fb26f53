package org.batonjdbc.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.batonjdbc.store.SqlState;

/**
 * A DataSource for a failover URL. It does not keep logical connections; put a pool before it as before any other. To be
 * configured by one thread, after which any thread may get connections.
 */
public final class BatonDataSource implements DataSource {
    private String url;
    private String user;
    private String password;
    private final Properties properties = new Properties();
    private PrintWriter logWriter;
    private int loginTimeout;

    /** Needs {@link #setUrl} before it can be used. */
    public BatonDataSource() {}

    /** For connections of that failover URL. */
    public BatonDataSource(String url) {
        this.url = url;
    }

    public String getUrl() {
        return url;
    }

    /** The failover URL, {@code jdbc:baton:failover:...}. */
    public void setUrl(String newUrl) {
        url = newUrl;
    }

    public String getUser() {
        return user;
    }

    /** The user at both stores. */
    public void setUser(String newUser) {
        user = newUser;
    }

    /** The password at both stores. */
    public void setPassword(String newPassword) {
        password = newPassword;
    }

    /** Driver properties for both stores, or with {@code active.} or {@code upgraded.} before the name for one; copied. */
    public void setProperties(Properties newProperties) {
        properties.clear();
        for (String name : newProperties.stringPropertyNames()) {
            properties.setProperty(name, newProperties.getProperty(name));
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(user, password);
    }

    @Override
    public Connection getConnection(String username, String secret) throws SQLException {
        Properties info = new Properties();
        info.putAll(properties);
        if (username != null) {
            info.setProperty("user", username);
        }
        if (secret != null) {
            info.setProperty("password", secret);
        }
        if (!FailoverUrl.isBaton(url)) {
            throw SqlState.BAD_OPTION.error("property url of BatonDataSource must be a failover URL that begins with "
                    + FailoverUrl.PREFIX + (url == null ? "; it is not set" : ""));
        }
        return new BatonDriver().connect(url, info);
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    /** Is remembered and otherwise of no effect: Baton logs through SLF4J. */
    @Override
    public void setLogWriter(PrintWriter out) {
        logWriter = out;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    /** Is remembered and otherwise of no effect: the engines have properties of their own for it. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Baton logs through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlState.BAD_OPTION.error("BatonDataSource wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        try {
            return "BatonDataSource " + FailoverUrl.parse(url == null ? "" : url);
        } catch (SQLException e) {
            return "BatonDataSource without a valid URL";
        }
    }
}
