package org.batonjdbc.tests.stress;

import java.nio.file.Path;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole upgrade of {@link StressTest}, between every two engines that Baton carries an application between.
 * {@code -Dbaton.matrix.seconds=60} makes each longer, {@code -Dbaton.matrix=all} adds the pairs of servers that a build
 * leaves out.
 */
class MatrixTest {
    private static final long MILLIS = Long.getLong("baton.matrix.seconds", 5) * 1000;

    /** A connection to Derby begins in a schema of the user's name. */
    private static final String SAME_SCHEMA = "INIT=CREATE SCHEMA IF NOT EXISTS SA\\;SET SCHEMA SA";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // 2.1 hands out identity values twice to writers that prepare their statements each time.
        "hsqldb:2.5.2;hsqldb.tx=mvcc, hsqldb:2.7.4, 2",
        "hsqldb:2.5.2;hsqldb.tx=mvlocks, hsqldb:2.7.4, 2",
        "hsqldb:2.5.2;hsqldb.tx=locks, hsqldb:2.7.4, 2",
        "hsqldb:2.7.4;hsqldb.tx=mvcc, h2:2.5.252, 2",
    })
    void inMemory(String from, String to, int writers) throws Exception {
        try (Stores stores = new Stores(from, to, null, "")) {
            StressTest.upgrade(stores, writers, from.endsWith("locks"), MILLIS);
        }
    }

    @ParameterizedTest
    @CsvSource({"postgresql:15, postgresql:18, 2", "mariadb:10.11, mariadb:11.4, 2"})
    void onServers(String from, String to, int writers) throws Exception {
        serve(from, to, writers);
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "baton.matrix", matches = "all", disabledReason = "takes -Dbaton.matrix=all")
    @CsvSource({"postgresql:13, postgresql:17, 2", "postgresql:13, postgresql:18, 2", "postgresql:15, postgresql:17, 2"
    })
    void onOtherServers(String from, String to, int writers) throws Exception {
        serve(from, to, writers);
    }

    /** Derby takes seconds to make a new store. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "baton.matrix", matches = "all", disabledReason = "takes -Dbaton.matrix=all")
    @CsvSource({
        "derby:10.14.2.0, derby:10.16.1.1, false",
        "derby:10.14.2.0, derby:10.16.1.1, true",
        "derby:10.14.2.0, h2:2.5.252;" + SAME_SCHEMA + ", true",
        "derby:10.16.1.1, h2:2.5.252;" + SAME_SCHEMA + ", false",
    })
    void fromDerby(String from, String to, boolean files) throws Exception {
        try (Stores stores = new Stores(from, to, files ? directory : null, "")) {
            StressTest.upgrade(stores, 2, false, MILLIS);
        }
    }

    private static void serve(String from, String to, int writers) throws Exception {
        try (Stores stores = new Stores(from, to, null, "")) {
            StressTest.upgrade(stores, writers, false, MILLIS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // 2.1 hands out identity values twice to writers that prepare their statements each time.
        "h2:2.1.214, h2:2.5.252, 1",
        "h2:2.2.224, h2:2.5.252, 2",
        "h2:2.3.232, h2:2.5.252, 2",
        "h2:2.4.240, h2:2.5.252, 2",
        "hsqldb:2.5.2;hsqldb.tx=mvcc, hsqldb:2.7.4, 2",
        "hsqldb:2.5.2;hsqldb.tx=mvlocks, hsqldb:2.7.4, 2",
        "hsqldb:2.5.2;hsqldb.tx=locks, hsqldb:2.7.4, 2",
        "hsqldb:2.7.4;hsqldb.tx=mvcc, h2:2.5.252, 2",
    })
    void inFiles(String from, String to, int writers) throws Exception {
        try (Stores stores = new Stores(from, to, directory, "")) {
            StressTest.upgrade(stores, writers, from.endsWith("locks"), MILLIS);
        }
    }
}
