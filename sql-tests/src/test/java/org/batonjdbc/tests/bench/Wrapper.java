package org.batonjdbc.tests.bench;

import com.p6spy.engine.spy.P6DataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** What may stand between an application and its driver: nothing, Baton, or one of its peers, each as quiet as it can be. */
public enum Wrapper {
    /** The driver itself. */
    RAW {
        @Override
        Connection connect(String url) throws SQLException {
            return plain(url).getConnection();
        }
    },
    /** No upgrade runs, and there is one store. */
    BATON {
        @Override
        Connection connect(String url) throws SQLException {
            return DriverManager.getConnection("jdbc:baton:failover:(" + url + ")", "sa", "");
        }
    },
    /** A pool. */
    HIKARI {
        @Override
        Connection connect(String url) throws SQLException {
            HikariConfig config = new HikariConfig();
            config.setDataSource(plain(url));
            config.setMaximumPoolSize(1);
            return new HikariDataSource(config).getConnection();
        }
    },
    /** Logs statements; here without its modules. */
    P6SPY {
        @Override
        Connection connect(String url) throws SQLException {
            System.setProperty("p6spy.config.modulelist", "com.p6spy.engine.spy.P6SpyFactory");
            return new P6DataSource(plain(url)).getConnection();
        }
    },
    /** Tells listeners of statements; here it has none. */
    DATASOURCE_PROXY {
        @Override
        Connection connect(String url) throws SQLException {
            return ProxyDataSourceBuilder.create(plain(url)).build().getConnection();
        }
    },
    /** Fails over between the nodes of a cluster; here without plugins. It opens no database in memory, whose URL names no host. */
    AWS {
        @Override
        Connection connect(String url) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", "sa");
            properties.setProperty("password", "");
            properties.setProperty("wrapperPlugins", "");
            properties.setProperty("wrapperDialect", "unknown");
            properties.setProperty("wrapperTargetDriverDialect", "generic");
            return DriverManager.getConnection(url.replaceFirst("^jdbc:", "jdbc:aws-wrapper:"), properties);
        }
    };

    /** A new connection through this wrapper. */
    abstract Connection connect(String url) throws SQLException;

    private static DataSource plain(String url) {
        Plain plain = new Plain();
        plain.setUrl(url);
        return plain;
    }
}
