package org.batonjdbc.store.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.dialect.Dialect.Footprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2FactsTest {
    private final H2Dialect dialect = new H2Dialect();

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:orders, false",
        "jdbc:h2:mem:, false",
        "jdbc:h2:nioMemFS:orders, false",
        "jdbc:h2:file:/data/orders, true",
        "jdbc:h2:~/orders, true",
        "jdbc:h2:./member, true",
        "jdbc:h2:tcp://localhost/mem:orders, true",
        "jdbc:h2:ssl://localhost/~/orders, true"
    })
    void onlyWhatIsInThisProcessesMemoryEndsWithIt(String url, boolean outlives) {
        assertThat(dialect.outlivesProcess(url)).isEqualTo(outlives);
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void lookingAtAStoreDoesNotMakeIt(String version, @TempDir Path directory) throws Exception {
        for (String url : new String[] {"jdbc:h2:mem:nowhere", "jdbc:h2:" + directory.resolve("nowhere")}) {
            assertThatThrownBy(() -> H2Store.at(version, dialect.existingOnly(url)))
                    .as(url)
                    .isInstanceOf(SQLException.class);
        }
        assertThat(directory).isEmptyDirectory();
        try (H2Store store = H2Store.at(version, "jdbc:h2:" + directory.resolve("somewhere"))) {
            store.run("CREATE TABLE T(ID INT)");
            store.connect(dialect.existingOnly(store.url() + ";IFEXISTS=FALSE")).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void theVersionIsTheRelease(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            assertThat(dialect.version(store.connection())).isEqualTo(version);
            assertThat(dialect.dataModel(store.connection())).contains(64);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aStoreInMemoryIsEstimatedByItsRows(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE TABLE T(ID INT PRIMARY KEY, N INT UNIQUE)",
                    "INSERT INTO T SELECT X, X FROM SYSTEM_RANGE(1, 1000)");

            Footprint footprint =
                    dialect.footprint(store.connection(), store.url(), dialect.catalog(store.connection()));

            assertThat(footprint.bytes()).isBetween(300_000L, 500_000L);
            assertThat(footprint.files()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aStoreInFilesIsAsLargeAsTheyAre(String version, @TempDir Path directory) throws Exception {
        try (H2Store store = H2Store.at(version, "jdbc:h2:" + directory.resolve("db"))) {
            store.run(
                    "CREATE TABLE T(ID INT PRIMARY KEY, V VARCHAR)",
                    "INSERT INTO T SELECT X, RANDOM_UUID() || RANDOM_UUID() FROM SYSTEM_RANGE(1, 20000)",
                    "CHECKPOINT SYNC");

            Footprint footprint =
                    dialect.footprint(store.connection(), store.url(), dialect.catalog(store.connection()));

            assertThat(footprint.bytes()).isBetween(200_000L, 2 * Files.size(directory.resolve("db.mv.db")));
            assertThat(footprint.files().toRealPath()).isEqualTo(directory.toRealPath());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void anAdministratorLacksNothing(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run("CREATE USER APP PASSWORD 'x'");

            assertThat(dialect.missingPrivilege(store.connection())).isEmpty();
            try (Connection app = store.connect("APP", "x")) {
                assertThat(dialect.missingPrivilege(app)).contains("ADMIN");
            }
        }
    }

    @Test
    void wordsAreReservedWhereTheirMeaningIsNotAColumn() throws Exception {
        try (H2Store old = H2Store.inMemory(H2Store.OLD);
                H2Store recent = H2Store.inMemory(H2Store.NEW)) {
            for (String word : new String[] {"value", "KEY", "User", "YEAR", "end"}) {
                assertThat(dialect.isReserved(old.connection(), word)).as(word).isFalse();
                assertThat(dialect.isReserved(recent.connection(), word))
                        .as(word)
                        .isTrue();
            }
            for (H2Store store : new H2Store[] {old, recent}) {
                for (String word : new String[] {"SELECT", "CURRENT_DATE", "rownum", "SYSDATE", "TODAY"}) {
                    boolean compatibility = word.equals("SYSDATE") || word.equals("TODAY");
                    assertThat(dialect.isReserved(store.connection(), word))
                            .as(word)
                            .isEqualTo(!compatibility || store == old);
                }
                for (String word : new String[] {"ORDERS", "name", "MixedCase", "x; DROP TABLE y", "ä"}) {
                    assertThat(dialect.isReserved(store.connection(), word))
                            .as(word)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void wordsThatTheUrlFreesAreNotReserved() throws Exception {
        try (H2Store store = H2Store.at(H2Store.NEW, "jdbc:h2:mem:words;NON_KEYWORDS=VALUE,KEY")) {
            assertThat(dialect.isReserved(store.connection(), "VALUE")).isFalse();
            assertThat(dialect.isReserved(store.connection(), "USER")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aFollowerChecksNoForeignKeys(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE TABLE P(ID INT PRIMARY KEY)",
                    "CREATE TABLE C(ID INT PRIMARY KEY, P INT REFERENCES P ON DELETE CASCADE)",
                    "INSERT INTO P VALUES (1)",
                    "INSERT INTO C VALUES (1, 1)");

            dialect.follow(store.connection(), true);
            store.run("INSERT INTO C VALUES (2, 99)", "DELETE FROM P");
            assertThat(store.column("SELECT ID FROM C ORDER BY ID")).containsExactly("1", "2");

            dialect.follow(store.connection(), false);
            assertThatThrownBy(() -> store.run("INSERT INTO C VALUES (3, 99)")).isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aDuplicateKeyIsToldFromOtherErrors(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version);
                Statement statement = store.connection().createStatement()) {
            store.run("CREATE TABLE T(ID INT PRIMARY KEY, N INT NOT NULL)", "INSERT INTO T VALUES (1, 1)");

            assertThatThrownBy(() -> statement.execute("INSERT INTO T VALUES (1, 2)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(dialect.isDuplicateKey(e)).isTrue());
            statement.addBatch("INSERT INTO T VALUES (2, 2)");
            statement.addBatch("INSERT INTO T VALUES (3, NULL)");
            statement.addBatch("INSERT INTO T VALUES (1, 2)");
            assertThatThrownBy(statement::executeBatch)
                    .as("along a batch's chain")
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(dialect.isDuplicateKey(e)).isTrue());
            assertThatThrownBy(() -> statement.execute("INSERT INTO T VALUES (4, NULL)"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(dialect.isDuplicateKey(e)).isFalse();
                        assertThat(dialect.isSerializationFailure(e)).isFalse();
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aDeadlockIsASerializationFailure(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version);
                Connection first = store.connect();
                Connection second = store.connect()) {
            store.run("CREATE TABLE T(ID INT PRIMARY KEY, N INT)", "INSERT INTO T VALUES (1, 0), (2, 0)");
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            update(first, 1);
            update(second, 2);

            CompletableFuture<SQLException> one = CompletableFuture.supplyAsync(() -> error(first, 2));
            CompletableFuture<SQLException> two = CompletableFuture.supplyAsync(() -> error(second, 1));
            SQLException loser =
                    (SQLException) CompletableFuture.anyOf(one.thenCombine(two, (a, b) -> a == null ? b : a))
                            .get(30, TimeUnit.SECONDS);

            assertThat(dialect.isSerializationFailure(loser)).isTrue();
            assertThat(dialect.isSerializationFailure(new SQLException("wrapped", "X", loser)))
                    .isTrue();
        }
    }

    private static void update(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT 10000");
            statement.executeUpdate("UPDATE T SET N = N + 1 WHERE ID = " + id);
        }
    }

    /** What the update fails with; the loser lets the other go on by rolling back. */
    private static SQLException error(Connection connection, int id) {
        try {
            update(connection, id);
            return null;
        } catch (SQLException e) {
            try {
                connection.rollback();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            return e;
        }
    }
}
