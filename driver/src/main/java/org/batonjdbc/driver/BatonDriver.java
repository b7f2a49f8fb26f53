package org.batonjdbc.driver;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * The JDBC driver for {@code jdbc:baton:} URLs, registered with the DriverManager when it is on the class path. It takes
 * every such URL, also one that it cannot read, so that the application learns what is wrong with it.
 */
public final class BatonDriver implements Driver {
    static {
        try {
            DriverManager.registerDriver(new BatonDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For the DriverManager and for pools; all instances are alike. */
    public BatonDriver() {}

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        if (!FailoverUrl.isBaton(url)) {
            return null;
        }
        return Pairs.ALL.connect(FailoverUrl.parse(url), SideProperties.split(info));
    }

    @Override
    public boolean acceptsURL(String url) {
        return FailoverUrl.isBaton(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        List<DriverPropertyInfo> properties = new ArrayList<>();
        properties.add(described("user", info.getProperty("user"), "for both stores"));
        properties.add(described("password", info.getProperty("password"), "for both stores"));
        Options options = FailoverUrl.parse(url).options();
        for (Option option : Option.values()) {
            DriverPropertyInfo property = described(
                    option.key(),
                    options.text(option),
                    option.meaning() + " (in the URL only): " + option.kind().allowed());
            property.choices =
                    option.choices().isEmpty() ? null : option.choices().toArray(String[]::new);
            properties.add(property);
        }
        return properties.toArray(DriverPropertyInfo[]::new);
    }

    /**
     * Closes the pair of that URL: its connection pools and its thread. A pair in which no upgrade has run is closed with its
     * last connection; any other stays open until this is called or the JVM ends, because changes may be waiting in it.
     *
     * @return whether it is closed; false while connections to it are open
     */
    public static boolean close(String url) throws SQLException {
        return Pairs.ALL.close(FailoverUrl.parse(url));
    }

    private static DriverPropertyInfo described(String name, String value, String description) {
        DriverPropertyInfo property = new DriverPropertyInfo(name, value);
        property.description = description;
        return property;
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    /** False, because what JDBC asks for in SQL depends on the stores. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Baton logs through SLF4J");
    }
}
