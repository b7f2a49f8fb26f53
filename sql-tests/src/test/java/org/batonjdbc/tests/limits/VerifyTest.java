package org.batonjdbc.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.batonjdbc.tests.stress.Writers;
import org.junit.jupiter.api.Test;

/** VERIFY finds every row that is wrong, says which, and takes no row for wrong that is merely on its way. */
class VerifyTest {
    @Test
    @Pair(options = "chunkRows=7")
    void rowsWithAWholeNumberAsKey(Stores stores) throws Exception {
        finds(stores, "id INT PRIMARY KEY", "X", "(25)", "(26)", "(500)", "(0)");
    }

    @Test
    @Pair(options = "chunkRows=7")
    void rowsWithAKeyOfTwoNumbers(Stores stores) throws Exception {
        finds(stores, "g INT, id INT, PRIMARY KEY(g, id)", "MOD(X, 3), X", "(1, 25)", "(2, 26)", "(2, 500)", "(0, 0)");
    }

    @Test
    @Pair(options = "chunkRows=7")
    void rowsWhoseKeysEnginesMaySortInTheirOwnWay(Stores stores) throws Exception {
        finds(stores, "id VARCHAR(20) PRIMARY KEY", "X", "(25)", "(26)", "(500)", "(0)");
    }

    /** H2 finds the old text through the index, and the new one in the table. */
    @Test
    @Pair
    void aKeyWithoutRegardToCaseMayChangeItsCase(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE item(id VARCHAR_IGNORECASE(20), n INT, text VARCHAR_IGNORECASE(20), PRIMARY KEY (id, n))",
                "INSERT INTO item VALUES ('abc', 1, 'text'), ('def', 2, 'text')");
        stores.replicate();
        stores.execute("UPDATE item SET id = 'ABC' WHERE n = 1");
        stores.awaitApplied();
        stores.verifySame();

        changePastTheTriggers(stores, "UPDATE item SET text = 'TEXT' WHERE n = 2");

        assertThat(verify(stores, "[PUBLIC.ITEM, 2, 2, 1, DIFFERENT]"))
                .singleElement()
                .asString()
                .contains("(def, 2) differs");
    }

    private static void finds(
            Stores stores, String key, String keyOfX, String changed, String missing, String extra, String other)
            throws Exception {
        String table = "CREATE TABLE item(" + key + ", text VARCHAR(20))";
        String fill = "INSERT INTO item SELECT " + keyOfX + ", 'row ' || X FROM SYSTEM_RANGE";
        stores.execute(table, fill + "(0, 100)");
        stores.replicate();
        stores.verifySame();
        try (Statement there = stores.pastBatonToSecond().createStatement()) {
            there.execute("UPDATE item SET text = 'wrong' WHERE id = 25");
            there.execute("DELETE FROM item WHERE id = 26");
            there.execute(fill + "(500, 500)");
        }
        changePastTheTriggers(stores, "UPDATE item SET text = 'unseen' WHERE id = 0");

        List<String> found = verify(stores, "[PUBLIC.ITEM, 101, 101, 4, DIFFERENT]");

        assertThat(found)
                .singleElement()
                .asString()
                .contains(
                        "UPGRADE VERIFY found PUBLIC.ITEM: 4 rows differ: ",
                        changed + " differs",
                        missing + " is missing on the upgraded store",
                        extra + " is only on the upgraded store",
                        other + " differs");
        assertThatThrownBy(() -> stores.execute("UPGRADE SWITCH"))
                .hasMessageContaining("the last one found PUBLIC.ITEM: 4 rows differ")
                .hasMessageContaining(missing);
        stores.execute("UPGRADE REPAIR");
        assertThat(verify(stores, "[PUBLIC.ITEM, 101, 102, 1, DIFFERENT]"))
                .singleElement()
                .asString()
                .contains("1 row differs: " + extra);
        assertThat(stores.text("SELECT text FROM item WHERE id = 26", "TEXT")).isEqualTo("row 26");
        stores.execute("UPGRADE REPAIR WITH (extra = 'delete')");
        stores.verifySame();
    }

    @Test
    @Pair(options = "chunkRows=20")
    void rowsThatHaveSwappedUniqueValuesAreMended(Stores stores) throws Exception {
        uniqueRows(stores, "UPDATE item SET n = CASE id WHEN 1 THEN 150 ELSE 1 END WHERE id IN (1, 150)");

        assertThat(warnings(stores, "UPGRADE REPAIR", "[PUBLIC.ITEM, 2, 2, SAME]"))
                .isEmpty();

        stores.verifySame();
    }

    @Test
    @Pair(options = "chunkRows=20")
    void aRowWhoseUniqueValueIsInOneOfTheUpgradedStoreAloneIsMendedOnRequest(Stores stores) throws Exception {
        uniqueRows(stores, "UPDATE item SET id = 5000 WHERE id = 1");

        assertThat(warnings(stores, "UPGRADE REPAIR", "[PUBLIC.ITEM, 2, 0, DIFFERENT]"))
                .singleElement()
                .asString()
                .contains("(1) is missing on the upgraded store", "(5000) is only on the upgraded store");
        stores.execute("UPDATE item SET n = 201 WHERE id = 2");
        assertThat(warnings(stores, "UPGRADE REPAIR WITH (extra = 'delete')", "[PUBLIC.ITEM, 2, 2, SAME]"))
                .isEmpty();

        stores.verifySame();
        assertThat(stores.phase()).isEqualTo("REPLICATING");
    }

    private static void uniqueRows(Stores stores, String wrong) throws Exception {
        stores.execute(
                "CREATE TABLE item(id INT PRIMARY KEY, n INT UNIQUE)",
                "INSERT INTO item SELECT X, X FROM SYSTEM_RANGE(1, 200)");
        stores.replicate();
        try (Statement there = stores.pastBatonToSecond().createStatement()) {
            there.execute(wrong);
        }
    }

    @Test
    @Pair(options = "chunkRows=20")
    void rowsOnTheirWayAreNoDifference(Stores stores) throws Exception {
        Writers writers = Writers.start(stores, 42);
        try {
            stores.replicate();
            for (int round = 0; round < 5; round++) {
                writers.work(100);
                stores.verifySame();
            }
            writers.finish();
        } finally {
            writers.abandon();
        }
    }

    @Test
    @Pair
    void aTransactionThatHasWrittenDoesNotWaitForItself(Stores stores) throws Exception {
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY, text VARCHAR(20))", "INSERT INTO item VALUES (1, 'one')");
        stores.replicate();
        try (Statement there = stores.pastBatonToSecond().createStatement()) {
            there.execute("DELETE FROM item WHERE id = 1");
        }
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (2, 'two')");

            assertThat(Rows.of(connection, "UPGRADE VERIFY").toString())
                    .isEqualTo("[[PUBLIC.ITEM, 1, 0, 1, DIFFERENT]]");

            connection.commit();
        }
        stores.execute("UPGRADE REPAIR");
        stores.verifySame();
    }

    /** What the engine itself lost would not go through triggers either. */
    private static void changePastTheTriggers(Stores stores, String sql) throws SQLException {
        try (Statement here = stores.pastBatonToFirst().createStatement()) {
            for (List<Object> trigger : Rows.of(
                    here.getConnection(),
                    "SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS WHERE TABLE_NAME = 'ITEM'")) {
                here.execute("DROP TRIGGER \"" + trigger.get(0) + "\"");
            }
            here.execute(sql);
        }
    }

    private static List<String> verify(Stores stores, String expected) throws SQLException {
        return warnings(stores, "UPGRADE VERIFY", expected);
    }

    private static List<String> warnings(Stores stores, String inspection, String expected) throws SQLException {
        List<String> warnings = new ArrayList<>();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(inspection)) {
            assertThat(Rows.of(tables).get(0).toString()).isEqualTo(expected);
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                warnings.add(warning.getMessage());
            }
        }
        return warnings;
    }
}
