package org.batonjdbc.tests.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that is wrong, from the URL to the verb; the messages of UPGRADE statements are in the stories. */
class RefusalTest {
    private static final String H2 = "(h2:1.4.200@jdbc:h2:mem:refusal)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:baton:                                       | expected failover:",
                "jdbc:baton:fallover:(jdbc:h2:mem:x)               | expected failover:",
                "jdbc:baton:failover:jdbc:h2:mem:x                 | expected a store in parentheses",
                "jdbc:baton:failover:(jdbc:h2:mem:x                | not closed",
                "jdbc:baton:failover:()                            | a store is written",
                "jdbc:baton:failover:(h2:1.4.200)                  | a store is written",
                "jdbc:baton:failover:(jdbc:h2:mem:x),              | expected a store in parentheses",
                "jdbc:baton:failover:(jdbc:h2:mem:x)(jdbc:h2:mem:y)| expected ? and options",
                "jdbc:baton:failover:(jdbc:h2:mem:x),(jdbc:h2:mem:x)| must be another one",
                "jdbc:baton:failover:(jdbc:baton:failover:(jdbc:h2:mem:x))| cannot be a jdbc:baton: URL",
                "jdbc:baton:failover:(jdbc:h2:mem:x)?ddl           | expected name=value",
                "jdbc:baton:failover:(jdbc:h2:mem:x)?ddl=local&ddl=local| is given twice",
                "jdbc:baton:failover:(jdbc:h2:mem:x)?dll=local     | did you mean ddl?",
                "jdbc:baton:failover:(jdbc:h2:mem:x)?holdTimout=3s | did you mean holdTimeout?",
                "jdbc:baton:failover:(jdbc:h2:mem:x)?ddl=maybe     | refuse, local",
                "jdbc:baton:failover:(jdbc:h2:mem:x)?holdTimeout=soon| a time such as",
                "jdbc:baton:failover:(jdbc:h2:mem:x)?chunkRows=0   | a whole number from 1",
                "jdbc:baton:failover:(h2:9.9.999@jdbc:h2:mem:x)    | no h2-9.9.999.jar",
                "jdbc:baton:failover:(jdbc:nobody:x)               | no driver on the class path",
            })
    void aUrlThatCannotBeUnderstoodIsRefusedWithTheReason(String url, String reason) {
        SQLException e = refused(() -> DriverManager.getConnection(url.strip(), "sa", ""));

        assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("22023");
        assertThat(e.getMessage()).contains(reason);
    }

    @Test
    void onePairHasOneSetOfOptions() throws Exception {
        String url = "jdbc:baton:failover:" + H2 + "?engines=" + System.getProperty("baton.engines");
        try (Connection open = DriverManager.getConnection(url, "sa", "")) {
            SQLException e = refused(() -> DriverManager.getConnection(url + "&ddl=local", "sa", ""));

            assertThat(e.getSQLState()).isEqualTo("22023");
            assertThat(e.getMessage()).contains("option ddl");
            assertThat(Rows.number(open, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    @Pair
    void anUpgradedStoreThatCannotBeReachedIsNotUpgradedTo(Stores stores) throws Exception {
        prepare(stores);

        for (String store : new String[] {
            "h2:2.5.252@jdbc:h2:tcp://localhost:1/x", "h2:2.5.252@jdbc:hsqldb:mem:x", "jdbc:nobody:x", "no jdbc url"
        }) {
            SQLException e = refused(() -> stores.execute("UPGRADE START TO '" + store + "'"));

            assertThat(e.getSQLState()).as(e.getMessage()).isIn("55000", "22023");
            assertUnchanged(stores);
        }
    }

    @Test
    @Pair(upgraded = Pair.CLASS_PATH)
    void anUpgradedStoreThatHoldsSomethingIsLeftAlone(Stores stores) throws Exception {
        prepare(stores);
        String url = stores.upgradedStore();
        try (Connection upgraded = DriverManager.getConnection(url, "sa", "");
                Statement statement = upgraded.createStatement()) {
            statement.execute("CREATE TABLE precious(id INT PRIMARY KEY)");
            statement.execute("INSERT INTO precious VALUES (7)");

            SQLException e = refused(() -> stores.execute("UPGRADE START"));

            assertThat(e.getSQLState()).isEqualTo("55000");
            assertThat(e.getMessage()).contains("PRECIOUS");
            assertUnchanged(stores);
            assertThat(Rows.of(
                            upgraded,
                            "SELECT TABLE_NAME, PRECIOUS.ID FROM INFORMATION_SCHEMA.TABLES, PRECIOUS"
                                    + " WHERE TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA')"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UPGRADE PAUSE, 55000",
        "UPGRADE RESUME, 55000",
        "UPGRADE VERIFY, 55000",
        "UPGRADE REPAIR, 55000",
        "UPGRADE REHEARSE, 55000",
        "UPGRADE SWITCH, 55000",
        "UPGRADE SWITCH DRY RUN, 55000",
        "UPGRADE REVERSE, 55000",
        "UPGRADE COMPLETE, 55000",
        "UPGRADE CANCEL, 55000",
        "UPGRADE WAIT FOR REPLICATING, 55000",
        "UPGRADE, 42601",
        "UPGRADE EVERYTHING, 42601",
        "UPGRADE START WITH (, 42601",
        "UPGRADE START WITH (a = 1), 22023",
        "UPGRADE WAIT FOR GODOT, 22023"
    })
    @Pair
    void aVerbThatDoesNotFitChangesNothing(String sql, String state, Stores stores) throws Exception {
        prepare(stores);

        SQLException e = refused(() -> stores.execute(sql));

        assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state);
        assertUnchanged(stores);
    }

    @Test
    @Pair(options = "ddl=local")
    void ddlOnTheActiveStoreAloneWarns(Stores stores) throws Exception {
        prepare(stores);
        stores.replicate();
        try (Statement statement = stores.connect().createStatement()) {
            statement.execute("CREATE INDEX by_v ON t(v)");

            assertThat(statement.getWarnings().getMessage()).contains("CREATE INDEX by_v");
            assertThat(statement.getWarnings().getSQLState()).isEqualTo("55000");
        }
    }

    private static void prepare(Stores stores) throws SQLException {
        stores.execute("CREATE TABLE t(id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 10), (2, 20)");
    }

    /** The application works on where it was, and there is nothing of Baton's in its store. */
    private static void assertUnchanged(Stores stores) throws SQLException {
        assertThat(stores.phase()).isEqualTo("IDLE");
        assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
        Connection active = stores.pastBatonToFirst();
        assertThat(Rows.of(
                        active,
                        "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                                + " WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'"))
                .hasSize(1);
        assertThat(Rows.number(active, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TRIGGERS"))
                .isZero();
        assertThat(Rows.number(active, "SELECT SUM(v) FROM t")).isEqualTo(30);
        stores.execute("UPDATE t SET v = v");
    }

    private static SQLException refused(ThrowingCallable attempt) {
        return Objects.requireNonNull(catchThrowableOfType(SQLException.class, attempt), "it was not refused");
    }
}
