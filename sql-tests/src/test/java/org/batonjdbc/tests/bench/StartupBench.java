package org.batonjdbc.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The first connection and query of a process, with all the classes that are loaded for them; each in a new JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class StartupBench {
    /** Who stands before the driver. */
    @Param({"RAW", "BATON", "HIKARI"})
    public Wrapper wrapper;

    /** Connects to an empty H2 in memory, and asks it something. */
    @Benchmark
    public int firstQuery() throws SQLException {
        try (Connection connection = wrapper.connect("jdbc:h2:mem:orders");
                PreparedStatement select = connection.prepareStatement("SELECT CAST(? AS INT)")) {
            select.setInt(1, 7);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
