package org.batonjdbc.store.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.RowTriggers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both generations of the engine call triggers for, in which order, and what Baton's triggers make of it. */
class H2RowTriggersTest {
    private final H2Dialect dialect = new H2Dialect();
    private final RowTriggers triggers = dialect.rowTriggers().orElseThrow();
    private final RecordingSink sink = new RecordingSink();

    private H2Store watched(String version, String... tables) throws Exception {
        H2Store store = H2Store.inMemory(version);
        store.run(tables);
        attach(store);
        return store;
    }

    private void attach(H2Store store) throws SQLException {
        triggers.attach(
                store.connection(),
                store.loader(),
                dialect.catalog(store.connection()).tables(),
                sink);
        sink.takeEvents();
    }

    private List<String> after(H2Store store, String sql) throws SQLException {
        store.run(sql);
        return sink.takeEvents();
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void eachChangedRowIsReportedWithItsOldAndNewImage(String version) throws Exception {
        try (H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY, N VARCHAR)")) {
            assertThat(after(store, "INSERT INTO P VALUES (1, 'a'), (2, 'b')"))
                    .containsExactly("begin", "P null -> [1, a]", "P null -> [2, b]");
            assertThat(after(store, "INSERT INTO P SELECT ID + 10, N FROM P WHERE ID = 1"))
                    .containsExactly("begin", "P null -> [11, a]");
            assertThat(after(store, "UPDATE P SET N = N WHERE ID = 1")).containsExactly("begin", "P [1, a] -> [1, a]");
            assertThat(after(store, "UPDATE P SET ID = ID + 1 WHERE ID < 10"))
                    .containsExactly("begin", "P [1, a] -> [2, a]", "P [2, b] -> [3, b]");
            assertThat(after(store, "DELETE FROM P WHERE ID = 3")).containsExactly("begin", "P [3, b] -> null");
            assertThat(after(store, "DELETE FROM P WHERE ID = 99")).containsExactly("begin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void mergeReportsItsInsertsUpdatesAndDeletesAmongFurtherBegins(String version) throws Exception {
        try (H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY, N VARCHAR)")) {
            store.run("INSERT INTO P VALUES (1, 'a'), (2, 'b')");
            sink.takeEvents();

            assertThat(after(store, "MERGE INTO P KEY(ID) VALUES (1, 'm'), (3, 'n')"))
                    .containsExactly("begin", "P [1, a] -> [1, m]", "begin", "P null -> [3, n]");
            assertThat(after(
                            store,
                            "MERGE INTO P USING (SELECT 1 AS I UNION ALL SELECT 2 UNION ALL SELECT 4) S ON P.ID = S.I"
                                    + " WHEN MATCHED AND S.I = 2 THEN DELETE WHEN MATCHED THEN UPDATE SET N = 'u'"
                                    + " WHEN NOT MATCHED THEN INSERT VALUES (S.I, 'i')"))
                    .filteredOn(event -> !event.equals("begin"))
                    .containsExactlyInAnyOrder("P [1, m] -> [1, u]", "P [2, b] -> null", "P null -> [4, i]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void replaceReportsTheRowThatItOverwrites(String version) throws Exception {
        try (H2Store store = H2Store.at(version, "jdbc:h2:mem:replace;MODE=MySQL")) {
            store.run("CREATE TABLE P(ID INT PRIMARY KEY, N VARCHAR(9))", "INSERT INTO P VALUES (1, 'a')");
            attach(store);

            assertThat(after(store, "REPLACE INTO P(ID, N) VALUES (1, 'r'), (2, 's')"))
                    .filteredOn(event -> !event.equals("begin"))
                    .containsExactly("P [1, a] -> [1, r]", "P null -> [2, s]");
            assertThat(after(store, "INSERT INTO P(ID, N) VALUES (1, 'x') ON DUPLICATE KEY UPDATE N = 'd'"))
                    .filteredOn(event -> !event.equals("begin"))
                    .containsExactly("P [1, r] -> [1, d]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void cascadesAreReportedAmongFurtherBegins(String version) throws Exception {
        try (H2Store store = watched(
                version,
                "CREATE TABLE P(ID INT PRIMARY KEY)",
                "CREATE TABLE C(ID INT PRIMARY KEY, P INT REFERENCES P ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE G(ID INT PRIMARY KEY, C INT REFERENCES C ON DELETE SET NULL)")) {
            store.run("INSERT INTO P VALUES (1)", "INSERT INTO C VALUES (5, 1), (6, 1)", "INSERT INTO G VALUES (9, 5)");
            sink.takeEvents();

            assertThat(after(store, "UPDATE P SET ID = 2"))
                    .filteredOn(event -> !event.equals("begin"))
                    .containsExactly("P [1] -> [2]", "C [5, 1] -> [5, 2]", "C [6, 1] -> [6, 2]");
            assertThat(after(store, "DELETE FROM P"))
                    .filteredOn(event -> !event.equals("begin"))
                    .containsExactlyInAnyOrder(
                            "P [2] -> null", "C [5, 2] -> null", "C [6, 2] -> null", "G [9, 5] -> [9, null]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aFailedElementOfABatchLeavesEventsThatOnlyTheBeginsTellApart(String version) throws Exception {
        try (H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY, N VARCHAR NOT NULL)")) {
            store.run("INSERT INTO P VALUES (1, 'a')");
            sink.takeEvents();

            try (PreparedStatement insert =
                    store.connection().prepareStatement("INSERT INTO P VALUES (?, ?), (?, 'z')")) {
                for (Object[] row : new Object[][] {{10, "a", 11}, {20, "b", 1}, {30, null, 31}, {40, "d", 41}}) {
                    for (int i = 0; i < row.length; i++) {
                        insert.setObject(i + 1, row[i]);
                    }
                    insert.addBatch();
                }
                assertThatThrownBy(insert::executeBatch)
                        .isInstanceOfSatisfying(
                                BatchUpdateException.class,
                                e -> assertThat(e.getUpdateCounts())
                                        .containsExactly(2, Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED, 2));
            }

            assertThat(sink.takeEvents())
                    .containsExactly(
                            "begin",
                            "P null -> [10, a]",
                            "P null -> [11, z]",
                            "begin",
                            "P null -> [20, b]",
                            "begin",
                            "begin",
                            "P null -> [40, d]",
                            "P null -> [41, z]");
            assertThat(store.column("SELECT ID FROM P ORDER BY ID")).containsExactly("1", "10", "11", "40", "41");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aStatementThatTheEngineStartsAgainBeginsAgainAndItsEarlierRowsStay(String version) throws Exception {
        try (H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY, N INT)");
                Connection first = store.connect();
                Connection second = store.connect()) {
            first.setAutoCommit(false);
            try (Statement statement = first.createStatement();
                    Statement other = second.createStatement()) {
                statement.execute("INSERT INTO P VALUES (30, 0)");
                other.execute("SET LOCK_TIMEOUT 20000");
                sink.takeEvents();

                CompletableFuture<Integer> merged = CompletableFuture.supplyAsync(() -> {
                    try {
                        return other.executeUpdate("MERGE INTO P KEY(ID) VALUES (31, 5), (30, 5), (32, 5)");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                sink.await("P null -> [31, 5]");
                first.commit();

                assertThat(merged.get(20, TimeUnit.SECONDS)).isEqualTo(3);
            }
            // The row that was there before the second start is not undone: it is met again, so nothing may be dropped.
            assertThat(sink.takeEvents())
                    .filteredOn(event -> !event.equals("begin"))
                    .containsSubsequence("P null -> [31, 5]", "P [30, 0] -> [30, 5]", "P null -> [32, 5]");
            assertThat(store.column("SELECT ID || ':' || N FROM P ORDER BY ID"))
                    .containsExactly("30:5", "31:5", "32:5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void truncateAndRollbackAreNotReported(String version) throws Exception {
        try (H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY)")) {
            store.run("INSERT INTO P VALUES (1)");
            sink.takeEvents();

            assertThat(after(store, "TRUNCATE TABLE P")).isEmpty();

            store.connection().setAutoCommit(false);
            store.run("INSERT INTO P VALUES (2)");
            sink.takeEvents();
            store.connection().rollback();
            assertThat(sink.takeEvents()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void rowsComeInTheOrderOfTheStoredColumns(String version) throws Exception {
        try (H2Store store = watched(
                version, "CREATE TABLE P(X INT AS ID + 1, ID INT PRIMARY KEY, Y INT AS ID + 2, N VARCHAR INVISIBLE)")) {
            assertThat(after(store, "INSERT INTO P(ID, N) VALUES (1, 'a')"))
                    .containsExactly("begin", "P null -> [1, a]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aChangeThatTheSinkRefusesFailsInItsWordsAndChangesNothing(String version) throws Exception {
        try (H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY)")) {
            sink.refuse("not through Baton");

            assertThatThrownBy(() -> store.run("INSERT INTO P VALUES (1)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                    .hasMessageContaining("not through Baton");
            assertThat(store.column("SELECT ID FROM P")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aTriggerThatAnotherProcessLeftRefusesAndIsReplacedByTheNext(String version) throws Exception {
        String file = "./target/h2-left-behind-" + version + "/db";
        try (H2Store store = H2Store.at(version, "jdbc:h2:" + file)) {
            store.run("DROP ALL OBJECTS", "CREATE SCHEMA S", "CREATE TABLE S.P(ID INT PRIMARY KEY)");
            attach(store);
            store.run("INSERT INTO S.P VALUES (1)");
        }

        try (H2Store store = H2Store.at(version, "jdbc:h2:" + file)) {
            assertThatThrownBy(() -> store.run("DELETE FROM S.P"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                    .hasMessageContaining("UPGRADE CANCEL")
                    .hasMessageContaining("DROP TRIGGER \"S\".\"BATON_CAPTURE_");

            attach(store);
            assertThat(after(store, "DELETE FROM S.P")).containsExactly("begin", "P [1] -> null");

            triggers.detach(store.connection(), store.loader());
            assertThat(store.column("SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS"))
                    .isEmpty();
            assertThat(after(store, "INSERT INTO S.P VALUES (2)")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void anAlteredTableRefusesChangesUntilTriggersAreAttachedAgain(String version) throws Exception {
        try (H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY, N INT)")) {
            store.run("ALTER TABLE P ADD COLUMN M INT BEFORE N");

            assertThatThrownBy(() -> store.run("INSERT INTO P VALUES (1, 2, 3)"))
                    .hasMessageContaining("altered");

            attach(store);
            assertThat(after(store, "INSERT INTO P VALUES (1, 2, 3)")).containsExactly("begin", "P null -> [1, 2, 3]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void closingTheStoreLetsGoOfItsSinks(String version) throws Exception {
        H2Store store = watched(version, "CREATE TABLE P(ID INT PRIMARY KEY)");
        Class<?> trigger = store.loader().loadClass(CaptureTrigger.class.getName());
        assertThat((java.util.Map<?, ?>) trigger.getField("SINKS").get(null)).hasSize(2);

        store.close();

        assertThat((java.util.Map<?, ?>) trigger.getField("SINKS").get(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void attachingToATableThatIsNotThereLeavesNoTriggerBehind(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run("CREATE TABLE P(ID INT PRIMARY KEY)");
            Table p = dialect.catalog(store.connection()).tables().get(0);
            Table gone = new Table(new TableName("PUBLIC", "GONE"), p.columns(), List.of(), p.key(), List.of(), true);

            assertThatThrownBy(() -> triggers.attach(store.connection(), store.loader(), List.of(p, gone), sink))
                    .isInstanceOf(SQLException.class);

            assertThat(store.column("SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS"))
                    .isEmpty();
        }
    }
}
