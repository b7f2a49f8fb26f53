package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.verify.TableReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pairs that upgrade to one store at the same moment, both after preflight has found it free. */
class RivalryTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PairCredentials USER = user();

    @TempDir
    private Path directory;

    @Test
    void whoComesSecondIsRefusedAndTouchesNothing() throws Exception {
        StartSettings wanted = new StartSettings(store("h2:2.5.252", "wanted"), Set.of(), USER);
        try (Pair quick = open("quick");
                Pair slow = open("slow");
                Application application = new Application(slow, USER)) {
            new Checks(slow).refuseErrors(wanted);
            quick.upgrade().start(wanted);

            assertThatThrownBy(() -> begin(slow, wanted))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                    .hasMessageContaining(wanted.to() + " belongs to another pair");

            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            quick.upgrade().await(Phase.REPLICATING, LONG);
            assertThat(quick.upgrade().verify(new VerifySettings(List.of(), false, null)))
                    .hasSize(1)
                    .allMatch(TableReport::isSame);
            quick.upgrade().cancel();
            slow.upgrade().start(wanted);
            slow.upgrade().await(Phase.REPLICATING, LONG);
            slow.upgrade().cancel();
        }
    }

    @Test
    void whatSomebodyHasPutThereMeanwhileIsNotRemoved() throws Exception {
        StoreUrl occupied = StoreUrl.parse("h2:2.5.252@jdbc:h2:" + directory.resolve("occupied"));
        try (Pair owner = Pair.open(settings(occupied), USER);
                Application application = new Application(owner, USER)) {
            application.transaction("CREATE TABLE PRECIOUS(ID INT PRIMARY KEY)");
            try (Pair pair = open("first")) {
                assertThatThrownBy(() -> begin(pair, new StartSettings(occupied, Set.of(), USER)))
                        .hasMessageContaining("is not empty");
            }

            assertThat(application.number("SELECT COUNT(*) FROM PRECIOUS")).isZero();
            assertThat(application.number(
                            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = 'BATON'"))
                    .isZero();
        }
    }

    @Test
    void aStoreThatAnotherProcessHasOpenedMeanwhileIsRefusedWithWhatToDo() throws Exception {
        StartSettings wanted = new StartSettings(store("h2:2.5.252", "wanted"), Set.of(), USER);
        try (Pair pair = open("first")) {
            new Checks(pair).refuseErrors(wanted);
            // an engine of its own in a loader of its own, which knows as little of this one as another process does
            try (Pair elsewhere = Pair.open(settings(store("h2:2.4.240", "wanted")), USER);
                    Application application = new Application(elsewhere, USER)) {
                assertThatThrownBy(() -> begin(pair, wanted))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                        .hasMessageContaining("another process has " + wanted.to() + " open");

                application.transaction("CREATE TABLE THEIRS(ID INT)");
            }
        }
    }

    @Test
    void anUpgradeThatRunsInThisProcessIsNeverTakenForOneWhoseProcessHasEnded() throws Exception {
        StoreUrl store = store("h2:1.4.200", "shared");
        try (Pair early = open("shared");
                Pair pair = Pair.open(settings(store), USER);
                Application application = new Application(pair, USER)) {
            pair.upgrade().start(new StartSettings(store("h2:2.5.252", "wanted"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);

            // as where two URLs name one server in two ways
            assertThatThrownBy(() -> Pair.open(settings(store), USER))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                    .hasMessageContaining("runs in this process");
            assertThatThrownBy(() -> begin(early, new StartSettings(store("h2:2.5.252", "another"), Set.of(), USER)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                    .hasMessageContaining("runs in this process");

            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertThat(pair.upgrade().verify(new VerifySettings(List.of(), false, null)))
                    .hasSize(1)
                    .allMatch(TableReport::isSame);
            pair.upgrade().cancel();
        }
        try (Pair pair = Pair.open(settings(store), USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
        }
    }

    /** What UPGRADE START does when preflight has found nothing. */
    private static void begin(Pair pair, StartSettings settings) throws SQLException {
        pair.worker().call("START", LONG, () -> new Start(pair, Clock.systemUTC()).run(settings));
    }

    private Pair open(String name) throws Exception {
        Pair pair = Pair.open(settings(store("h2:1.4.200", name)), USER);
        try (Application application = new Application(pair, USER)) {
            application.transaction("CREATE TABLE ITEM(ID INT PRIMARY KEY)");
            application.transaction("INSERT INTO ITEM SELECT X FROM SYSTEM_RANGE(1, 100)");
        }
        return pair;
    }

    private static PairSettings settings(StoreUrl first) {
        return new PairSettings(
                first,
                null,
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

    private static PairCredentials user() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new PairCredentials(new Credentials(properties), new Credentials(properties));
    }
}
