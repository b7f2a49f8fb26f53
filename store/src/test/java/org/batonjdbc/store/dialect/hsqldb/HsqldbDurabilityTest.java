package org.batonjdbc.store.dialect.hsqldb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in HSQLDB's log, of which a process that is killed leaves only what was written. */
class HsqldbDurabilityTest {
    @TempDir
    Path directory;

    @Test
    void whatIsCommittedIsInTheLogAfterwards() throws Exception {
        String url = "jdbc:hsqldb:file:" + directory.resolve("store") + ";hsqldb.tx=mvcc";
        try (Connection connection = DriverManager.getConnection(url, "SA", "");
                Statement statement = connection.createStatement();
                Connection other = DriverManager.getConnection(url, "SA", "");
                Statement open = other.createStatement()) {
            statement.execute("SET FILES WRITE DELAY 600000 MILLIS");
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, V VARCHAR(20))");
            other.setAutoCommit(false);
            open.execute("INSERT INTO T VALUES (0, 'open')");
            String committed = commitOneThatIsNotWritten(statement);

            new HsqldbDialect().makeDurable(connection);

            assertThat(log()).contains(committed).doesNotContain("'open'");
            other.rollback();
            statement.execute("SHUTDOWN");
        }
    }

    /** The timer that ran before the delay was set may still write once, so the first ones can be in the log at once. */
    private String commitOneThatIsNotWritten(Statement statement) throws Exception {
        for (int id = 1; id <= 1000; id++) {
            String value = "'committed " + id + "'";
            statement.execute("INSERT INTO T VALUES (" + id + ", " + value + ")");
            if (!log().contains(value)) {
                return value;
            }
        }
        throw new AssertionError("each commit was in the log at once: nothing is left to be made durable");
    }

    private String log() throws Exception {
        return Files.readString(directory.resolve("store.log"));
    }
}
