package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.StoreUrl;
import org.junit.jupiter.api.Test;

/** Two stores of the engine on the class path, where a user's trigger class can be found. */
class UserTriggerTest {
    private static final PairCredentials USER = user();

    @Test
    void usersTriggersFireForTheApplicationAndNeverForBaton() throws Exception {
        String name = UUID.randomUUID().toString();
        PairSettings settings = new PairSettings(
                StoreUrl.parse("jdbc:h2:mem:" + name + "-1"),
                StoreUrl.parse("jdbc:h2:mem:" + name + "-2"),
                null,
                64,
                Duration.ofSeconds(5),
                100,
                10_000_000,
                PairSettings.LogKind.AUTO);
        try (Pair pair = Pair.open(settings, USER);
                Application application = new Application(pair, USER)) {
            application.transaction("CREATE TABLE NOTE(ID INT PRIMARY KEY, TIMES INT DEFAULT 0)");
            application.transaction("CREATE TRIGGER COUNTING BEFORE INSERT, UPDATE ON NOTE FOR EACH ROW CALL \""
                    + CountingTrigger.class.getName() + "\"");
            application.transaction("INSERT INTO NOTE(ID) VALUES (1)");
            pair.upgrade().start(new StartSettings(null, Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, Duration.ofSeconds(60));
            application.transaction("UPDATE NOTE SET ID = 1", "INSERT INTO NOTE(ID) VALUES (2)");
            SwitchSettings now =
                    new SwitchSettings(false, Duration.ofSeconds(5), SwitchSettings.OnTimeout.ABORT, false);

            pair.upgrade().switchOver(now);

            assertThat(application.number("SELECT TIMES FROM NOTE WHERE ID = 1"))
                    .isEqualTo(2);
            application.transaction("UPDATE NOTE SET ID = 1 WHERE ID = 1");
            assertThat(application.number("SELECT TIMES FROM NOTE WHERE ID = 1"))
                    .isEqualTo(3);
            pair.upgrade().reverse(now);
            assertThat(application.number("SELECT TIMES FROM NOTE WHERE ID = 1"))
                    .isEqualTo(3);
            application.transaction("UPDATE NOTE SET ID = 1 WHERE ID = 1");
            assertThat(application.number("SELECT TIMES FROM NOTE WHERE ID = 1"))
                    .isEqualTo(4);
        }
    }

    private static PairCredentials user() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new PairCredentials(new Credentials(properties), new Credentials(properties));
    }
}
