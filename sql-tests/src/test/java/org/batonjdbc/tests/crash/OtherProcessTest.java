package org.batonjdbc.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second process finds, while a pair is open in the first and after an upgrade is complete. */
class OtherProcessTest {
    private static final String PASSWORD = "s3cr3t";
    private static final String COUNT = "SELECT COUNT(*) FROM t";

    @TempDir
    private Path directory;

    private VictimStores stores;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        stores = new VictimStores(directory);
        connection = DriverManager.getConnection(stores.url(), "sa", PASSWORD);
        run("CREATE TABLE t(id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void itIsToldWhoHasTheStoreAndWhatToDo() throws Exception {
        String idle = Visitor.ask(stores.url(), PASSWORD, COUNT);
        run("UPGRADE START", "UPGRADE WAIT FOR REPLICATING");
        String replicating = Visitor.ask(stores.url(), PASSWORD, COUNT);
        run("UPGRADE SWITCH WITH (verify = 'skip')");
        String switched = Visitor.ask(stores.url(), PASSWORD, COUNT);

        for (String answer : new String[] {idle, replicating, switched}) {
            assertThat(answer)
                    .startsWith("55000 another process has " + stores.first() + " open")
                    .contains("Close it there")
                    .doesNotContain(PASSWORD);
        }
        run("INSERT INTO t VALUES (2)", "UPGRADE REVERSE", "UPGRADE CANCEL");
    }

    @Test
    void theReplacedStoreLeadsToTheNewOneOrIsRefused() throws Exception {
        run("UPGRADE START", "UPGRADE WAIT FOR REPLICATING", "UPGRADE SWITCH WITH (verify = 'skip')");
        run("INSERT INTO t VALUES (2)", "UPGRADE COMPLETE", "INSERT INTO t VALUES (3)");
        String old = stores.url().replace(",(" + stores.last() + ")", "");

        String whileTheNewOneIsInUse = onceTheOldOneIsReleased();
        close();
        String withBoth = Visitor.ask(stores.url(), PASSWORD, COUNT);
        String withTheOldOneAlone = Visitor.ask(old, PASSWORD, COUNT);
        String withTheNewOneAlone = Visitor.ask(stores.url().replace("(" + stores.first() + "),", ""), PASSWORD, COUNT);

        assertThat(whileTheNewOneIsInUse)
                .startsWith("55000 " + stores.first() + " has been replaced by " + stores.last()
                        + ", which cannot be opened")
                .doesNotContain(PASSWORD);
        assertThat(withBoth).isEqualTo("3");
        assertThat(withTheOldOneAlone)
                .startsWith("55000 " + stores.first() + " has been replaced by " + stores.last())
                .endsWith("name that store in the URL");
        assertThat(withTheNewOneAlone).isEqualTo("3");
    }

    /** COMPLETE has the old store released as soon as nobody is in it. */
    private String onceTheOldOneIsReleased() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            String answer = Visitor.ask(stores.url(), PASSWORD, COUNT);
            if (!answer.startsWith("55000 another process has " + stores.first()) || System.nanoTime() > deadline) {
                return answer;
            }
        }
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
