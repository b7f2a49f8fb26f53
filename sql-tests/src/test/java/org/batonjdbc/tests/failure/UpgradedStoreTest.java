package org.batonjdbc.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.ProxyDriver;
import org.batonjdbc.tests.fixture.Stores;
import org.batonjdbc.tests.stress.Writers;
import org.junit.jupiter.api.Test;

/** The upgraded store is shut down under Baton's hands; it is on the class path, where the test can reach it. */
@Pair(upgraded = Pair.CLASS_PATH, options = "chunkRows=20")
class UpgradedStoreTest {
    private static final long SEED = 42;

    @Test
    void aFailureWhileCopyingIsNoneOfTheApplications(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE big(id INT PRIMARY KEY, text VARCHAR(100))",
                "INSERT INTO big SELECT X, 'row ' || X FROM SYSTEM_RANGE(1, 5000)");
        Writers writers = Writers.start(stores, SEED);
        try {
            stores.execute("UPGRADE START", "UPGRADE PAUSE");
            writers.work(200);

            assertThat(stores.phase()).isEqualTo("COPYING");
            shutDownUpgraded(stores);
            stores.execute("UPGRADE RESUME");

            failsAndWorksTheNextTime(stores, writers);
        } finally {
            writers.abandon();
        }
    }

    @Test
    void aFailureWhileReplicatingIsNoneOfTheApplications(Stores stores) throws Exception {
        Writers writers = Writers.start(stores, SEED);
        try {
            stores.replicate();
            writers.work(200);

            shutDownUpgraded(stores);

            failsAndWorksTheNextTime(stores, writers);
        } finally {
            writers.abandon();
        }
    }

    @Test
    void aFailureBehindTheClosedGateIsNoneOfTheApplications(Stores stores) throws Exception {
        try (ProxyDriver driver = ProxyDriver.install()) {
            Writers writers = Writers.start(stores, SEED);
            try {
                stores.replicate();
                writers.work(200);
                driver.interfere(call -> {
                    if (call.is("prepareStatement")
                            && call.arguments()[0].toString().contains("CONTROL\" SET")) {
                        driver.behave();
                        shutDownUpgraded(stores);
                    }
                    return call.go();
                });

                assertThatThrownBy(() -> stores.execute("UPGRADE SWITCH WITH (verify = 'skip')"))
                        .isInstanceOf(SQLException.class);

                failsAndWorksTheNextTime(stores, writers);
            } finally {
                writers.abandon();
            }
        }
    }

    private static void shutDownUpgraded(Stores stores) throws Exception {
        try (Connection connection = stores.pastBatonToSecond();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    private static void failsAndWorksTheNextTime(Stores stores, Writers writers) throws Exception {
        stores.execute("UPGRADE WAIT FOR FAILED WITH (timeout = '60s')");
        assertThat(stores.text("UPGRADE STATUS", "error")).isNotBlank();
        assertThat(stores.text("UPGRADE STATUS", "active")).isEqualTo(stores.activeStore());
        writers.work(300);

        stores.execute("UPGRADE CANCEL");
        assertThat(stores.phase()).isEqualTo("IDLE");
        writers.work(300);

        stores.replicate();
        writers.work(300);
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");
        writers.work(300);
        writers.finish();
        stores.verifySame();
        stores.execute("UPGRADE COMPLETE");
        writers.compareWith(stores.connect());
        writers.compareWith(stores.pastBatonToSecond());
    }
}
