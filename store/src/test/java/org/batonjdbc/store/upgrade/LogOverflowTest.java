package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.StoreUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change log that is full at the worst moment. */
class LogOverflowTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void aLogThatOverflowsWhileTheGateClosesAbortsTheSwitchover() throws Exception {
        String name = UUID.randomUUID().toString();
        PairCredentials user = user();
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (Pair pair = Pair.open(settings(name), user);
                Application application = new Application(pair, user)) {
            application.transaction("CREATE TABLE ITEM(ID INT PRIMARY KEY, QTY INT)");
            application.transaction("INSERT INTO ITEM SELECT X, 0 FROM SYSTEM_RANGE(1, 1000)");
            pair.upgrade().start(new StartSettings(null, Set.of(), user));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            application.pass().enter(LONG);

            Future<SwitchReport> report = operator.submit(() -> pair.upgrade()
                    .switchOver(
                            new SwitchSettings(false, Duration.ofSeconds(20), SwitchSettings.OnTimeout.ABORT, false)));
            while (!pair.gate().isClosed()) {
                Thread.onSpinWait();
            }
            application.transaction("UPDATE ITEM SET QTY = 1");

            assertThatThrownBy(() -> report.get(30, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(SQLException.class)
                    .hasMessageContaining("maxLogBytes");
            assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(1000);
        } finally {
            operator.shutdownNow();
        }
    }

    @Test
    void aLogThatHasOverflowedIsNotTakenUpByTheNextProcess(@TempDir Path directory) throws Exception {
        PairCredentials user = user();
        PairSettings settings = settings(
                directory.resolve("old").toString(), directory.resolve("new").toString());
        Pair crashing = Pair.open(settings, user);
        Application application = new Application(crashing, user);
        application.transaction("CREATE TABLE ITEM(ID INT PRIMARY KEY, QTY INT)");
        crashing.upgrade().start(new StartSettings(null, Set.of(), user));
        crashing.upgrade().await(Phase.REPLICATING, LONG);
        // On the worker's own thread, so that it takes no step in between.
        crashing.worker().call("overflow and crash", LONG, () -> {
            application.transaction("INSERT INTO ITEM SELECT X, 0 FROM SYSTEM_RANGE(1, 5000)");
            application.close();
            crashing.close();
            return null;
        });

        try (Pair pair = Pair.open(settings, user);
                Application again = new Application(pair, user)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
            again.transaction("UPDATE ITEM SET QTY = 1");
            assertThat(again.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(5000);
        }
    }

    private static PairSettings settings(String name) throws SQLException {
        return settings("mem:" + name + ";DB_CLOSE_DELAY=-1", "mem:" + name + ";DB_CLOSE_DELAY=-1");
    }

    private static PairSettings settings(String old, String upgraded) throws SQLException {
        return new PairSettings(
                StoreUrl.parse("h2:1.4.200@jdbc:h2:" + old),
                StoreUrl.parse("h2:2.5.252@jdbc:h2:" + upgraded),
                Path.of(System.getProperty("baton.engines")),
                16,
                Duration.ofSeconds(5),
                100,
                50_000,
                PairSettings.LogKind.AUTO);
    }

    private static PairCredentials user() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new PairCredentials(new Credentials(properties), new Credentials(properties));
    }
}
