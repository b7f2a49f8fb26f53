package org.batonjdbc.store.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2CountersTest {
    private final H2Dialect dialect = new H2Dialect();

    private List<Counter> counters(H2Store store) throws SQLException {
        return dialect.counters(
                store.connection(), dialect.catalog(store.connection()).tables());
    }

    private static List<String> texts(List<Counter> counters) {
        return counters.stream()
                .map(counter -> counter.owner().name() + "." + counter.column() + " " + counter.next() + " by "
                        + counter.increment())
                .sorted()
                .toList();
    }

    private static final String[] SCHEMA = {
        "CREATE SEQUENCE UP START WITH 10 INCREMENT BY 5",
        "CREATE SEQUENCE DOWN START WITH -1 INCREMENT BY -1",
        "CREATE SEQUENCE ENDS START WITH 1 MAXVALUE 2",
        "CREATE SEQUENCE ROUND MINVALUE 1 MAXVALUE 3 CYCLE",
        "CREATE TABLE A(ID BIGINT AUTO_INCREMENT PRIMARY KEY, N INT)",
        "CREATE TABLE B(ID INT AUTO_INCREMENT(-10, -3) PRIMARY KEY, N INT)",
        "CREATE TABLE C(ID INT AUTO_INCREMENT(-1, -1) PRIMARY KEY, N INT)"
    };

    @ParameterizedTest
    @CsvSource({
        H2Store.OLD + ", " + H2Store.NEW,
        H2Store.NEW + ", " + H2Store.OLD,
        H2Store.OLD + ", " + H2Store.OLD,
        H2Store.NEW + ", " + H2Store.NEW
    })
    void theOtherStoreGoesOnWhereThisOneStands(String from, String to) throws Exception {
        try (H2Store active = H2Store.inMemory(from);
                H2Store upgraded = H2Store.inMemory(to)) {
            active.run(SCHEMA);
            upgraded.run(SCHEMA);
            active.run(
                    "INSERT INTO A(N) VALUES (1), (2), (3)",
                    "INSERT INTO B(N) VALUES (1), (2)",
                    "INSERT INTO C(N) VALUES (1)");
            for (String sequence : List.of("UP", "DOWN", "ENDS", "ENDS", "ROUND", "ROUND", "ROUND", "ROUND")) {
                active.column("SELECT NEXT VALUE FOR " + sequence);
            }
            assertThat(texts(counters(active)))
                    .containsExactly(
                            "A.ID 4 by 1",
                            "B.ID -16 by -3",
                            "C.ID -2 by -1",
                            "DOWN.null -2 by -1",
                            "ENDS.null 3 by 1",
                            "ROUND.null 2 by 1",
                            "UP.null 15 by 5");

            dialect.advance(upgraded.connection(), counters(active));

            assertThat(texts(counters(upgraded))).isEqualTo(texts(counters(active)));
            upgraded.run("INSERT INTO A(N) VALUES (1)", "INSERT INTO B(N) VALUES (1)");
            assertThat(upgraded.column("SELECT ID FROM A")).containsExactly("4");
            assertThat(upgraded.column("SELECT ID FROM B")).containsExactly("-16");
            assertThat(upgraded.column("SELECT NEXT VALUE FOR UP")).containsExactly("15");
            assertThat(upgraded.column("SELECT NEXT VALUE FOR DOWN")).containsExactly("-2");
            assertThat(upgraded.column("SELECT NEXT VALUE FOR ROUND")).containsExactly("2");
            assertThatThrownBy(() -> upgraded.column("SELECT NEXT VALUE FOR ENDS"))
                    .hasMessageContaining("run out of numbers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aCounterIsNeverMovedBack(String version) throws Exception {
        try (H2Store behind = H2Store.inMemory(version);
                H2Store ahead = H2Store.inMemory(version)) {
            behind.run(SCHEMA);
            ahead.run(SCHEMA);
            ahead.run("INSERT INTO A(N) VALUES (1), (2), (3)", "INSERT INTO B(N) VALUES (1), (2)");
            ahead.column("SELECT NEXT VALUE FOR UP");
            List<String> before = texts(counters(ahead));

            dialect.advance(ahead.connection(), counters(behind));

            assertThat(texts(counters(ahead))).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void rowsThatWereGivenTheirNumbersCount(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(SCHEMA);
            store.run("INSERT INTO A VALUES (1000, 1)", "INSERT INTO B VALUES (-1000, 1)");

            assertThat(texts(counters(store))).contains("A.ID 1001 by 1", "B.ID -1003 by -3");
        }
    }

    @Test
    void theLargestNumberOfAllIsSurvived() throws Exception {
        try (H2Store store = H2Store.inMemory(H2Store.NEW)) {
            store.run("CREATE TABLE A(ID BIGINT AUTO_INCREMENT PRIMARY KEY, N INT)");
            store.run("INSERT INTO A VALUES (9223372036854775807, 1)");

            dialect.advance(store.connection(), counters(store));

            assertThat(texts(counters(store))).containsExactly("A.ID 9223372036854775807 by 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void onlyTheTablesThatAreAskedForCountAndBatonsOwnNever(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(SCHEMA);
            store.run(
                    "CREATE SCHEMA BATON",
                    "CREATE SEQUENCE BATON.S",
                    "CREATE TABLE BATON.LOG(ID BIGINT AUTO_INCREMENT PRIMARY KEY)");

            assertThat(dialect.counters(store.connection(), List.of()))
                    .extracting(counter -> counter.owner().toString())
                    .containsExactlyInAnyOrder("PUBLIC.UP", "PUBLIC.DOWN", "PUBLIC.ENDS", "PUBLIC.ROUND");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aMissingCounterIsAnErrorThatNamesIt(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            assertThatThrownBy(() -> dialect.advance(
                            store.connection(), List.of(new Counter(new TableName("PUBLIC", "NUMBERS"), null, 5, 1))))
                    .hasMessageContaining("no sequence PUBLIC.NUMBERS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void hundredsOfCountersAreReadAndSet(String version) throws Exception {
        try (H2Store active = H2Store.inMemory(version);
                H2Store upgraded = H2Store.inMemory(version)) {
            for (int i = 0; i < 300; i++) {
                String table = "CREATE TABLE T" + i + "(ID BIGINT AUTO_INCREMENT PRIMARY KEY, N INT)";
                active.run(table, "INSERT INTO T" + i + "(N) VALUES (1)");
                upgraded.run(table);
            }
            var tables = dialect.catalog(active.connection()).tables();

            dialect.advance(upgraded.connection(), dialect.counters(active.connection(), tables));

            assertThat(texts(counters(upgraded))).isEqualTo(texts(counters(active)));
        }
    }
}
