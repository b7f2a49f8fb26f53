package org.batonjdbc.store.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.EngineJars;
import org.batonjdbc.store.engine.PoolSettings;
import org.batonjdbc.store.engine.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule both ways, on real stores of H2 1.4.200 that are to become ones of 2.5.252. */
class PreflightTest {
    private static final EngineJars JARS = EngineJars.in(Path.of("target", "engines"));
    private static final Credentials SA = user("sa", "");

    private static final List<Store> ENGINES = new ArrayList<>();

    private final String name = UUID.randomUUID().toString();
    private final List<Store> stores = new ArrayList<>();

    private Store active;
    private Connection application;
    private String upgraded = "h2:2.5.252@jdbc:h2:mem:" + name + ";MODE=LEGACY";
    private Credentials activeUser = SA;
    private Credentials upgradedUser = SA;
    private Set<String> exclude = Set.of();
    private Tenant tenant = Tenant.NOBODY;
    private Machine machine = new ThisMachine();

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

    private void openTheActiveStore(String url) throws SQLException {
        active = open(url);
        application = active.connect(SA);
    }

    private Store open(String url) throws SQLException {
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

    private static Credentials user(String name, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("password", password);
        return new Credentials(properties);
    }

    private void run(String... statements) throws SQLException {
        run(application, statements);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<Finding> check() throws SQLException {
        return Preflight.check(
                new PreflightRequest(
                        active, activeUser, StoreUrl.parse(upgraded), upgradedUser, JARS, exclude, store -> tenant),
                machine);
    }

    private List<Finding> check(String rule) throws SQLException {
        return check().stream().filter(finding -> finding.rule().equals(rule)).toList();
    }

    private Finding only(String rule) throws SQLException {
        List<Finding> findings = check(rule);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private void assertPassed(String rule) throws SQLException {
        assertThat(only(rule).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void aSchemaThatCausesNoTroublePassesEveryRuleOnce() throws SQLException {
        run(
                "CREATE TABLE CUSTOMER(ID IDENTITY PRIMARY KEY, NAME VARCHAR(50) NOT NULL, BORN DATE)",
                "CREATE TABLE ORDERS(ID INT PRIMARY KEY, CUSTOMER BIGINT REFERENCES CUSTOMER(ID), TOTAL DECIMAL(10, 2),"
                        + " AT TIMESTAMP, PAID BOOLEAN DEFAULT FALSE, NOTE CLOB, SCAN BLOB, TWICE INT AS (ID * 2))",
                "CREATE INDEX BY_CUSTOMER ON ORDERS(CUSTOMER)",
                "CREATE VIEW PAID_ORDERS AS SELECT * FROM ORDERS WHERE PAID");

        List<Finding> findings = check();

        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.OK);
        assertThat(findings)
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder(
                        "connection",
                        "engine",
                        "privileges",
                        "target-empty",
                        "primary-key",
                        "triggers",
                        "memory",
                        "data-model",
                        "schema",
                        "column-type",
                        "inline-storage",
                        "decimal",
                        "long-values",
                        "reserved-words");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank();
            assertThat(finding.object()).isNotBlank();
        });
    }

    @Test
    void errorsComeFirstThenWarningsAndEachSaysWhatToDo() throws SQLException {
        run("CREATE TABLE KEYLESS(A INT)", "CREATE TABLE BARE(ID INT PRIMARY KEY, D DECIMAL)");

        List<Finding> findings = check();

        assertThat(findings).isSortedAccordingTo(Comparator.comparing(Finding::severity));
        assertThat(findings).extracting(Finding::severity).contains(Severity.ERROR, Severity.WARNING, Severity.OK);
        assertThat(findings)
                .filteredOn(finding -> finding.severity() != Severity.OK)
                .allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
    }

    @Test
    void theCheckChangesNeitherStore() throws SQLException {
        run("CREATE TABLE T(ID INT PRIMARY KEY)", "INSERT INTO T VALUES(1)");
        List<String> before = script();
        upgraded = "h2:2.5.252@jdbc:h2:file:" + folder.resolve("upgraded");

        check();

        assertThat(script()).isEqualTo(before);
        assertThat(folder).isEmptyDirectory();
    }

    private List<String> script() throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = application.createStatement();
                ResultSet rows = statement.executeQuery("SCRIPT")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    // ---- primary-key

    @Test
    void aTableWithoutKeyIsRefused() throws SQLException {
        run("CREATE TABLE KEYLESS(A INT UNIQUE)");

        Finding finding = only("primary-key");

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("PUBLIC.KEYLESS");
        assertThat(finding.remedy()).contains("exclude = 'PUBLIC.KEYLESS'");
    }

    @Test
    void aUniqueIndexOnColumnsThatAreNotNullIsAKey() throws SQLException {
        run("CREATE TABLE KEYED(A INT NOT NULL UNIQUE)");

        assertPassed("primary-key");
    }

    @Test
    void aTableThatIsLeftOutIsToldOfAndSoAreForeignKeysToIt() throws SQLException {
        run(
                "CREATE TABLE PARENT(A INT NOT NULL UNIQUE)",
                "CREATE TABLE CHILD(ID INT PRIMARY KEY, A INT REFERENCES PARENT(A))");
        exclude = Set.of("parent");

        List<Finding> findings = check("primary-key");

        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.WARNING);
        assertThat(findings).extracting(Finding::object).containsExactly("PUBLIC.PARENT", "PUBLIC.CHILD");
        assertThat(findings.get(0).message()).contains("neither copied nor replicated");
        assertPassed("schema");
    }

    @Test
    void anUnknownTableCannotBeLeftOut() throws SQLException {
        exclude = Set.of("NOSUCH");

        Finding finding = only("primary-key");

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("NOSUCH");
    }

    // ---- memory, disk, data model

    @Test
    void lessThanTwiceTheMemoryIsRefusedWithBothFigures() throws SQLException {
        run(
                "CREATE TABLE T(ID INT PRIMARY KEY, NAME VARCHAR(50))",
                "INSERT INTO T SELECT X, 'name' FROM SYSTEM_RANGE(1, 10000)");
        assertPassed("memory");

        machine = new SmallMachine(5 << 20, 1L << 40, 64);

        Finding finding = only("memory");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.message()).contains("3.2 MB", "6.4 MB", "5.0 MB");
        assertThat(finding.remedy()).contains("-Xmx");
    }

    @Test
    void lessThanTwiceTheDiskIsRefusedWithBothFigures() throws SQLException {
        openTheActiveStore("h2:1.4.200@jdbc:h2:file:" + folder.resolve("active"));
        run(
                "CREATE TABLE T(ID INT PRIMARY KEY, NAME VARCHAR(50))",
                "INSERT INTO T SELECT X, 'name' FROM SYSTEM_RANGE(1, 10000)",
                "CHECKPOINT SYNC");
        upgraded = "h2:2.5.252@jdbc:h2:file:" + folder.resolve("new").resolve("upgraded");
        assertPassed("disk");
        assertThat(check("memory")).isEmpty();

        machine = new SmallMachine(1L << 40, 1000, 64);

        Finding finding = only("disk");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo(folder.resolve("new").toString());
        assertThat(finding.message()).contains("1000 bytes are free");
    }

    @Test
    void storesOfDifferentDataModelsAreRefused() throws SQLException {
        assertPassed("data-model");

        machine = new SmallMachine(1L << 40, 1L << 40, 32);

        Finding finding = only("data-model");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.message()).contains("64-bit").contains("32-bit");
    }

    /** Has little room, and keeps stores of H2 2.5 in a process of another data model. */
    private record SmallMachine(long heap, long disk, int newDataModel) implements Machine {
        @Override
        public long freeHeap(long wanted) {
            return heap;
        }

        @Override
        public long maximumHeap() {
            return heap;
        }

        @Override
        public long usableSpace(Path directory) {
            return disk;
        }

        @Override
        public Optional<Integer> dataModel(Dialect dialect, Connection connection) throws SQLException {
            return dialect.version(connection).startsWith("2.")
                    ? Optional.of(newDataModel)
                    : dialect.dataModel(connection);
        }
    }

    // ---- schema and columns

    @Test
    void aStatementThatTheUpgradedEngineRefusesIsReportedInItsWords() throws SQLException {
        run(
                "CREATE TABLE T(ID INT PRIMARY KEY)",
                "CREATE VIEW OLD_CATALOG AS SELECT SQL FROM INFORMATION_SCHEMA.TABLES");

        Finding finding = only("schema");

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("view PUBLIC.OLD_CATALOG");
        assertThat(finding.message()).contains("Column \"\"SQL\"\" not found");
        run("DROP VIEW OLD_CATALOG", "CREATE VIEW FINE AS SELECT * FROM T");
        assertPassed("schema");
    }

    @Test
    void aBareDecimalIsWarnedAboutAndOneWithDigitsIsNot() throws SQLException {
        run("CREATE TABLE T(ID INT PRIMARY KEY, BARE DECIMAL, EXACT DECIMAL(12, 4), WHOLE DECIMAL(12))");

        Finding finding = only("decimal");

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.object()).isEqualTo("PUBLIC.T.BARE");
        assertThat(finding.message()).contains("DECFLOAT");
        assertThat(finding.remedy()).contains("ALTER TABLE \"PUBLIC\".\"T\" ALTER COLUMN \"BARE\"");
        assertPassed("column-type");
    }

    @Test
    void theRemedyForABareDecimalWorks() throws SQLException {
        run("CREATE TABLE T(ID INT PRIMARY KEY, BARE DECIMAL)");
        String remedy = only("decimal").remedy();

        run(remedy.substring(remedy.indexOf("ALTER TABLE")));

        assertPassed("decimal");
    }

    // ---- triggers

    @Test
    void aTriggerThatWritesOtherRowsIsRefusedAndOneThatEditsItsOwnIsNot() throws SQLException {
        run(
                "CREATE TABLE T(ID INT PRIMARY KEY)",
                "CREATE FORCE TRIGGER EDITS BEFORE INSERT ON T FOR EACH ROW AS 'org.h2.api.Trigger create() { return new"
                        + " org.h2.tools.TriggerAdapter() { public void fire(java.sql.Connection c, java.sql.ResultSet o,"
                        + " java.sql.ResultSet n) throws java.sql.SQLException { n.updateInt(1, 1); } }; }'");
        assertPassed("triggers");

        run(
                "CREATE FORCE TRIGGER WRITES AFTER INSERT ON T FOR EACH ROW AS 'org.h2.api.Trigger create() { return new"
                        + " org.h2.tools.TriggerAdapter() { public void fire(java.sql.Connection c, java.sql.ResultSet o,"
                        + " java.sql.ResultSet n) throws java.sql.SQLException { c.createStatement().execute(\"SELECT 1\"); } }; }'");

        Finding finding = only("triggers");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).contains("WRITES");
        exclude = Set.of("T");
        assertPassed("triggers");
    }

    @Test
    void aTriggerWhoseCodeIsNotAtHandIsWarnedAbout() throws SQLException {
        run(
                "CREATE TABLE T(ID INT PRIMARY KEY)",
                "CREATE FORCE TRIGGER UNSEEN BEFORE INSERT ON T FOR EACH ROW CALL \"org.example.Unseen\"");

        Finding finding = only("triggers");

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.message()).contains("org.example.Unseen");
    }

    // ---- reserved words

    @Test
    void newReservedWordsAreNamedTogetherInTheRemedy() throws SQLException {
        upgraded = "h2:2.5.252@jdbc:h2:mem:" + name;
        run("CREATE TABLE KEY(ID INT PRIMARY KEY, VALUE INT, PLAIN INT, \"TABLE\" INT)");

        List<Finding> findings = check("reserved-words");

        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.WARNING);
        assertThat(findings).extracting(Finding::object).containsExactly("PUBLIC.KEY", "PUBLIC.KEY.VALUE");
        assertThat(findings)
                .extracting(Finding::remedy)
                .containsOnly("add ;NON_KEYWORDS=KEY,VALUE to the upgraded store's URL");
        upgraded += ";NON_KEYWORDS=KEY,VALUE";
        assertPassed("reserved-words");
    }

    // ---- engine, target, privileges, connection

    @Test
    void anEngineWhoseJarIsMissingIsRefusedAndTheRestIsStillChecked() throws SQLException {
        run("CREATE TABLE KEYLESS(A INT)");
        upgraded = "h2:9.9.999@jdbc:h2:mem:" + name;

        Finding finding = only("engine");

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.message()).contains("h2-9.9.999.jar").contains("mvn dependency:get");
        assertThat(only("primary-key").severity()).isEqualTo(Severity.ERROR);
        assertThat(check("schema")).isEmpty();
    }

    @Test
    void theActiveStoreCannotBeItsOwnUpgradedStore() throws SQLException {
        upgraded = "h2:1.4.200@jdbc:h2:mem:" + name + ";MODE=LEGACY";
        assertThat(only("engine").severity()).isEqualTo(Severity.ERROR);

        openTheActiveStore("h2:1.4.200@jdbc:h2:file:" + folder.resolve("same"));
        upgraded = "h2:2.5.252@jdbc:h2:file:" + folder.resolve("same");

        assertThat(only("engine").message()).contains("it is the active store itself");
    }

    @Test
    void anOlderEngineIsWarnedAbout() throws SQLException {
        openTheActiveStore("h2:2.5.252@jdbc:h2:mem:" + name);
        upgraded = "h2:1.4.200@jdbc:h2:mem:" + name + "-old";

        Finding finding = only("engine");

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.message()).contains("1.4.200 is older than the active store's 2.5.252");
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertThat(VersionRule.compare("2.10.1", "2.9.7")).isPositive();
        assertThat(VersionRule.compare("1.4.200", "2.1.214")).isNegative();
        assertThat(VersionRule.compare("16.1", "16.1")).isZero();
        assertThat(VersionRule.compare("16", "16.1")).isNegative();
    }

    @Test
    void anUpgradedStoreThatIsNotEmptyIsRefusedUnlessThePairLeftItBehind() throws SQLException {
        Store target = open(upgraded);
        try (Connection connection = target.connect(SA)) {
            assertPassed("target-empty");
            run(connection, "CREATE TABLE SOMEBODYS(ID INT PRIMARY KEY)");

            Finding finding = only("target-empty");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("PUBLIC.SOMEBODYS");

            tenant = Tenant.SAME_PAIR;
            assertPassed("target-empty");
            tenant = Tenant.OTHER_PAIR;
            assertThat(only("target-empty").message()).contains("another pair");
        }
    }

    @Test
    void aUserWithoutTheRightIsRefused() throws SQLException {
        run("CREATE USER BOB PASSWORD 'secret'");
        activeUser = user("BOB", "secret");
        upgradedUser = user("BOB", "secret");

        assertThat(only("privileges"))
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR))
                .satisfies(finding -> assertThat(finding.message()).contains("ADMIN"));
    }

    @Test
    void anUpgradedStoreThatCannotBeReachedIsRefusedInTheEnginesWords() throws SQLException {
        Store target = open(upgraded);
        try (Connection keeping = target.connect(SA)) {
            assertPassed("connection");
            upgradedUser = user("sa", "wrong");

            Finding finding = only("connection");

            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("Wrong user name or password");
            assertThat(keeping.isClosed()).isFalse();
        }
    }

    @Test
    void anActiveStoreThatCannotBeReadIsSaidSo() throws SQLException {
        activeUser = user("sa", "wrong");

        assertThat(check()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.rule()).isEqualTo("connection");
        });
    }

    @Test
    void sizesAreReadable() {
        assertThat(Size.of(0)).isEqualTo("0 bytes");
        assertThat(Size.of(1023)).isEqualTo("1023 bytes");
        assertThat(Size.of(1536)).isEqualTo("1.5 KB");
        assertThat(Size.of(3L << 40)).isEqualTo("3.0 TB");
    }
}
