package org.batonjdbc.driver.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.driver.TestPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeStatementsTest {
    private static final String STATUS = "phase replication active upgraded tables rows_copied rows_total"
            + " changes_captured changes_applied changes_pending lag_ms started_at switched_at pause_ms error";
    private static final String SWITCH =
            "from_store to_store pause_ms transactions_drained transactions_rolled_back changes_applied";

    private final TestPair pair = TestPair.fresh();
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws SQLException {
        connection = pair.connect();
        statement = connection.createStatement();
        statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, V VARCHAR(10))");
        statement.execute("INSERT INTO T SELECT X, X FROM SYSTEM_RANGE(1, 10)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        pair.close();
    }

    private String columns(String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData meta = rows.getMetaData();
            List<String> labels = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                labels.add(meta.getColumnLabel(i));
                assertThat(meta.getColumnName(i)).isEqualTo(meta.getColumnLabel(i));
            }
            return String.join(" ", labels);
        }
    }

    @Test
    void checkWarnsOfAWayOfCapturingThatThereIsNot() throws SQLException {
        assertThat(TestPair.rows(statement, "UPGRADE CHECK")).noneMatch(row -> row.contains("capture=statement"));
        try (TestPair asking = TestPair.with("capture=statement")) {
            try (Connection other = asking.connect();
                    Statement check = other.createStatement()) {
                assertThat(TestPair.rows(check, "UPGRADE CHECK"))
                        .anyMatch(row -> row.startsWith("WARNING capture capture=statement")
                                && row.contains("captured by triggers"));
                check.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
                check.execute("UPGRADE START");
                check.execute("UPGRADE CANCEL");
            }
        }
    }

    @Test
    void columnsAreThoseOfTheContract() throws SQLException {
        assertThat(columns("UPGRADE CHECK")).isEqualTo("severity rule object message remedy");
        assertThat(columns("UPGRADE STATUS")).isEqualTo(STATUS);
        assertThat(columns("upgrade start;")).isEqualTo(STATUS);
        assertThat(columns("UPGRADE WAIT FOR REPLICATING WITH (timeout = '30s')"))
                .isEqualTo(STATUS);
        assertThat(columns("UPGRADE PAUSE")).isEqualTo(STATUS);
        assertThat(columns("UPGRADE RESUME")).isEqualTo(STATUS);
        assertThat(columns("UPGRADE VERIFY TABLE T"))
                .isEqualTo("table_name active_rows upgraded_rows differing_rows status");
        assertThat(columns("UPGRADE REPAIR WITH (extra = 'delete')"))
                .isEqualTo("table_name differing_rows repaired_rows status");
        assertThat(columns("UPGRADE VERIFY")).isEqualTo("table_name active_rows upgraded_rows differing_rows status");
        assertThat(columns("UPGRADE SWITCH DRY RUN")).isEqualTo(SWITCH);
        assertThat(columns("/* now */ UPGRADE SWITCH WITH (drain_timeout = '500ms')"))
                .isEqualTo(SWITCH);
        assertThat(columns("UPGRADE REVERSE")).isEqualTo(SWITCH);
        assertThat(columns("UPGRADE SWITCH")).isEqualTo(SWITCH);
        assertThat(columns("UPGRADE COMPLETE")).isEqualTo(STATUS);
    }

    @Test
    void valuesHaveTheTypesThatProgramsExpect() throws SQLException {
        statement.execute("UPGRADE START");
        statement.execute("UPGRADE WAIT FOR REPLICATING");
        ResultSet closed;
        try (ResultSet rows = statement.executeQuery("UPGRADE STATUS")) {
            closed = rows;
            assertThat(rows.getMetaData().getColumnType(6)).isEqualTo(Types.BIGINT);
            assertThat(rows.getMetaData().getColumnType(12)).isEqualTo(Types.TIMESTAMP);
            assertThat(rows.getMetaData().getColumnType(14)).isEqualTo(Types.DOUBLE);
            assertThat(rows.isBeforeFirst()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("phase")).isEqualTo("REPLICATING");
            assertThat(rows.getString("REPLICATION")).isEqualTo("RUNNING");
            assertThat(rows.getLong("rows_copied")).isEqualTo(10);
            assertThat(rows.getObject("tables")).isEqualTo(1L);
            assertThat(rows.getObject("rows_total", Long.class)).isEqualTo(10L);
            assertThat(rows.getTimestamp("started_at")).isNotNull();
            assertThat(rows.getTimestamp("switched_at")).isNull();
            assertThat(rows.getDouble("pause_ms")).isZero();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(rows.next()).isFalse();
        }
        assertThat(closed.isClosed()).isTrue();
    }

    @Test
    void everyWayToExecuteWorks() throws SQLException {
        assertThat(statement.execute("UPGRADE STATUS")).isTrue();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        try (ResultSet rows = statement.getResultSet()) {
            assertThat(rows.next()).isTrue();
        }
        assertThat(statement.execute("UPGRADE STATUS")).isTrue();
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(statement.executeUpdate("UPGRADE STATUS")).isZero();
        try (PreparedStatement prepared = connection.prepareStatement("UPGRADE STATUS")) {
            prepared.setFetchSize(10);
            assertThat(prepared.execute()).isTrue();
            assertThat(prepared.getResultSet().next()).isTrue();
            assertThat(prepared.executeQuery().next()).isTrue();
            assertThat(prepared.executeUpdate()).isZero();
        }
        assertThat(TestPair.rows(statement, "SELECT COUNT(*) FROM T")).containsExactly("10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPGRADE FROBNICATE                           | 42601 | FROBNICATE
            UPGRADE WAIT FOR REPLICTING                  | 22023 | did you mean REPLICATING?
            UPGRADE WAIT FOR SWITCHED WITH (timout='1s') | 22023 | unknown option timout; did you mean timeout?
            UPGRADE WAIT FOR SWITCHED WITH (timeout='1') | 22023 | allowed is a time such as 500ms
            UPGRADE WAIT FOR SWITCHED WITH (timeout='10ms') | 55P03 | UPGRADE WAIT FOR SWITCHED has waited
            UPGRADE SWITCH WITH (on_timeout='wait')      | 22023 | allowed is one of abort, rollback
            UPGRADE SWITCH WITH (verify='maybe')         | 22023 | allowed is one of required, skip
            UPGRADE VERIFY WITH (depth=1)                | 22023 | this statement takes none
            UPGRADE VERIFY TABLE NOSUCH                  | 22023 | no replicated table is called NOSUCH
            UPGRADE SWITCH                               | 55000 | needs an UPGRADE VERIFY
            UPGRADE START                                | 55000 | REPLICATING
            UPGRADE REVERSE                              | 55000 | REPLICATING
            """)
    void whatCannotBeDoneIsToldWithItsRemedy(String sql, String state, String words) throws SQLException {
        statement.execute("UPGRADE START");
        statement.execute("UPGRADE WAIT FOR REPLICATING");

        assertThatThrownBy(() -> statement.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
                .hasMessageContaining(words);
        assertThat(connection.isValid(1)).isTrue();
    }

    @Test
    void theUpgradedStoreMayBeNamedByStart() throws SQLException {
        assertThatThrownBy(() -> statement.execute("UPGRADE START TO 'h2:mem:x'"))
                .hasMessageContaining("a store is written [engine@]jdbc:");

        statement.execute("UPGRADE START TO 'h2:2.5.252@jdbc:h2:mem:named_by_start'");
        statement.execute("UPGRADE WAIT FOR REPLICATING");

        assertThat(TestPair.rows(statement, "UPGRADE STATUS").get(0)).contains("named_by_start");
        statement.execute("UPGRADE CANCEL");
        statement.execute("CREATE TABLE AFTERWARDS(ID INT)");
    }

    @Test
    void aWaitThatIsCancelledEnds() throws Exception {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T (ID INT PRIMARY KEY)");
            statement.execute("UPGRADE START");
            FutureTask<Void> waiting = new FutureTask<>(() -> {
                statement.execute("UPGRADE WAIT FOR SWITCHED WITH (timeout = '60s')");
                return null;
            });
            Thread thread = new Thread(waiting);
            thread.start();

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (thread.isAlive() && System.nanoTime() < deadline) {
                statement.cancel(); // again, for the first may come before the statement runs
                thread.join(50);
            }

            assertThatThrownBy(() -> waiting.get(0, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(SQLException.class)
                    .hasMessageContaining("was cancelled");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            statement.execute("UPGRADE CANCEL");
        }
    }
}
