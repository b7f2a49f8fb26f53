package org.batonjdbc.store.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.store.dialect.Dialect;
import org.junit.jupiter.api.Test;

/** The rules about what the active store holds, each both ways, on real stores of H2. */
class RuleTest extends Checked {
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
}
