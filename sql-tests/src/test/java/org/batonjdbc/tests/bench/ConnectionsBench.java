package org.batonjdbc.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.tests.fixture.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a statement costs while an upgrade replicates, if few or many connections are open, all of which have written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConnectionsBench {
    /** How many connections are open. */
    @Param({"5", "500"})
    public int connections;

    private final List<Connection> open = new ArrayList<>();
    private Stores stores;
    private PreparedStatement update;
    private PreparedStatement select;

    /** Brings an upgrade to REPLICATING and lets each connection write once. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        stores = new Stores("h2:1.4.200", "h2:2.5.252", null, "poolSize=" + (connections + 10));
        stores.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT)");
        stores.execute("INSERT INTO item SELECT X, X FROM SYSTEM_RANGE(1, 1000)");
        for (int i = 0; i < connections; i++) {
            open.add(stores.connect());
        }
        stores.replicate();
        for (Connection connection : open) {
            update = connection.prepareStatement("UPDATE item SET n = n + 1 WHERE id = ?");
            select = connection.prepareStatement("SELECT n FROM item WHERE id = ?");
            write();
            read();
        }
    }

    /** Ends the upgrade. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
        stores.close();
    }

    /** One row by its key, in autocommit mode. */
    @Benchmark
    public int write() throws SQLException {
        update.setInt(1, 7);
        return update.executeUpdate();
    }

    /** One row by its key. */
    @Benchmark
    public int read() throws SQLException {
        select.setInt(1, 7);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
