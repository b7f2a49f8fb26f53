package org.batonjdbc.store.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.engine.EngineJars;
import org.batonjdbc.store.engine.PoolSettings;
import org.batonjdbc.store.engine.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of H2 1.4.200 that is to become one of 2.5.252, and the check of it; each test gets new ones. */
class Checked {
    static final EngineJars JARS = EngineJars.in(Path.of("target", "engines"));
    static final Credentials SA = user("sa", "");

    private static final List<Store> ENGINES = new ArrayList<>();

    final String name = UUID.randomUUID().toString();
    private final List<Store> stores = new ArrayList<>();

    Store active;
    Connection application;
    String upgraded = "h2:2.5.252@jdbc:h2:mem:" + name + ";MODE=LEGACY";
    Credentials activeUser = SA;
    Credentials upgradedUser = SA;
    Set<String> exclude = Set.of();
    Tenant tenant = Tenant.NOBODY;
    Machine machine = new ThisMachine();

    @TempDir
    Path folder;

    /** Keeps both engines loaded from test to test, which is faster. */
    @BeforeAll
    static void loadTheEngines() throws SQLException {
        for (String engine : List.of("h2:1.4.200", "h2:2.5.252")) {
            ENGINES.add(Store.open(StoreUrl.parse(engine + "@jdbc:h2:mem:kept"), JARS, PoolSettings.STANDARD));
        }
    }

    @AfterAll
    static void releaseTheEngines() throws SQLException {
        for (Store engine : ENGINES) {
            engine.release(SA);
        }
    }

    @BeforeEach
    void openTheActiveStore() throws SQLException {
        openTheActiveStore("h2:1.4.200@jdbc:h2:mem:" + name);
    }

    void openTheActiveStore(String url) throws SQLException {
        active = open(url);
        application = active.connect(SA);
    }

    Store open(String url) throws SQLException {
        Store store = Store.open(StoreUrl.parse(url), JARS, PoolSettings.STANDARD);
        stores.add(store);
        return store;
    }

    @AfterEach
    void releaseStores() throws SQLException {
        for (Store store : stores) {
            store.release(SA);
        }
    }

    static Credentials user(String name, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("password", password);
        return new Credentials(properties);
    }

    void run(String... statements) throws SQLException {
        run(application, statements);
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    List<Finding> check() throws SQLException {
        return Preflight.check(
                new PreflightRequest(
                        active, activeUser, StoreUrl.parse(upgraded), upgradedUser, JARS, exclude, store -> tenant),
                machine);
    }

    List<Finding> check(String rule) throws SQLException {
        return check().stream().filter(finding -> finding.rule().equals(rule)).toList();
    }

    Finding only(String rule) throws SQLException {
        List<Finding> findings = check(rule);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    void assertPassed(String rule) throws SQLException {
        assertThat(only(rule).severity()).isEqualTo(Severity.OK);
    }
}
