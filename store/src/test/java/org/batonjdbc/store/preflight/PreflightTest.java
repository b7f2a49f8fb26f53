package org.batonjdbc.store.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.batonjdbc.store.engine.Store;
import org.junit.jupiter.api.Test;

/** What the check does as a whole, and the rules about the two stores, on real stores of H2. */
class PreflightTest extends Checked {
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
                        "embedded",
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
    void anUpgradedStoreWithoutTablesThatHoldsSomethingElseIsWarnedOf() throws SQLException {
        for (String engine : List.of("1.4.200", "2.5.252")) {
            upgraded = "h2:" + engine + "@jdbc:h2:mem:other" + name;
            Store target = open(upgraded);
            try (Connection connection = target.connect(SA)) {
                run(connection, "CREATE SEQUENCE SOMEBODYS", "CREATE VIEW ONES AS SELECT 1 AS N");

                Finding finding = only("target-empty");
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                assertThat(finding.message())
                        .contains("view PUBLIC.ONES", "sequence PUBLIC.SOMEBODYS", "UPGRADE CANCEL removes all");
            }
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
