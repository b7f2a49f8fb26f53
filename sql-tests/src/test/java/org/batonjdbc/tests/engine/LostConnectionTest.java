package org.batonjdbc.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** A server ends all its sessions, as in a restart; the application opens others, and so does Baton. */
class LostConnectionTest {
    private static final int ATTEMPTS = 5;

    @Test
    void anUpgradeGoesOnAfterEachServerHasEndedItsSessions() throws Exception {
        try (Stores stores = new Stores("postgresql:15", "postgresql:17", null, "")) {
            stores.execute("CREATE TABLE t(id INT PRIMARY KEY)");
            stores.replicate();

            stores.execute("UPGRADE PAUSE");
            endSessions(stores, stores.pastBatonToFirst());
            insert(stores, 1);
            stores.execute("UPGRADE RESUME");
            stores.awaitApplied();
            endSessions(stores, stores.pastBatonToSecond());
            insert(stores, 2);
            stores.awaitApplied();
            endSessions(stores, stores.pastBatonToFirst());
            endSessions(stores, stores.pastBatonToSecond());
            stores.verifySame();
            endSessions(stores, stores.pastBatonToSecond());
            stores.execute("UPGRADE SWITCH");
            insert(stores, 3);
            endSessions(stores, stores.pastBatonToSecond());
            insert(stores, 4);
            stores.execute("UPGRADE COMPLETE");

            assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.upgradedStore());
            assertThat(Rows.of(stores.connect(), "SELECT id FROM t ORDER BY id").toString())
                    .isEqualTo("[[1], [2], [3], [4]]");
        }
    }

    @Test
    void anUpgradeThatHasFailedIsCancelledWithoutATraceAfterwards() throws Exception {
        try (Stores stores = new Stores("postgresql:15", "postgresql:17", null, "")) {
            stores.execute("CREATE TABLE t(id INT PRIMARY KEY)");
            stores.replicate();
            try (Statement past = stores.pastBatonToSecond().createStatement()) {
                past.execute("DROP TABLE t");
            }
            stores.execute("INSERT INTO t VALUES (1)", "UPGRADE WAIT FOR FAILED WITH (timeout = '60s')");

            endSessions(stores, stores.pastBatonToFirst());
            endSessions(stores, stores.pastBatonToSecond());
            insert(stores, 2);
            stores.execute("UPGRADE CANCEL");

            String objects = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema IN ('BATON', 'public')";
            assertThat(Rows.number(stores.pastBatonToFirst(), objects)).isEqualTo(1);
            assertThat(Rows.number(stores.pastBatonToSecond(), objects)).isZero();
        }
    }

    /** As any application does, that has to open another connection where its pool still has one that was lost. */
    private static void insert(Stores stores, int id) throws SQLException {
        for (int left = ATTEMPTS; ; left--) {
            try {
                stores.execute("INSERT INTO t VALUES (" + id + ") ON CONFLICT DO NOTHING");
                return;
            } catch (SQLException e) {
                if (left == 0) {
                    throw e;
                }
                stores.disconnect();
            }
        }
    }

    private static void endSessions(Stores stores, Connection past) throws SQLException {
        stores.disconnect();
        assertThat(Rows.of(
                        past,
                        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()"))
                .isNotEmpty();
    }
}
