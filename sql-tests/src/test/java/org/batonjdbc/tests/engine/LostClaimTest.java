package org.batonjdbc.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** The sessions that say whose the stores of servers are end, and another process may come. */
class LostClaimTest {
    private static final String CLAIMS = " FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            + " WHERE l.locktype = 'advisory' AND d.datname = current_database()";

    @Test
    void aClaimThatNobodyElseHasTakenIsTakenAgain() throws Exception {
        try (Stores stores = replicating()) {
            endClaims(stores.pastBatonToFirst());
            endClaims(stores.pastBatonToSecond());

            stores.execute("UPGRADE VERIFY", "UPGRADE SWITCH");

            assertThat(Rows.number(stores.pastBatonToFirst(), "SELECT COUNT(*)" + CLAIMS))
                    .isEqualTo(1);
            assertThat(Rows.number(stores.pastBatonToSecond(), "SELECT COUNT(*)" + CLAIMS))
                    .isEqualTo(1);
        }
    }

    @Test
    void aProcessWhoseClaimAnotherHasNeitherGoesOnNorEnds() throws Exception {
        try (Stores stores = replicating()) {
            Connection other = stores.pastBatonToFirst();
            long number = Rows.number(other, "SELECT (l.classid::bigint << 32) | l.objid::bigint" + CLAIMS);
            try (Statement statement = other.createStatement()) {
                stores.execute("UPGRADE PAUSE");
                endClaims(other);
                statement.execute("SELECT pg_advisory_lock(" + number + ")");

                refused(() -> stores.execute("UPGRADE RESUME"));
                refused(() -> stores.execute("UPGRADE CANCEL"));

                assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
                statement.execute("SELECT pg_advisory_unlock(" + number + ")");
            }
            stores.execute("UPGRADE CANCEL");
        }
    }

    @Test
    void aProcessWhoseClaimAnotherHasHadNeitherGoesOnNorEnds() throws Exception {
        try (Stores stores = replicating()) {
            String mine;
            try (Statement other = stores.pastBatonToFirst().createStatement()) {
                mine = Rows.of(other.getConnection(), "SELECT token FROM \"BATON\".\"OWNER\"")
                        .get(0)
                        .get(0)
                        .toString();
                stores.execute("UPGRADE PAUSE");
                endClaims(other.getConnection());
                other.execute("UPDATE \"BATON\".\"OWNER\" SET token = 'another'");

                refused(() -> stores.execute("UPGRADE RESUME"));
                refused(() -> stores.execute("UPGRADE CANCEL"));

                assertThat(Rows.of(other.getConnection(), "SELECT phase FROM \"BATON\".\"CONTROL\"")
                                .toString())
                        .isEqualTo("[[REPLICATING]]");
                other.execute("UPDATE \"BATON\".\"OWNER\" SET token = '" + mine + "'");
            }
            stores.execute("UPGRADE CANCEL");
        }
    }

    private static Stores replicating() throws SQLException {
        Stores stores = new Stores("postgresql:15", "postgresql:17", null, "");
        stores.execute("CREATE TABLE t(id INT PRIMARY KEY)");
        stores.replicate();
        return stores;
    }

    private static void endClaims(Connection past) throws SQLException {
        assertThat(Rows.of(past, "SELECT pg_terminate_backend(l.pid, 10000)" + CLAIMS))
                .hasSize(1);
    }

    private static void refused(ThrowingCallable verb) {
        assertThatThrownBy(verb)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining("another process");
    }
}
