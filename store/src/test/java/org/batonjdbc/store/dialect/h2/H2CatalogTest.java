package org.batonjdbc.store.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.UserTrigger.Effect;
import org.batonjdbc.store.catalog.ValueKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2CatalogTest {
    private final H2Dialect dialect = new H2Dialect();

    private Catalog catalog(H2Store store) throws Exception {
        return dialect.catalog(store.connection());
    }

    private Table table(H2Store store, String name) throws Exception {
        return catalog(store).table(new TableName("PUBLIC", name)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void onlyPermanentTablesOfUsersAreListedInTheOrderOfTheirNames(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE SCHEMA BATON",
                    "CREATE TABLE BATON.CONTROL(ID INT PRIMARY KEY)",
                    "CREATE SCHEMA SHOP",
                    "CREATE TABLE SHOP.\"b \"\"quoted\"\"\"(ID INT PRIMARY KEY)",
                    "CREATE TABLE ZEBRA(ID INT PRIMARY KEY)",
                    "CREATE MEMORY TABLE APPLE(ID INT PRIMARY KEY)",
                    "CREATE VIEW V AS SELECT * FROM APPLE",
                    "CREATE LOCAL TEMPORARY TABLE T1(ID INT PRIMARY KEY)",
                    "CREATE GLOBAL TEMPORARY TABLE T2(ID INT PRIMARY KEY)");

            assertThat(catalog(store).tables())
                    .extracting(table -> table.name().toString())
                    .containsExactly("PUBLIC.APPLE", "PUBLIC.ZEBRA", "SHOP.b \"quoted\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aLinkedTableHasNoKey(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version);
                H2Store other = H2Store.inMemory(version)) {
            other.run("CREATE TABLE T(ID INT PRIMARY KEY)");
            store.run(
                    "CREATE LINKED TABLE L('org.h2.Driver', 'jdbc:h2:mem:linked', 'sa', ''," + " '(SELECT 1 AS ID)')");

            assertThat(table(store, "L").hasKey()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void thePrimaryKeyIsTheKeyInItsOwnOrder(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run("CREATE TABLE T(A INT, B VARCHAR(10), C INT, U INT NOT NULL UNIQUE, PRIMARY KEY(C, A))");

            Table table = table(store, "T");

            assertThat(table.key()).containsExactly(2, 0);
            assertThat(table.uniques()).containsExactly(List.of(3));
            assertThat(table.plainUniques()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void withoutAPrimaryKeyTheNarrowestUniqueIndexWithoutNullsIsTheKey(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE TABLE T(N INT UNIQUE, A INT NOT NULL, B INT NOT NULL, C INT NOT NULL, UNIQUE(A, B, C))",
                    "CREATE UNIQUE INDEX NARROW ON T(C DESC, B)",
                    "CREATE TABLE NONE(N INT UNIQUE, M INT)");

            Table table = table(store, "T");

            assertThat(table.keyColumns()).extracting(Column::name).containsExactly("C", "B");
            assertThat(table.uniques()).containsExactlyInAnyOrder(List.of(0), List.of(1, 2, 3));
            assertThat(table(store, "NONE").hasKey()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void computedColumnsAreSetApartAndSpoilOnlyTheUniquesThatLieOnThem(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE TABLE T(C INT AS A + 1, A INT PRIMARY KEY, D VARCHAR AS UPPER(E), E VARCHAR)",
                    "CREATE UNIQUE INDEX ON_COMPUTED ON T(D)",
                    "CREATE UNIQUE INDEX ON_STORED ON T(E)");

            Table table = table(store, "T");

            assertThat(table.columns()).extracting(Column::name).containsExactly("A", "E");
            assertThat(table.computed()).extracting(Column::name).containsExactly("C", "D");
            assertThat(table.key()).containsExactly(0);
            assertThat(table.uniques()).containsExactly(List.of(1));
            assertThat(table.plainUniques()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void identityColumnsAreRecognised(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE SEQUENCE S",
                    "CREATE TABLE T(A BIGINT AUTO_INCREMENT PRIMARY KEY, B BIGINT DEFAULT NEXT VALUE FOR S)",
                    "CREATE TABLE U(A BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY)");

            assertThat(table(store, "T").columns())
                    .extracting(Column::identity)
                    .containsExactly(Identity.BY_DEFAULT, Identity.NONE);
            // 1.4.200 does not keep ALWAYS: there, any value may be inserted.
            assertThat(table(store, "U").columns().get(0).identity())
                    .isEqualTo(version.equals(H2Store.OLD) ? Identity.BY_DEFAULT : Identity.ALWAYS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void lengthsAndScalesAreThoseOfTheColumns(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run("CREATE TABLE T(A VARCHAR(20) PRIMARY KEY, B NUMERIC(12, 3), C TIMESTAMP(7), D TIME,"
                    + " E VARBINARY(5) NOT NULL)");

            List<Column> columns = table(store, "T").columns();

            assertThat(columns).extracting(Column::length).startsWith(20L, 12L);
            assertThat(columns.get(4).length()).isEqualTo(5);
            assertThat(columns).extracting(Column::scale).containsExactly(0, 3, 7, 0, 0);
            assertThat(columns).extracting(Column::nullable).containsExactly(false, true, true, true, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void triggersAreJudgedByWhenTheyFireAndWhatTheirCodeNames(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE TABLE T(ID INT PRIMARY KEY, N INT)",
                    trigger("OWN", "BEFORE INSERT ON T FOR EACH ROW", "n[1] = 5;"),
                    trigger("OTHERS", "BEFORE INSERT ON T FOR EACH ROW", "c.createStatement().close();"),
                    trigger("LATE", "AFTER INSERT ON T FOR EACH ROW", ""),
                    trigger("WHOLE", "BEFORE INSERT ON T", ""));
            dialect.rowTriggers()
                    .orElseThrow()
                    .attach(store.connection(), store.loader(), List.of(table(store, "T")), new RecordingSink());

            assertThat(catalog(store).triggers())
                    .extracting(trigger -> trigger.name() + " " + trigger.effect())
                    .containsExactlyInAnyOrder(
                            "PUBLIC.OWN " + Effect.OWN_ROW,
                            "PUBLIC.OTHERS " + Effect.OTHER_ROWS,
                            "PUBLIC.LATE " + Effect.OTHER_ROWS,
                            "PUBLIC.WHOLE " + Effect.OTHER_ROWS);
        }
    }

    /** FORCE, so that the source need not compile. */
    private static String trigger(String name, String when, String body) {
        return "CREATE FORCE TRIGGER " + name + " " + when + " AS $$org.h2.api.Trigger create() {"
                + " return (c, o, n) -> {" + body + "}; }$$";
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void everyTypeHasTheKindOfItsCarrier(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run("CREATE TABLE T(ID INT PRIMARY KEY, A CHAR(3), B ENUM('x', 'y'), C UUID, D JSON,"
                    + " E INTERVAL DAY TO SECOND, F GEOMETRY, G TIME WITH TIME ZONE, H TIMESTAMP WITH TIME ZONE,"
                    + " I CLOB, J BLOB, K REAL, L DOUBLE PRECISION, M BOOLEAN, N VARCHAR_IGNORECASE, O OTHER,"
                    + " P DATE, Q DECIMAL(5, 1), R SMALLINT)");

            assertThat(table(store, "T").columns())
                    .extracting(Column::kind)
                    .containsExactly(
                            ValueKind.INTEGER,
                            ValueKind.TEXT,
                            ValueKind.TEXT,
                            ValueKind.UUID,
                            ValueKind.JSON,
                            ValueKind.TEXT,
                            ValueKind.TEXT,
                            ValueKind.TIME_WITH_ZONE,
                            ValueKind.TIMESTAMP_WITH_ZONE,
                            ValueKind.CLOB,
                            ValueKind.BLOB,
                            ValueKind.REAL,
                            ValueKind.DOUBLE,
                            ValueKind.BOOLEAN,
                            ValueKind.TEXT,
                            ValueKind.JAVA_OBJECT,
                            ValueKind.DATE,
                            ValueKind.DECIMAL,
                            ValueKind.INTEGER);
        }
    }
}
