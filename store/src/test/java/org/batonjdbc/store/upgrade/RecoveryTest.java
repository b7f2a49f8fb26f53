package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.upgrade.ControlRow.Role;
import org.batonjdbc.store.upgrade.SwitchSettings.OnTimeout;
import org.batonjdbc.store.verify.TableReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What control rows make known to the next process, and what happens when they cannot be written. */
class RecoveryTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PairCredentials USER = user();

    @TempDir
    private Path directory;

    @Test
    void whatTheOperatorHasSeenIsKnownToTheNextProcess() throws Exception {
        Status started;
        try (Pair pair = open("a", "b")) {
            fill(pair);
            replicate(pair, Set.of());
            assertSame(pair);
            started = pair.upgrade().status();
        }

        Status switched;
        try (Pair pair = open("a", "b")) {
            assertThat(pair.upgrade().status().startedAt().toEpochMilli())
                    .isEqualTo(started.startedAt().toEpochMilli());
            // What the process was writing when it ended may be torn, so VERIFY is asked for again.
            assertThatThrownBy(() -> pair.upgrade().switchOver(settings(true)))
                    .hasMessageContaining("needs an UPGRADE VERIFY");
            assertSame(pair);
            pair.upgrade().switchOver(settings(true));
            switched = pair.upgrade().status();
        }

        try (Pair pair = open("a", "b")) {
            Status now = pair.upgrade().status();
            assertThat(now.phase()).isEqualTo(Phase.SWITCHED);
            assertThat(now.startedAt().toEpochMilli())
                    .isEqualTo(started.startedAt().toEpochMilli());
            assertThat(now.switchedAt().toEpochMilli())
                    .isEqualTo(switched.switchedAt().toEpochMilli());
            assertThat(now.pauseMillis()).isEqualTo(switched.pauseMillis()).isPositive();
        }
    }

    @Test
    void aTableThatWasExcludedStaysSo() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            application.transaction("CREATE TABLE LOCAL(ID INT)");
            replicate(pair, Set.of("LOCAL"));
        }

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().tables()).isEqualTo(1);
            application.transaction("INSERT INTO LOCAL VALUES (1)", "DELETE FROM ITEM WHERE ID = 1");
            assertSame(pair);
        }
    }

    @Test
    void aTableThatIsOnBothStoresButNotInTheUpgradeStaysOutOfItInTheNextProcess() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            application.transaction("CREATE TABLE EXCLUDED(ID INT PRIMARY KEY)");
            application.transaction("INSERT INTO EXCLUDED VALUES (1)");
            replicate(pair, Set.of("EXCLUDED"));
            application.transaction("CREATE TABLE LATER(ID INT PRIMARY KEY)");
            application.transaction("INSERT INTO LATER VALUES (1)");
            run(pair, "CREATE TABLE EXCLUDED(ID INT PRIMARY KEY)");
            run(pair, "CREATE TABLE LATER(ID INT PRIMARY KEY)");
        }

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            staysOut(pair, application);
            pair.upgrade().switchOver(settings(false));
        }
        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.SWITCHED);
            staysOut(pair, application);
            pair.upgrade().repair(new VerifySettings(List.of(), true, null));
            try (Connection connection = pair.connectToOther(USER);
                    Statement statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT (SELECT COUNT(*) FROM EXCLUDED), (SELECT COUNT(*) FROM LATER)")) {
                rows.next();
                assertThat(List.of(rows.getLong(1), rows.getLong(2)))
                        .as("rows on the store that does not serve")
                        .containsExactly(2L, 2L);
            }
        }
    }

    /** Writes to all tables, of which one is replicated. */
    private static void staysOut(Pair pair, Application application) throws Exception {
        assertThat(pair.upgrade().status().tables()).isEqualTo(1);
        application.transaction(
                "INSERT INTO EXCLUDED VALUES (7)",
                "INSERT INTO LATER VALUES (7)",
                "UPDATE ITEM SET NAME = 'x' WHERE ID < 5");
        assertThat(pair.upgrade().verify(new VerifySettings(List.of(), false, null)))
                .hasSize(1)
                .allMatch(TableReport::isSame);
    }

    @Test
    void aTableOfOneStoreAloneDoesNotEndTheUpgradeInTheNextProcess() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            replicate(pair, Set.of());
            application.transaction("CREATE TABLE LOCAL(ID INT PRIMARY KEY)");
        }

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            assertSame(pair);
            pair.upgrade().switchOver(settings(true));
            application.transaction("CREATE TABLE ALSO_LOCAL(ID INT PRIMARY KEY)");
        }
        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.SWITCHED);
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertSame(pair);
        }
    }

    @Test
    void aTableThatWasDroppedMeanwhileIsNamed() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            application.transaction("CREATE TABLE DROPPED(ID INT PRIMARY KEY)");
            replicate(pair, Set.of());
            application.transaction("DROP TABLE DROPPED");
        }

        try (Pair pair = open("a", "b")) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
            assertThat(pair.upgrade().status().error()).contains("no table any more", "PUBLIC.DROPPED");
        }
    }

    @Test
    void aTableThatIsMissingOnTheUpgradedStoreIsNotTakenForAnExcludedOne() throws Exception {
        try (Pair pair = open("a", "b")) {
            fill(pair);
            replicate(pair, Set.of());
            run(pair, "DROP TABLE ITEM");
        }

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
            assertThat(pair.upgrade().status().error()).contains("REPLICATING", "cannot be taken up", "PUBLIC.ITEM");
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
        }
    }

    @Test
    void aSwitchoverWhoseEpochCannotBeWrittenIsTakenBack() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            replicate(pair, Set.of());
            run(pair, "ALTER TABLE BATON.CONTROL ADD CONSTRAINT NEVER CHECK (STORE_ROLE <> 'ACTIVE')");

            assertThatThrownBy(() -> pair.upgrade().switchOver(settings(false))).isInstanceOf(SQLException.class);

            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
        }

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(99);
            assertSame(pair);
            run(pair, "ALTER TABLE BATON.CONTROL DROP CONSTRAINT NEVER");
            pair.upgrade().switchOver(settings(true));
            assertThat(application.number("SELECT SUBSTRING(H2VERSION(), 1, 1)"))
                    .isEqualTo(2);
            assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(99);
        }
    }

    @Test
    void aSwitchoverThatCannotBeRecordedHasFailedButTheApplicationWorksOn() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            replicate(pair, Set.of());
            run(pair, "ALTER TABLE BATON.CONTROL ADD CONSTRAINT NEVER CHECK (PAUSE_MILLIS IS NULL)");

            pair.upgrade().switchOver(settings(false));

            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.FAILED);
            assertThat(pair.upgrade().status().error()).contains("NEVER");
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertThat(pair.route().isReplicating())
                    .as("what changes is still logged")
                    .isTrue();
            try (Statement statement = pair.connect(pair.route().store(), USER).createStatement()) {
                statement.execute("ALTER TABLE BATON.CONTROL DROP CONSTRAINT NEVER");
            }
            awaitCaptureToStop(pair);
            application.transaction("DELETE FROM ITEM WHERE ID = 2");
            pair.upgrade().complete();
            assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(98);
        }
    }

    private static void awaitCaptureToStop(Pair pair) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (pair.route().isReplicating()) {
            assertThat(System.nanoTime()).as("capture goes on").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aStoreWhoseSuccessorHasBeenReplacedItselfDoesNotServe() throws Exception {
        upgrade("a", "b");
        upgrade("b", "c");

        assertThatThrownBy(() -> open("a", "b")).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("55000");
            assertThat(e.getMessage()).contains("has been replaced by");
        });
        assertThatThrownBy(() -> open("b", "d")).hasMessageContaining("has been replaced by");
        assertThatThrownBy(() -> open("a", "c")).hasMessageContaining("has been replaced by");
        try (Pair pair = open("b", "c");
                Application application = new Application(pair, USER)) {
            assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(100);
        }
    }

    private void upgrade(String from, String to) throws Exception {
        try (Pair pair = open(from, to)) {
            if (from.equals("a")) {
                fill(pair);
            }
            replicate(pair, Set.of());
            pair.upgrade().switchOver(settings(false));
            pair.upgrade().complete();
        }
    }

    @Test
    void theStoreServesThatWasActiveLast() {
        assertThat(row(Role.ACTIVE, 2)).matches(row -> row.precedes(row(Role.ACTIVE, 1)));
        assertThat(row(Role.ACTIVE, 1)).matches(row -> row.precedes(row(Role.FENCED, 1)));
        assertThat(row(Role.FENCED, 1)).matches(row -> row.precedes(row(Role.FOLLOWER, 0)));
        assertThat(row(Role.FENCED, 2)).matches(row -> row.precedes(row(Role.FENCED, 1)));
        assertThat(row(Role.FENCED, 1)).matches(row -> !row.precedes(row(Role.FENCED, 1)));
        assertThat(row(Role.FOLLOWER, 1)).matches(row -> !row.precedes(row(Role.FENCED, 0)));
    }

    private static ControlRow row(Role role, long epoch) {
        return new ControlRow("p", epoch, role, Phase.REPLICATING, "other", History.NONE);
    }

    private static void fill(Pair pair) throws Exception {
        filled(pair).close();
    }

    @Test
    void aStoreThatIsNewGivesWayOnlyToTheOneThatTookOverFromIt() throws Exception {
        try (Pair pair = open("a", "b")) {
            fill(pair);
            replicate(pair, Set.of());
            pair.upgrade().switchOver(settings(false));
            pair.upgrade().complete();
        }
        Files.delete(directory.resolve("a.mv.db"));

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.route().store().toString()).contains("2.5.252");
            assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(100);
        }

        assertThatThrownBy(() -> open("another", "b"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining("which of them is active cannot be told");
    }

    @Test
    void whatTookOverServesAfterTheNextUpgradeWasCancelled() throws Exception {
        StoreUrl inMemory = StoreUrl.parse("h2:1.4.200@jdbc:h2:mem:" + directory.getFileName() + ";DB_CLOSE_DELAY=-1");
        completed(inMemory);

        try (Pair pair = open(inMemory, store("b"));
                Application application = new Application(pair, USER)) {
            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            pair.upgrade().cancel();
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
        }

        assertServes(inMemory, "2.5.252", 99);
    }

    @Test
    void whatTookOverServesWhenItsProcessEndsInTheNextUpgrade() throws Exception {
        completed(store("a"));
        try (Pair pair = open("a", "b")) {
            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
        }

        try (Pair pair = open("a", "b")) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            assertThat(pair.upgrade().status().upgraded()).isEqualTo(store("c").toString());
            assertSame(pair);
            pair.upgrade().cancel();
        }
        assertServes(store("a"), "2.5.252", 100);
    }

    @Test
    void aStoreThatWasLeftByAReverseIsTakenForTheNextUpgradeWhenThatOneWasAbandoned() throws Exception {
        completed(store("a"));
        try (Pair pair = open(store("b"), null);
                Application application = new Application(pair, USER)) {
            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            pair.upgrade().switchOver(settings(false));
            pair.upgrade().reverse(settings(false));
            // as a full disk or a torn page may leave it, so that the next process cannot go on
            application.transaction("DROP TABLE BATON.LOG");
        }
        try (Pair pair = open(store("b"), null);
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
            assertThat(pair.upgrade().status().error()).contains("REPLICATING");
            application.transaction("DELETE FROM ITEM WHERE ID = 1");

            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            assertSame(pair);
            pair.upgrade().cancel();
        }
        assertServes(store("a"), "2.5.252", 99);
    }

    @Test
    void aHalfDoneSwitchoverToAStoreThatTheUrlDoesNotNameIsTakenBack() throws Exception {
        try (Pair pair = open(store("a"), null);
                Application application = filled(pair)) {
            pair.upgrade().start(new StartSettings(store("b"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            // as a process leaves it that dies between the two writes of a switchover
            application.transaction("UPDATE BATON.CONTROL SET EPOCH = 1, STORE_ROLE = 'FENCED'");
        }

        try (Pair pair = open(store("a"), null);
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertSame(pair);
        }
    }

    @Test
    void aHalfDoneSwitchoverToAThirdStoreIsTakenBackOnTheUrlOfTheFirstTwo() throws Exception {
        completed(store("a"));
        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            application.transaction("UPDATE BATON.CONTROL SET EPOCH = 2, STORE_ROLE = 'FENCED' WHERE ID = 1");
        }

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            assertThat(pair.upgrade().status().upgraded()).isEqualTo(store("c").toString());
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertSame(pair);
            pair.upgrade().cancel();
        }
        assertServes(store("a"), "2.5.252", 99);
    }

    @Test
    void aHalfDoneSwitchoverToAnotherStoreThanTheUrlNamesIsTakenBack() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            application.transaction("UPDATE BATON.CONTROL SET EPOCH = 1, STORE_ROLE = 'FENCED' WHERE ID = 1");
        }

        try (Pair pair = open("a", "b");
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertSame(pair);
        }
    }

    @Test
    void afterASwitchoverToAThirdStoreTheFirstTwoLeadToItByName() throws Exception {
        completed(store("a"));
        try (Pair pair = open("a", "b")) {
            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            pair.upgrade().switchOver(settings(false));
        }

        for (String first : List.of("a", "b")) {
            assertThatThrownBy(() -> open(first, first.equals("a") ? "b" : "d"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                    .hasMessageContaining(store("b") + " has been replaced by " + store("c"))
                    .hasMessageEndingWith("name that store in the URL");
        }
        try (Pair pair = open(store("c"), null);
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.SWITCHED);
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertSame(pair);
        }
    }

    @Test
    void aStoreThatWasNotToldThatItsSwitchoverWasTakenBackDoesNotServe() throws Exception {
        try (Pair pair = open("a", "b");
                Application application = filled(pair)) {
            replicate(pair, Set.of());
            // as a connection leaves it that is lost when the new store has been made active
            run(pair, "UPDATE BATON.CONTROL SET EPOCH = 1, STORE_ROLE = 'ACTIVE', PHASE = 'SWITCHED'");
            application.transaction("UPDATE BATON.CONTROL SET EPOCH = 2");
        }

        for (StoreUrl second : Arrays.asList(null, store("d"))) {
            assertThatThrownBy(() -> open(store("b"), second))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                    .hasMessageContaining(store("b") + " has been replaced by " + store("a"));
        }
        try (Pair pair = open(store("a"), null);
                Application application = new Application(pair, USER)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.REPLICATING);
            application.transaction("DELETE FROM ITEM WHERE ID = 1");
            assertSame(pair);
            try (Connection connection = pair.connectToOther(USER)) {
                assertThat(new ControlTable(pair.route().store().dialect().orElseThrow())
                                .read(connection)
                                .orElseThrow()
                                .role())
                        .isEqualTo(Role.FOLLOWER);
            }
        }
    }

    @Test
    void aStoreInMemoryIsNewWhenItsSuccessorWasLeftInAHalfDoneSwitchover() throws Exception {
        StoreUrl inMemory = StoreUrl.parse("h2:1.4.200@jdbc:h2:mem:" + directory.getFileName() + ";DB_CLOSE_DELAY=-1");
        completed(inMemory);
        try (Pair pair = open(inMemory, store("b"));
                Application application = new Application(pair, USER)) {
            pair.upgrade().start(new StartSettings(store("c"), Set.of(), USER));
            pair.upgrade().await(Phase.REPLICATING, LONG);
            application.transaction("UPDATE BATON.CONTROL SET EPOCH = 2, STORE_ROLE = 'FENCED' WHERE ID = 1");
        }

        assertServes(inMemory, "2.5.252", 100);
    }

    @Test
    void aStoreThatCannotBeOpenedIsNotTakenForOneThatIsNotThereYet() throws Exception {
        StoreUrl inMemory = StoreUrl.parse("h2:1.4.200@jdbc:h2:mem:" + directory.getFileName() + ";DB_CLOSE_DELAY=-1");
        completed(inMemory);
        Files.write(directory.resolve("b.mv.db"), new byte[5000]);

        assertThatThrownBy(() -> open(inMemory, store("b")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining("cannot be opened, and may have taken over from");
    }

    @Test
    void whatTookOverServesAfterTheNextUpgradeFailedToBegin() throws Exception {
        StoreUrl inMemory = StoreUrl.parse("h2:1.4.200@jdbc:h2:mem:" + directory.getFileName() + ";DB_CLOSE_DELAY=-1");
        completed(inMemory);
        try (Pair other = open(store("c"), null);
                Application application = new Application(other, USER)) {
            application.transaction("CREATE TABLE ITEM(ID INT PRIMARY KEY)");
        }

        try (Pair pair = open(inMemory, store("b"))) {
            // past preflight, which would refuse a store that is not empty
            assertThatThrownBy(() -> pair.worker()
                            .call(
                                    "START",
                                    LONG,
                                    () -> new Start(pair, Clock.systemUTC())
                                            .run(new StartSettings(store("c"), Set.of(), USER))))
                    .isInstanceOf(SQLException.class);
        }

        assertServes(inMemory, "2.5.252", 100);
    }

    @Test
    void aStoreThatHasBeenReplacedNeedNotBeReadable() throws Exception {
        completed(store("a"));
        Files.write(directory.resolve("a.mv.db"), new byte[5000]);

        assertServes(store("a"), "2.5.252", 100);
        assertThatThrownBy(() -> open("a", "another"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isNotEqualTo("55000"));
    }

    @Test
    void whileThereIsAWayBackAStoreThatCannotBeReadIsNotGivenUpUnasked() throws Exception {
        try (Pair pair = open("a", "b")) {
            fill(pair);
            replicate(pair, Set.of());
            pair.upgrade().switchOver(settings(false));
        }
        byte[] good = Files.readAllBytes(directory.resolve("a.mv.db"));
        Files.write(directory.resolve("a.mv.db"), new byte[5000]);

        assertThatThrownBy(() -> open("a", "b"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining("or open " + store("b") + " alone once");

        Files.write(directory.resolve("a.mv.db"), good);
        try (Pair pair = open("a", "b")) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.SWITCHED);
        }
        Files.write(directory.resolve("a.mv.db"), new byte[5000]);
        try (Pair pair = open(store("b"), null)) {
            assertThat(pair.upgrade().status().phase()).isEqualTo(Phase.IDLE);
        }
        assertServes(store("a"), "2.5.252", 100);
    }

    @Test
    void aStoreWhoseFilesAreGoneIsNewToo() throws Exception {
        completed(store("a"));
        Files.delete(directory.resolve("a.mv.db"));
        Files.write(directory.resolve("b.mv.db"), new byte[5000]);

        assertThatThrownBy(() -> open("a", "b")).hasMessageContaining("cannot be opened, and may have taken over from");
    }

    /** An upgrade to {@code b} that is over. */
    private void completed(StoreUrl first) throws Exception {
        try (Pair pair = open(first, store("b"))) {
            fill(pair);
            replicate(pair, Set.of());
            pair.upgrade().switchOver(settings(false));
            pair.upgrade().complete();
        }
    }

    private void assertServes(StoreUrl first, String release, long rows) throws Exception {
        try (Pair pair = open(first, store("b"));
                Application application = new Application(pair, USER)) {
            assertThat(pair.route().store().toString()).contains(release);
            assertThat(application.number("SELECT COUNT(*) FROM ITEM")).isEqualTo(rows);
        }
    }

    private static Application filled(Pair pair) throws Exception {
        Application application = new Application(pair, USER);
        application.transaction("CREATE TABLE ITEM(ID INT PRIMARY KEY, NAME VARCHAR(20))");
        application.transaction("INSERT INTO ITEM SELECT X, 'n' || X FROM SYSTEM_RANGE(1, 100)");
        return application;
    }

    private static void replicate(Pair pair, Set<String> excluded) throws SQLException {
        pair.upgrade().start(new StartSettings(null, excluded, USER));
        pair.upgrade().await(Phase.REPLICATING, LONG);
    }

    /** On the store that does not serve, behind Baton's back. */
    private static void run(Pair pair, String sql) throws SQLException {
        try (Connection connection = pair.connectToOther(USER);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertSame(Pair pair) throws SQLException {
        assertThat(pair.upgrade().verify(new VerifySettings(List.of(), false, null)))
                .allMatch(TableReport::isSame);
    }

    private Pair open(String first, String second) throws SQLException {
        return open(store(first), store(second));
    }

    private static Pair open(StoreUrl first, StoreUrl second) throws SQLException {
        return Pair.open(
                new PairSettings(
                        first,
                        second,
                        Path.of(System.getProperty("baton.engines")),
                        64,
                        Duration.ofSeconds(5),
                        100,
                        10_000_000,
                        PairSettings.LogKind.AUTO),
                USER);
    }

    private StoreUrl store(String name) throws SQLException {
        return StoreUrl.parse((name.equals("a") ? "h2:1.4.200" : "h2:2.5.252") + "@jdbc:h2:" + directory.resolve(name));
    }

    private static SwitchSettings settings(boolean verified) {
        return new SwitchSettings(false, Duration.ofSeconds(5), OnTimeout.ABORT, verified);
    }

    private static PairCredentials user() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new PairCredentials(new Credentials(properties), new Credentials(properties));
    }
}
