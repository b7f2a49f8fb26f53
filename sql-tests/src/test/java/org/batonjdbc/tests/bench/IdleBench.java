package org.batonjdbc.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
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

/** A query by key while no upgrade runs: setInt, executeQuery, next, getInt, close. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdleBench {
    /** Who stands before the driver. */
    @Param
    public Wrapper wrapper;

    /** A driver that does nothing, and a real one. */
    @Param({StubDriver.URL, "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1"})
    public String url;

    private Connection connection;
    private PreparedStatement select;

    /** Opens the connection and prepares the query. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        StubDriver.register();
        connection = wrapper.connect(url);
        if (!url.equals(StubDriver.URL)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS item(id INT PRIMARY KEY, n INT)");
                statement.execute("MERGE INTO item SELECT X, X FROM SYSTEM_RANGE(1, 1000)");
            }
        }
        select = connection.prepareStatement("SELECT n FROM item WHERE id = ?");
    }

    /** Closes the connection. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
        connection.close();
    }

    /** One query of one row. */
    @Benchmark
    public int query() throws SQLException {
        select.setInt(1, 7);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
