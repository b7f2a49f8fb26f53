package org.batonjdbc.tests.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.batonjdbc.tests.bench.StubDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an application's statements put on the heap on top of the driver's own, counted by the JVM to the byte. */
class AllocationTest {
    private static final int STATEMENTS = 10_000;
    private static final int ROUNDS = 20;

    @BeforeAll
    static void register() throws Exception {
        StubDriver.register();
    }

    /** The object that stands for the result set; compiled code does without it where the application does not keep it. */
    @Test
    void aQueryByKeyPutsOneSmallObjectOnTheHeapWhileNoUpgradeRuns() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:baton:failover:(" + StubDriver.URL + ")");
                PreparedStatement select = connection.prepareStatement("SELECT n FROM item WHERE id = ?")) {
            assertThat(perStatement(() -> query(select))).isLessThanOrEqualTo(24);
        }
    }

    @Test
    void theCountSeesOneMore() throws SQLException {
        Object[] last = new Object[1];

        assertThat(perStatement(() -> last[0] = new byte[16])).isEqualTo(32);
    }

    private static void query(PreparedStatement select) throws SQLException {
        select.setInt(1, 7);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            row.getInt(1);
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** Bytes that one step allocates; the least of some rounds, because compiling and loading classes are not its own. */
    private static long perStatement(Step step) throws SQLException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STATEMENTS; i++) {
                step.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / STATEMENTS;
    }
}
