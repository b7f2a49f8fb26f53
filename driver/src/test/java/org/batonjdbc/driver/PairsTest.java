package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.PairCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsTest {
    @Test
    void theSameStoresArePairedOnceWhateverTheOrderOfOptions() throws SQLException {
        try (TestPair pair = TestPair.with("ddl=local&chunkRows=100");
                Connection one = pair.connect();
                Statement statement = one.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            String turned = pair.url().replace("ddl=local&chunkRows=100", "chunkRows=100&ddl=local");
            statement.execute("UPGRADE START");
            try (Connection two = DriverManager.getConnection(turned, "sa", "");
                    Statement other = two.createStatement()) {
                other.execute("UPGRADE WAIT FOR REPLICATING");

                assertThat(TestPair.rows(other, "UPGRADE STATUS").get(0)).startsWith("REPLICATING ");
            }
            statement.execute("UPGRADE CANCEL");
        }
    }

    @Test
    void differentOptionsForOnePairAreAnError() throws SQLException {
        try (TestPair pair = TestPair.with("chunkRows=100");
                Connection connection = pair.connect()) {
            assertThatThrownBy(() -> DriverManager.getConnection(pair.url() + "&ddl=local", "sa", ""))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
                    .hasMessageContaining("option ddl of")
                    .hasMessageContaining("is REFUSE in the connections that are open, and LOCAL here");
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void storesInTheOtherOrderAreAnError() throws SQLException {
        String one = "(h2:1.4.200@jdbc:h2:mem:order_test)";
        String two = "(h2:2.5.252@jdbc:h2:mem:order_test)";
        String engines = System.getProperty("baton.engines");
        String options = engines == null ? "" : "?engines=" + engines;
        try (Connection connection =
                DriverManager.getConnection("jdbc:baton:failover:" + one + "," + two + options, "sa", "")) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection("jdbc:baton:failover:" + two + "," + one + options, "sa", ""))
                    .hasMessageContaining("name them in the same order");
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    void aStoreThatIsNamedInAnotherWayIsTheSameStore(@TempDir Path directory) throws SQLException {
        String url = url("(h2:1.4.200@jdbc:h2:" + directory + "/a),(h2:2.5.252@jdbc:h2:" + directory + "/b)");
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            assertRefused(url.replace("/a)", "/./a;MODE=LEGACY)").replace("/b)", "/c)"));
            assertThat(connection.isValid(1)).isTrue();
        }
        try (Connection connection = DriverManager.getConnection(url("(h2:1.4.200@jdbc:h2:mem:spelled)"), "sa", "")) {
            assertRefused(url("(h2:1.4.200@jdbc:h2:mem:spelled;IFEXISTS=TRUE)"));
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void anotherNameOfTheEngineOrOfTheDirectoryIsTheSameStore(@TempDir Path directory) throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (Connection inHeap = DriverManager.getConnection(url("(h2:1.4.200@jdbc:h2:mem:called)"), "sa", "");
                Connection inFiles =
                        DriverManager.getConnection(url("(h2:1.4.200@jdbc:h2:" + real + "/x)"), "sa", "")) {
            assertRefused(url("(com.h2database:h2:1.4.200@jdbc:h2:mem:called)"));
            assertRefused(url("(h2:1.4.200@jdbc:h2:" + link + "/x)"));
            assertThat(inHeap.isValid(1) && inFiles.isValid(1)).isTrue();
        }
    }

    @Test
    void aStoreThatOnlyAVerbHasNamedIsInUseToo() throws SQLException {
        String third = "h2:2.5.252@jdbc:h2:mem:third";
        String url = url("(h2:1.4.200@jdbc:h2:mem:third)");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            statement.execute("UPGRADE START TO '" + third + "'");
            statement.execute("UPGRADE WAIT FOR REPLICATING");

            assertRefused(url("(" + third + ")"));

            statement.execute("UPGRADE CANCEL");
        }
        BatonDriver.close(url);
        try (Connection open = DriverManager.getConnection(url("(" + third + ")"), "sa", "");
                Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("UPGRADE START TO '" + third + "'"))
                    .hasMessageContaining("is in use in this process as one of");
            assertThat(open.isValid(1)).isTrue();
        }
    }

    @Test
    void ofTwoPairsThatUpgradeToOneStoreAtTheSameMomentOneIsRefused(@TempDir Path directory) throws Exception {
        String wanted = "h2:2.5.252@jdbc:h2:" + directory + "/wanted";
        List<String> urls = List.of(url("(h2:1.4.200@jdbc:h2:mem:rival_1)"), url("(h2:1.4.200@jdbc:h2:mem:rival_2)"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        try (Connection one = DriverManager.getConnection(urls.get(0), "sa", "");
                Connection two = DriverManager.getConnection(urls.get(1), "sa", "")) {
            List<Future<String>> answers = new ArrayList<>();
            for (Connection connection : List.of(one, two)) {
                answers.add(threads.submit(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
                        together.await(60, TimeUnit.SECONDS);
                        statement.execute("UPGRADE START TO '" + wanted + "'");
                        statement.execute("UPGRADE WAIT FOR REPLICATING");
                        statement.execute("UPGRADE VERIFY");
                        return "replicates";
                    } catch (SQLException e) {
                        return e.getMessage();
                    }
                }));
            }

            List<String> both = new ArrayList<>();
            for (Future<String> answer : answers) {
                both.add(answer.get(120, TimeUnit.SECONDS));
            }
            assertThat(both)
                    .containsOnlyOnce("replicates")
                    .anyMatch(refused -> refused.contains("is in use in this process as one of"));
        } finally {
            threads.shutdown();
            for (String url : urls) {
                BatonDriver.close(url);
            }
        }
    }

    @Test
    void aPairThatHasMovedToAStoreBesideItsUrlStaysOpen() throws SQLException {
        String url = url("(h2:1.4.200@jdbc:h2:mem:moved),(h2:2.5.252@jdbc:h2:mem:moved)");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            statement.execute("UPGRADE START TO 'h2:2.5.252@jdbc:h2:mem:elsewhere'");
            statement.execute("UPGRADE WAIT FOR REPLICATING");
            statement.execute("UPGRADE SWITCH WITH (verify = 'skip')");
            statement.execute("UPGRADE COMPLETE");
        }

        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            assertThat(TestPair.rows(statement, "UPGRADE STATUS").get(0)).contains("mem:elsewhere");
            statement.execute("INSERT INTO T VALUES (1)");
        }
        BatonDriver.close(url);
    }

    @Test
    void whoCannotGoOnWithAnUpgradeMustNotOpenItsStoreFirst(@TempDir Path directory) throws SQLException {
        String url = url("(h2:1.4.200@jdbc:h2:" + directory + "/a),(h2:2.5.252@jdbc:h2:" + directory + "/b)");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            statement.execute("CREATE USER APP PASSWORD 'app'");
            statement.execute("GRANT SELECT, INSERT ON T TO APP");
            statement.execute("UPGRADE START");
            statement.execute("UPGRADE WAIT FOR REPLICATING");
        }
        BatonDriver.close(url);

        assertThatThrownBy(() -> DriverManager.getConnection(url, "APP", "app"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContaining("let the user connect first who ran UPGRADE START");

        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Connection application = DriverManager.getConnection(url, "APP", "app");
                Statement statement = connection.createStatement();
                Statement insert = application.createStatement()) {
            insert.execute("INSERT INTO T VALUES (1)");
            assertThat(TestPair.rows(statement, "UPGRADE VERIFY").toString()).contains("1 1 0 SAME");
            statement.execute("UPGRADE CANCEL");
        }
        BatonDriver.close(url);
    }

    private static String url(String stores) {
        return "jdbc:baton:failover:" + stores + "?engines=" + System.getProperty("baton.engines");
    }

    private static void assertRefused(String url) {
        assertThatThrownBy(() -> DriverManager.getConnection(url, "sa", ""))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
                .hasMessageContaining("is in use in this process as one of");
    }

    @Test
    void aStoreOfAnotherPairThatIsOpenIsRefused() throws SQLException {
        try (TestPair pair = TestPair.fresh();
                Connection connection = pair.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            statement.execute("UPGRADE START");
            String first = pair.url().replaceFirst(",\\(h2:2[^)]*\\)", "");

            assertThat(first).isNotEqualTo(pair.url());
            assertThatThrownBy(() -> DriverManager.getConnection(first, "sa", ""))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
                    .hasMessageContaining("is in use in this process as one of");

            statement.execute("INSERT INTO T VALUES (1)");
            statement.execute("UPGRADE CANCEL");
        }
    }

    @Test
    void aDatabaseInMemoryVanishesWithItsLastConnection() throws SQLException {
        TestPair pair = TestPair.fresh();
        try (Connection first = pair.connect();
                Statement statement = first.createStatement()) {
            try (Connection second = pair.connect();
                    Statement other = second.createStatement()) {
                other.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            }
            assertThat(TestPair.rows(statement, "SELECT COUNT(*) FROM T")).containsExactly("0");
        }
        try (Connection again = pair.connect();
                Statement statement = again.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT COUNT(*) FROM T"))
                    .hasMessageContaining("not found");
        }
    }

    @Test
    void anUpgradeKeepsThePairWithoutConnections() throws SQLException {
        try (TestPair pair = TestPair.fresh()) {
            try (Connection connection = pair.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
                statement.execute("UPGRADE START");
                statement.execute("UPGRADE WAIT FOR REPLICATING");
            }
            try (Connection again = pair.connect();
                    Statement statement = again.createStatement()) {
                assertThat(TestPair.rows(statement, "UPGRADE STATUS").get(0)).startsWith("REPLICATING ");
            }
        }
    }

    @Test
    void aFailedLoginLeavesNothingBehind() throws SQLException {
        TestPair pair = TestPair.fresh();
        try (Connection connection = pair.connect()) {
            assertThatThrownBy(() -> DriverManager.getConnection(pair.url(), "sa", "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(BatonDriver.close(pair.url())).isTrue();
    }

    @Test
    void propertiesWithASideGoToThatSideOnly() {
        Properties info = new Properties();
        info.setProperty("user", "both");
        info.setProperty("password", "old");
        info.setProperty("upgraded.password", "new");
        info.setProperty("active.extra", "1");

        PairCredentials credentials = SideProperties.split(info);

        assertThat(credentials.first().toProperties())
                .containsOnlyKeys("user", "password", "extra")
                .containsEntry("password", "old");
        assertThat(credentials.second().toProperties())
                .containsOnlyKeys("user", "password")
                .containsEntry("password", "new");
        assertThat(credentials.toString()).doesNotContain("old").doesNotContain("new");
    }
}
