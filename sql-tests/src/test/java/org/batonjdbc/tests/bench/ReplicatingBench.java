package org.batonjdbc.tests.bench;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/**
 * What writes cost while an upgrade replicates from H2 1.4.200 in memory to 2.5.252, with the changes applied at the same time;
 * raw is the same driver without Baton. One operation is a transaction.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplicatingBench {
    private static final int ROWS = 10_000;
    private static final int STATEMENTS = 100;

    /** What an application writes through. */
    public enum Way {
        /** The driver itself. */
        RAW,
        /** Two stores in memory. */
        HEAP_LOG,
        /** As for stores in files. */
        TABLE_LOG
    }

    /** What the application writes through. */
    @Param
    public Way way;

    private String url;
    private Connection connection;
    private PreparedStatement insert;
    private PreparedStatement update;
    private PreparedStatement delete;
    private PreparedStatement read;
    private int next = ROWS;
    private int turn;

    /** Fills the table and brings the upgrade to REPLICATING. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        connection = way == Way.RAW ? raw() : baton();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item(id INT PRIMARY KEY, n INT, text VARCHAR(50))");
            statement.execute("INSERT INTO item SELECT X, X, 'text of ' || X FROM SYSTEM_RANGE(1, " + ROWS + ")");
            if (way != Way.RAW) {
                statement.execute("UPGRADE START");
                statement.execute("UPGRADE WAIT FOR REPLICATING");
            }
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?)");
        update = connection.prepareStatement("UPDATE item SET n = n + 1 WHERE id = ?");
        delete = connection.prepareStatement("DELETE FROM item WHERE id = ?");
        read = connection.prepareStatement("SELECT n FROM item WHERE id = ?");
    }

    /** Waits until everything is applied, so that no iteration pays for the last one, and keeps the table as small as it was. */
    @Setup(Level.Iteration)
    public void settle() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM item WHERE id > " + ROWS);
            connection.commit();
            while (way != Way.RAW && pending(statement) > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
        next = ROWS;
    }

    private static Connection raw() throws Exception {
        URL jar = Path.of(System.getProperty("baton.engines"), "h2-1.4.200.jar")
                .toUri()
                .toURL();
        ClassLoader loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        Driver driver = (Driver)
                loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        return driver.connect("jdbc:h2:mem:raw;DB_CLOSE_DELAY=-1", user);
    }

    private Connection baton() throws SQLException {
        url = "jdbc:baton:failover:(h2:1.4.200@jdbc:h2:mem:a;DB_CLOSE_DELAY=-1),(h2:2.5.252@jdbc:h2:mem:b;MODE=LEGACY)"
                + "?maxLogBytes=1GB&engines=" + System.getProperty("baton.engines")
                + (way == Way.TABLE_LOG ? "&log=table" : "");
        return DriverManager.getConnection(url, "sa", "");
    }

    private long pending(Statement statement) throws SQLException {
        try (ResultSet status = statement.executeQuery("UPGRADE STATUS")) {
            status.next();
            return status.getLong("changes_pending");
        }
    }

    /** Ends the upgrade. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
        connection.close();
        if (url != null) {
            Stores.closePair(url);
        }
    }

    private void setRow() throws SQLException {
        insert.setInt(1, ++next);
        insert.setInt(2, next);
        insert.setString(3, "some text of a row");
    }

    /** A hundred rows. */
    @Benchmark
    public void insert100() throws SQLException {
        for (int i = 0; i < STATEMENTS; i++) {
            setRow();
            insert.executeUpdate();
        }
        connection.commit();
    }

    /** A hundred rows in one batch. */
    @Benchmark
    public void batchInsert100() throws SQLException {
        for (int i = 0; i < STATEMENTS; i++) {
            setRow();
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
    }

    /** A hundred rows by their keys. */
    @Benchmark
    public void update100() throws SQLException {
        for (int i = 0; i < STATEMENTS; i++) {
            update.setInt(1, 1 + (turn = (turn + 7) % ROWS));
            update.executeUpdate();
        }
        connection.commit();
    }

    /** A hundred rows that come and go, so that the table stays as it is: half of it is inserting. */
    @Benchmark
    public void insertAndDelete100() throws SQLException {
        int first = next + 1;
        for (int i = 0; i < STATEMENTS; i++) {
            setRow();
            insert.executeUpdate();
        }
        connection.commit();
        for (int id = first; id <= next; id++) {
            delete.setInt(1, id);
            delete.executeUpdate();
        }
        connection.commit();
    }

    /** A transaction of one row. */
    @Benchmark
    public void update1() throws SQLException {
        update.setInt(1, 1 + (turn = (turn + 7) % ROWS));
        update.executeUpdate();
        connection.commit();
    }

    /** Nine reads and a write. */
    @Benchmark
    public int mixed10() throws SQLException {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            read.setInt(1, 1 + (turn = (turn + 7) % ROWS));
            try (ResultSet row = read.executeQuery()) {
                row.next();
                sum += row.getInt(1);
            }
        }
        update.setInt(1, 1 + turn);
        update.executeUpdate();
        connection.commit();
        return sum;
    }
}
