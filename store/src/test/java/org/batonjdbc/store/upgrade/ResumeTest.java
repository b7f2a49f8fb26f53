package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
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

/** Upgrades of H2 files that are left in the middle and taken up by the next pair that is opened on them. */
class ResumeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PairCredentials USER = user();

    @TempDir
    private Path directory;

    @Test
    void aCopyGoesOnWhereItStood() throws Exception {
        fill();
        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            start(pair);
            pair.upgrade().pause();
            application.transaction("UPDATE ITEM SET QTY = 3 WHERE ID <= 10");
        }

        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            pair.upgrade().resume();
            pair.upgrade().await(Phase.REPLICATING, LONG);
            application.transaction("DELETE FROM ITEM WHERE ID = 11");
            assertSame(pair);
            pair.upgrade().switchOver(settings());
            assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(30);
            assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(2999);
            assertThat(application.number("SELECT SUBSTRING(H2VERSION(), 1, 1)"))
                    .isEqualTo(2);
        }
    }

    @Test
    void whatWasNotAppliedIsAppliedByTheNextProcess() throws Exception {
        fill();
        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            start(pair);
            pair.upgrade().await(Phase.REPLICATING, LONG);
            pair.upgrade().pause();
            application.transaction("UPDATE ITEM SET QTY = 5 WHERE ID <= 10", "DELETE FROM ITEM WHERE ID = 20");
            application.transaction("INSERT INTO ITEM(NAME) VALUES ('x')");
        }

        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            pair.upgrade().resume();
            assertSame(pair);
            pair.upgrade().switchOver(settings());
            assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(50);
        }
    }

    @Test
    void aPauseHoldsInTheNextProcess() throws Exception {
        fill();
        try (Pair pair = open()) {
            start(pair);
            pair.upgrade().await(Phase.REPLICATING, LONG);
            pair.upgrade().pause();
        }

        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            application.transaction("UPDATE ITEM SET QTY = 5 WHERE ID <= 10");
            pair.worker().call("a look", LONG, () -> null); // behind a step that would have applied it

            Status status = pair.upgrade().status();
            assertThat(status.phase()).isEqualTo(Phase.REPLICATING);
            assertThat(status.replication()).isEqualTo(Status.ReplicationState.PAUSED);
            assertThat(status.changesPending()).isEqualTo(10);
            assertThatThrownBy(() -> pair.upgrade().switchOver(settings())).hasMessageContaining("is paused");
            pair.upgrade().resume();
        }

        try (Pair pair = open()) {
            assertThat(pair.upgrade().status().replication()).isEqualTo(Status.ReplicationState.RUNNING);
            assertSame(pair);
        }
    }

    @Test
    void theWayBackIsOpenInTheNextProcess() throws Exception {
        fill();
        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            start(pair);
            pair.upgrade().await(Phase.REPLICATING, LONG);
            pair.upgrade().switchOver(settings());
            application.transaction("UPDATE ITEM SET QTY = 1 WHERE ID = 1");
        }

        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.SWITCHED);
            assertThat(application.number("SELECT SUBSTRING(H2VERSION(), 1, 1)"))
                    .isEqualTo(2);
            application.transaction("UPDATE ITEM SET QTY = 1 WHERE ID = 2");
            pair.upgrade().reverse(settings());
            assertThat(application.number("SELECT SUBSTRING(H2VERSION(), 1, 1)"))
                    .isEqualTo(1);
            assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(2);
        }
    }

    @Test
    void theStaleStoreIsNeverServedAgain() throws Exception {
        fill();
        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            start(pair);
            pair.upgrade().await(Phase.REPLICATING, LONG);
            pair.upgrade().switchOver(settings());
            pair.upgrade().complete();
            application.transaction("UPDATE ITEM SET QTY = 1 WHERE ID = 1");
        }

        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
            assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(1);
        }
        assertThatThrownBy(() -> Pair.open(settings(first(), null), USER))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("55000");
                    assertThat(e.getMessage()).contains("replaced", "h2:2.5.252@");
                });
    }

    @Test
    void anUpgradedStoreThatIsGoneDoesNotKeepTheApplicationFromItsOwn() throws Exception {
        fill();
        try (Pair pair = open()) {
            start(pair);
            pair.upgrade().await(Phase.REPLICATING, LONG);
        }
        Files.delete(directory.resolve("new.mv.db"));

        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
            application.transaction("UPDATE ITEM SET QTY = 1");
            assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(3000);
        }
    }

    @Test
    void aProcessThatEndsRightAfterCaptureHasBegunLeavesAStoreThatCanBeWritten() throws Exception {
        fill();
        try (Pair pair = open()) {
            begin(pair);
        }

        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            application.transaction("UPDATE ITEM SET QTY = 1");
            pair.upgrade().await(Phase.REPLICATING, LONG);
            assertSame(pair);
        }
    }

    @Test
    void aTableThatWasEmptyWhenItsCopyBeganIsNotForgotten() throws Exception {
        fill();
        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            application.transaction("CREATE TABLE EMPTY1(ID INT PRIMARY KEY)");
            application.transaction("CREATE TABLE EMPTY2(ID INT PRIMARY KEY)");
            Running running = begin(pair);
            for (int step = 0; step < 3; step++) {
                pair.worker().call("copying", LONG, () -> running.follower().step());
            }
            application.transaction("INSERT INTO EMPTY1 VALUES (1)", "INSERT INTO EMPTY2 VALUES (1)");
            pair.worker().call("copying", LONG, () -> running.follower().step());
            application.transaction("DELETE FROM EMPTY1", "DELETE FROM EMPTY2");
        }

        try (Pair pair = open()) {
            pair.upgrade().await(Phase.REPLICATING, LONG);
            assertSame(pair);
        }
    }

    /** What UPGRADE START does until a process ends before it takes a step. */
    private static Running begin(Pair pair) throws SQLException {
        return pair.worker()
                .call(
                        "starting",
                        LONG,
                        () -> new Start(pair, Clock.systemUTC()).run(new StartSettings(null, Set.of(), USER)));
    }

    private void fill() throws Exception {
        try (Pair pair = open();
                Application application = new Application(pair, USER)) {
            application.transaction(
                    "CREATE TABLE ITEM(ID IDENTITY PRIMARY KEY, NAME VARCHAR(20) UNIQUE, QTY INT DEFAULT 0)");
            application.transaction("INSERT INTO ITEM(NAME) SELECT 'n' || X FROM SYSTEM_RANGE(1, 3000)");
        }
    }

    private static void assertSame(Pair pair) throws SQLException {
        assertThat(pair.upgrade().verify(new VerifySettings(List.of(), false, null)))
                .allMatch(TableReport::isSame);
    }

    private static void start(Pair pair) throws SQLException {
        pair.upgrade().start(new StartSettings(null, Set.of(), USER));
    }

    private Pair open() throws SQLException {
        return Pair.open(settings(first(), StoreUrl.parse("h2:2.5.252@jdbc:h2:" + directory.resolve("new"))), USER);
    }

    private StoreUrl first() throws SQLException {
        return StoreUrl.parse("h2:1.4.200@jdbc:h2:" + directory.resolve("old"));
    }

    private static PairSettings settings(StoreUrl first, StoreUrl second) {
        return new PairSettings(
                first,
                second,
                Path.of(System.getProperty("baton.engines")),
                64,
                Duration.ofSeconds(5),
                100,
                10_000_000,
                PairSettings.LogKind.AUTO);
    }

    private static SwitchSettings settings() {
        return new SwitchSettings(false, Duration.ofSeconds(5), SwitchSettings.OnTimeout.ABORT, false);
    }

    private static PairCredentials user() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new PairCredentials(new Credentials(properties), new Credentials(properties));
    }
}
