package org.batonjdbc.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

/** What preparing a statement costs on a driver that does nothing: of a text that is known already, and of a new one. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UnderstandingBench {
    private static final String TEXT = "UPDATE item i SET n = n + 1, text = ? WHERE i.id = ? AND EXISTS (SELECT 1 FROM"
            + " line l WHERE l.item = i.id)";

    /** Who stands before the driver. */
    @Param({"RAW", "BATON"})
    public Wrapper wrapper;

    private Connection connection;
    private int number;

    /** Opens the connection. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        StubDriver.register();
        connection = wrapper.connect(StubDriver.URL);
    }

    /** Closes the connection. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
        connection.close();
    }

    /** The same text again. */
    @Benchmark
    public PreparedStatement known() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TEXT)) {
            return statement;
        }
    }

    /** A text that was never seen. */
    @Benchmark
    public PreparedStatement unknown() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TEXT + " AND n <> " + number++)) {
            return statement;
        }
    }
}
