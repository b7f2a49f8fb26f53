package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.log.Change;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.RowKey;
import org.batonjdbc.store.upgrade.Status.ReplicationState;
import org.batonjdbc.store.verify.TableReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole upgrades from H2 1.4.200 to 2.5.252 in memory, without the driver. */
class UpgradeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PairCredentials USER = user();

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private Pair pair;
    private Application application;

    @BeforeEach
    void openPair() throws Exception {
        String name = UUID.randomUUID().toString();
        pair = Pair.open(
                new PairSettings(
                        StoreUrl.parse("h2:1.4.200@jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1"),
                        StoreUrl.parse("h2:2.5.252@jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;MODE=LEGACY"),
                        Path.of(System.getProperty("baton.engines")),
                        64,
                        Duration.ofSeconds(5),
                        100,
                        10_000_000,
                        PairSettings.LogKind.AUTO),
                USER);
        application = new Application(pair, USER);
        application.transaction(
                "CREATE TABLE ITEM(ID IDENTITY PRIMARY KEY, NAME VARCHAR(20) UNIQUE, QTY INT DEFAULT 0)");
        application.transaction("INSERT INTO ITEM(NAME) SELECT 'n' || X FROM SYSTEM_RANGE(1, 1000)");
    }

    @AfterEach
    void closePair() throws Exception {
        application.close();
        pair.close();
        thread.shutdownNow();
    }

    @Test
    void everyRowIsThereAfterTheSwitchover() throws Exception {
        start();
        application.transaction("INSERT INTO ITEM(NAME) VALUES ('late')", "DELETE FROM ITEM WHERE ID <= 10");
        application.transaction("UPDATE ITEM SET QTY = QTY + 1 WHERE ID BETWEEN 11 AND 20");
        pair.upgrade().await(Phase.REPLICATING, LONG);
        application.transaction("UPDATE ITEM SET ID = ID + 10000");
        application.transaction("UPDATE ITEM SET NAME = CASE NAME WHEN 'n500' THEN 'n501' ELSE 'n500' END"
                + " WHERE NAME IN ('n500', 'n501')");

        List<TableReport> reports = pair.upgrade().verify(new VerifySettings(List.of(), false, null));
        SwitchReport report = pair.upgrade().switchOver(settings(true));

        assertThat(reports).singleElement().satisfies(table -> {
            assertThat(table.differing()).as(table.toString()).isZero();
            assertThat(table.activeRows()).isEqualTo(991);
            assertThat(table.upgradedRows()).isEqualTo(991);
        });
        assertThat(report.toStore()).startsWith("h2:2.5.252@");
        assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(991);
        assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(10);
        assertThat(application.number("SELECT SUBSTRING(H2VERSION(), 1, 1)")).isEqualTo(2);
        application.transaction("INSERT INTO ITEM(NAME) VALUES ('new')");
        assertThat(application.number("SELECT ID FROM ITEM WHERE NAME = 'new'")).isGreaterThan(1001);
    }

    @Test
    void changesFlowBackAndReverseLosesNone() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        pair.upgrade().switchOver(settings(false));
        application.transaction("UPDATE ITEM SET QTY = 7 WHERE ID <= 3", "DELETE FROM ITEM WHERE ID = 4");

        SwitchReport report = pair.upgrade().reverse(settings(false));

        assertThat(report.toStore()).startsWith("h2:1.4.200@");
        assertThat(application.number("SELECT SUBSTRING(H2VERSION(), 1, 1)")).isEqualTo(1);
        assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(21);
        assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(999);
        assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
    }

    @Test
    void completeReleasesTheOldStoreAndCaptureEnds() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        pair.upgrade().switchOver(settings(false));

        Status status = pair.upgrade().complete();

        assertThat(status.phase()).isEqualTo(Phase.IDLE);
        assertThat(status.active()).startsWith("h2:2.5.252@");
        assertThat(status.upgraded()).isNull();
        application.transaction("INSERT INTO ITEM(NAME) VALUES ('after')");
        assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(1001);
        assertThat(application.number("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TRIGGERS"))
                .isZero();
    }

    @Test
    void aConnectionThatHasNotMovedYetKeepsTheReplacedStoreUntilItLeaves() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        Store old = pair.route().store();
        Connection reader = pair.connect(old, USER);
        pair.upgrade().switchOver(settings(false));

        pair.upgrade().complete();

        application.transaction("UPDATE ITEM SET QTY = 1");
        assertThat(reader.createStatement().executeQuery("SELECT * FROM ITEM").next())
                .isTrue();
        assertThat(old.isInUse()).isTrue();
        reader.close();
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!isReleased(old) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(isReleased(old)).isTrue();
    }

    private static boolean isReleased(Store store) {
        try {
            return store.driver() == null;
        } catch (SQLException e) {
            return true;
        }
    }

    @Test
    void cancelLeavesTheActiveStoreAsItWasAndStartWorksAgain() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);

        Status status = pair.upgrade().cancel();

        assertThat(status.phase()).isEqualTo(Phase.IDLE);
        assertThat(application.number("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = 'BATON'"))
                .isZero();
        application.transaction("UPDATE ITEM SET QTY = 1");
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
    }

    @Test
    void aStoreThatStartHasNamedIsNotTheNextOneUnlessItIsNamedAgain() throws Exception {
        String urls = pair.upgrade().status().upgraded();
        StoreUrl third = StoreUrl.parse(urls.replace("jdbc:h2:mem:", "jdbc:h2:mem:third"));
        pair.upgrade().start(new StartSettings(third, Set.of(), USER));
        assertThat(pair.upgrade().status().upgraded()).isEqualTo(third.toString());
        pair.upgrade().await(Phase.REPLICATING, LONG);

        Status status = pair.upgrade().cancel();

        assertThat(status.upgraded()).isEqualTo(urls);
        start();
        assertThat(pair.upgrade().status().upgraded()).isEqualTo(urls);
    }

    @Test
    void aTransactionInFlightAbortsTheSwitchoverAndTheApplicationWorksOn() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        application.pass().enter(LONG);

        assertThatThrownBy(() -> pair.upgrade()
                        .switchOver(new SwitchSettings(
                                false, Duration.ofMillis(20), SwitchSettings.OnTimeout.ABORT, false)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));

        application.pass().leave();
        assertThat(pair.gate().isClosed()).isFalse();
        assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
        application.transaction("UPDATE ITEM SET QTY = 2");
        pair.upgrade().switchOver(settings(false));
        assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(2000);
    }

    @Test
    void aCommitThatNeverEndsAbortsTheSwitchoverAndTheApplicationWorksOn() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        ChangeLog log = pair.route().replication().log();
        Table table = pair.route().replication().catalog().tables().get(0);
        ChangeLog.Slot open = log.reserve(null, Changes.of(List.of(Change.delete(table, RowKey.ofValues(5000L)))));

        assertThatThrownBy(() -> pair.upgrade()
                        .switchOver(new SwitchSettings(
                                false, Duration.ofMillis(20), SwitchSettings.OnTimeout.ABORT, false)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"))
                .hasMessageContaining("drain_timeout");

        assertThat(pair.gate().isClosed()).isFalse();
        application.transaction("UPDATE ITEM SET QTY = 2");
        open.rolledBack();
        pair.upgrade().switchOver(settings(false));
        assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(2000);
    }

    @Test
    void aRowThatIsLockedOnTheNewStoreAbortsTheSwitchoverAndTheApplicationWorksOn() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        try (Connection reader = pair.connectToOther(USER);
                Application other = new Application(pair, USER)) {
            reader.setAutoCommit(false);
            reader.createStatement().executeQuery("SELECT * FROM ITEM WHERE ID = 1 FOR UPDATE");
            application.pass().enter(LONG);
            Future<SwitchReport> switching = thread.submit(() -> pair.upgrade()
                    .switchOver(
                            new SwitchSettings(false, Duration.ofSeconds(1), SwitchSettings.OnTimeout.ABORT, false)));
            while (!pair.gate().isClosed()) {
                Thread.onSpinWait();
            }

            application.transaction("UPDATE ITEM SET QTY = 2 WHERE ID = 1");
            other.transaction("UPDATE ITEM SET QTY = 3 WHERE ID = 2");

            assertThatThrownBy(() -> switching.get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
            reader.rollback();
        }
        pair.upgrade().switchOver(settings(false));
        assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(5);
    }

    @Test
    void whatIsPausedAccumulates() throws Exception {
        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        pair.upgrade().pause();
        application.transaction("UPDATE ITEM SET QTY = 2 WHERE ID <= 5");

        Status paused = pair.upgrade().status();

        assertThat(paused.replication()).isEqualTo(ReplicationState.PAUSED);
        assertThat(paused.changesPending()).isEqualTo(5);
        pair.upgrade().resume();
        pair.upgrade().switchOver(settings(false));
        assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(10);
    }

    @Test
    void writersNeverLoseARowWhileStoresChangeBackAndForth() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<Integer> written = threads.submit(() -> {
            int count = 0;
            try (Application writer = new Application(pair, USER)) {
                while (!end.get()) {
                    writer.transaction("UPDATE ITEM SET QTY = QTY + 1 WHERE ID = " + (count % 1000 + 1));
                    count++;
                }
            }
            return count;
        });

        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        for (int round = 0; round < 5; round++) {
            pair.upgrade().switchOver(settings(false));
            pair.upgrade().reverse(settings(false));
        }
        end.set(true);

        int count = written.get(30, TimeUnit.SECONDS);
        threads.shutdown();
        assertThat(application.number("SELECT SUM(QTY) FROM ITEM")).isEqualTo(count);
        assertThat(pair.upgrade().verify(new VerifySettings(List.of(), false, null)))
                .allMatch(TableReport::isSame);
    }

    @Test
    void largeObjectsAreCarriedOverWhileTheyAreReplacedAllTheTime() throws Exception {
        application.transaction("CREATE TABLE NOTE(ID INT PRIMARY KEY, TEXT CLOB NOT NULL)");
        application.transaction("INSERT INTO NOTE SELECT X, SPACE(5000) FROM SYSTEM_RANGE(1, 200)");
        AtomicBoolean end = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<?> writing = threads.submit(() -> {
            try (Application writer = new Application(pair, USER)) {
                for (int id = 0; !end.get(); id = (id + 1) % 200) {
                    writer.transaction("UPDATE NOTE SET TEXT = SPACE(" + (5000 + id) + ") WHERE ID = " + (id + 1));
                }
            }
            return null;
        });

        start();
        pair.upgrade().await(Phase.REPLICATING, LONG);
        end.set(true);

        writing.get(30, TimeUnit.SECONDS);
        threads.shutdown();
        assertThat(pair.upgrade().verify(new VerifySettings(List.of(), false, null)))
                .allMatch(TableReport::isSame);
    }

    private void start() throws SQLException {
        pair.upgrade().start(new StartSettings(null, Set.of(), USER));
    }

    private static SwitchSettings settings(boolean verifyRequired) {
        return new SwitchSettings(false, Duration.ofSeconds(5), SwitchSettings.OnTimeout.ABORT, verifyRequired);
    }

    private static PairCredentials user() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new PairCredentials(new Credentials(properties), new Credentials(properties));
    }
}
