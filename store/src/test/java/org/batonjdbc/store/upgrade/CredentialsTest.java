package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.StoreUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first store of a pair and all others are entered with different users and passwords. */
class CredentialsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PairCredentials USERS = new PairCredentials(user("old"), user("new"));

    @TempDir
    private Path directory;

    @Test
    void theSecondOnesHoldForEveryStoreButTheFirst() throws Exception {
        try (Pair pair = Pair.open(settings(), USERS);
                Application application = new Application(pair, USERS)) {
            application.transaction("CREATE TABLE ITEM(ID INT PRIMARY KEY)");
            replicate(pair, null);
            pair.upgrade().switchOver(new SwitchSettings(false, LONG, SwitchSettings.OnTimeout.ABORT, false));
            pair.upgrade().complete();

            for (int time = 0; time < 2; time++) {
                replicate(pair, store("h2:2.4.240", "c"));
                pair.upgrade().cancel();
            }
        }
        try (Pair pair = Pair.open(settings(), USERS)) {
            assertThat(pair.route().store().url()).isEqualTo(settings().second());
        }
    }

    private static void replicate(Pair pair, StoreUrl to) throws SQLException {
        pair.upgrade().start(new StartSettings(to, Set.of(), USERS));
        pair.upgrade().await(Phase.REPLICATING, LONG);
    }

    private PairSettings settings() throws SQLException {
        return new PairSettings(
                store("h2:1.4.200", "a"),
                store("h2:2.5.252", "b"),
                Path.of(System.getProperty("baton.engines")),
                64,
                Duration.ofSeconds(5),
                100,
                10_000_000,
                PairSettings.LogKind.AUTO);
    }

    private StoreUrl store(String engine, String name) throws SQLException {
        return StoreUrl.parse(engine + "@jdbc:h2:" + directory.resolve(name));
    }

    private static Credentials user(String name) {
        Properties properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("password", name + "pw");
        return new Credentials(properties);
    }
}
