package org.batonjdbc.store.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.ValueKind;
import org.batonjdbc.store.dialect.SchemaScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2SchemaTest {
    private final H2Dialect dialect = new H2Dialect();

    private SchemaScript export(H2Store store, TableName... excluded) throws SQLException {
        return dialect.exportSchema(store.connection(), catalog(store), Set.of(excluded), dialect);
    }

    private Catalog catalog(H2Store store) throws SQLException {
        return dialect.catalog(store.connection());
    }

    private void buildAll(H2Store store, SchemaScript schema) throws SQLException {
        dialect.build(store.connection(), schema.tables());
        dialect.build(store.connection(), schema.constraints());
        dialect.build(store.connection(), schema.views());
        dialect.build(store.connection(), schema.triggers());
    }

    @ParameterizedTest
    @CsvSource({H2Store.OLD + ", " + H2Store.NEW, H2Store.OLD + ", " + H2Store.OLD, H2Store.NEW + ", " + H2Store.NEW})
    void aWholeSchemaIsBuiltInFourParts(String from, String to) throws Exception {
        try (H2Store active = H2Store.inMemory(from);
                H2Store upgraded = H2Store.inMemory(to)) {
            active.run(
                    "CREATE SCHEMA SHOP",
                    "CREATE DOMAIN EMAIL AS VARCHAR(50) CHECK (POSITION('@', VALUE) > 1)",
                    "CREATE CONSTANT VAT VALUE 19",
                    "CREATE SEQUENCE SHOP.NUMBERS START WITH 100 INCREMENT BY 5",
                    "CREATE ALIAS TWICE AS $$int twice(int x) { return 2 * x; }$$",
                    "CREATE TABLE SHOP.CUSTOMER(ID BIGINT AUTO_INCREMENT PRIMARY KEY, MAIL EMAIL,"
                            + " NAME VARCHAR(40) NOT NULL UNIQUE, BORN DATE DEFAULT DATE '2000-01-01')",
                    "CREATE TABLE SHOP.\"order\"(NO INT DEFAULT NEXT VALUE FOR SHOP.NUMBERS NOT NULL, CUSTOMER BIGINT,"
                            + " AMOUNT DECIMAL(10, 2) CHECK (AMOUNT > 0), GROSS DECIMAL(12, 4) AS AMOUNT * 1.19,"
                            + " CHANGED TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,"
                            + " FOREIGN KEY (CUSTOMER) REFERENCES SHOP.CUSTOMER ON DELETE CASCADE)",
                    "CREATE UNIQUE INDEX SHOP.BY_NO ON SHOP.\"order\"(NO)",
                    "CREATE INDEX SHOP.BY_CUSTOMER ON SHOP.\"order\"(CUSTOMER, AMOUNT DESC)",
                    "CREATE VIEW SHOP.LATEST AS SELECT * FROM SHOP.\"order\" WHERE AMOUNT > 5",
                    "CREATE VIEW ABOVE AS SELECT COUNT(*) AS N FROM SHOP.LATEST",
                    "CREATE SYNONYM ORDERS FOR SHOP.\"order\"",
                    "CREATE FORCE TRIGGER SHOP.T BEFORE INSERT ON SHOP.CUSTOMER FOR EACH ROW"
                            + " CALL \"org.example.NoSuchTrigger\"",
                    "COMMENT ON TABLE SHOP.CUSTOMER IS 'who''s; who'",
                    "COMMENT ON COLUMN SHOP.CUSTOMER.NAME IS 'spoken'",
                    "CREATE ROLE CLERK",
                    "GRANT SELECT, INSERT ON SHOP.CUSTOMER TO CLERK",
                    "CREATE USER APP PASSWORD 'sesame'",
                    "GRANT CLERK TO APP");
            SchemaScript schema = export(active);

            dialect.build(upgraded.connection(), schema.tables());
            assertThat(upgraded.column("SELECT INDEX_NAME FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_SCHEMA = 'SHOP'"))
                    .as("with their keys only")
                    .hasSize(2);
            // An orphan, as the active store may have some.
            upgraded.run("INSERT INTO SHOP.\"order\"(CUSTOMER, AMOUNT) VALUES (4711, 1)");
            dialect.build(upgraded.connection(), schema.constraints());
            dialect.build(upgraded.connection(), schema.views());
            assertThat(upgraded.column("SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS"))
                    .isEmpty();
            upgraded.run("INSERT INTO SHOP.CUSTOMER(MAIL, NAME) VALUES ('a@b', 'Ann')");
            dialect.build(upgraded.connection(), schema.triggers());

            assertThat(shape(catalog(upgraded))).isEqualTo(shape(catalog(active)));
            assertThat(upgraded.column("SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS"))
                    .containsExactly("T");
            assertThat(upgraded.column("SELECT NO FROM ORDERS")).containsExactly("100");
            assertThat(upgraded.column("SELECT N FROM ABOVE")).containsExactly("0");
            assertThat(upgraded.column("SELECT TWICE(VAT) FROM (SELECT 1) T")).containsExactly("38");
            assertThat(upgraded.column("SELECT REMARKS FROM INFORMATION_SCHEMA.COLUMNS WHERE COLUMN_NAME = 'NAME'"
                            + " AND TABLE_SCHEMA = 'SHOP'"))
                    .containsExactly("spoken");
            assertRefused(upgraded, "INSERT INTO SHOP.\"order\"(CUSTOMER, AMOUNT) VALUES (1, -1)", 23513);
            assertRefused(upgraded, "INSERT INTO SHOP.\"order\"(CUSTOMER, AMOUNT) VALUES (5, 1)", 23506);
            assertRefused(upgraded, "INSERT INTO SHOP.\"order\"(NO, AMOUNT) VALUES (100, 1)", 23505);
            try (Connection app = upgraded.connect("APP", "sesame");
                    Statement statement = app.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT MAIL FROM SHOP.CUSTOMER")) {
                assertThat(rows.next()).isTrue();
                assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM SHOP.CUSTOMER"))
                        .hasMessageContaining("Not enough rights");
            }
        }
    }

    private static void assertRefused(H2Store store, String sql, int code) {
        assertThatThrownBy(() -> store.run(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code));
    }

    /** What both generations say alike of their tables. */
    private static List<String> shape(Catalog catalog) {
        List<String> shape = new ArrayList<>();
        for (Table table : catalog.tables()) {
            for (List<Column> columns : List.of(table.columns(), table.computed())) {
                for (Column column : columns) {
                    shape.add(table.name() + "." + column.name() + " " + column.kind() + " " + column.scale() + " "
                            + column.nullable() + " " + column.computed() + " " + column.identity());
                }
            }
            shape.add(table.name() + " " + table.key() + " " + table.uniques());
        }
        return shape;
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void nothingOfBatonsIsExported(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE SCHEMA BATON",
                    "CREATE TABLE BATON.LOG(ID BIGINT AUTO_INCREMENT PRIMARY KEY, N INT CHECK (N > 0))",
                    "CREATE INDEX BATON.I ON BATON.LOG(N)",
                    "CREATE SEQUENCE BATON.S",
                    "CREATE TABLE BATON(ID INT PRIMARY KEY, BATON INT)",
                    "CREATE VIEW V AS SELECT BATON.BATON FROM BATON",
                    "CREATE USER APP PASSWORD 'x'",
                    "GRANT SELECT ON SCHEMA BATON TO APP");
            dialect.rowTriggers()
                    .orElseThrow()
                    .attach(store.connection(), store.loader(), catalog(store).tables(), new RecordingSink());

            SchemaScript schema = export(store);

            assertThat(all(schema))
                    .noneMatch(sql -> sql.contains("\"BATON\".\"LOG\"")
                            || sql.contains("\"BATON\".\"S\"")
                            || sql.contains("SCHEMA \"BATON\"")
                            || sql.contains("SCHEMA IF NOT EXISTS \"BATON\"")
                            || sql.contains("CaptureTrigger"));
            assertThat(schema.tables()).anyMatch(sql -> sql.contains("\"PUBLIC\".\"BATON\""));
            assertThat(schema.views()).anyMatch(sql -> sql.contains("\"PUBLIC\".\"V\""));
        }
    }

    private static List<String> all(SchemaScript schema) {
        List<String> all = new ArrayList<>(schema.tables());
        all.addAll(schema.constraints());
        all.addAll(schema.views());
        all.addAll(schema.triggers());
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void anExcludedTableGoesWithAllThatHangsOnIt(String version) throws Exception {
        try (H2Store active = H2Store.inMemory(version);
                H2Store upgraded = H2Store.inMemory(H2Store.NEW)) {
            active.run(
                    "CREATE TABLE GONE(ID INT PRIMARY KEY, N INT)",
                    "CREATE INDEX I ON GONE(N)",
                    "CREATE TABLE KEPT(ID INT PRIMARY KEY, G INT REFERENCES GONE)",
                    "CREATE VIEW V AS SELECT * FROM GONE",
                    "CREATE VIEW W AS SELECT * FROM V",
                    "CREATE VIEW X AS SELECT * FROM KEPT",
                    "CREATE SYNONYM S FOR GONE",
                    "CREATE USER APP PASSWORD 'x'",
                    "GRANT SELECT ON GONE TO APP");

            SchemaScript schema = export(active, new TableName("PUBLIC", "GONE"));
            buildAll(upgraded, schema);

            assertThat(all(schema)).noneMatch(sql -> sql.contains("GONE"));
            assertThat(upgraded.column(
                            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
                    .containsExactlyInAnyOrder("KEPT", "X");
        }
    }

    @Test
    void theOldWaysToNumberRowsBecomeIdentityColumns() throws Exception {
        try (H2Store active = H2Store.inMemory(H2Store.OLD);
                H2Store upgraded = H2Store.inMemory(H2Store.NEW)) {
            active.run(
                    "CREATE TABLE A(ID IDENTITY, N INT)",
                    "CREATE TABLE B(ID INT AUTO_INCREMENT(10, 5) PRIMARY KEY, N INT)",
                    "CREATE TABLE C(ID BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, N INT)",
                    "CREATE SEQUENCE S START WITH 7",
                    "CREATE TABLE D(ID INT DEFAULT NEXT VALUE FOR S PRIMARY KEY, N INT)",
                    "CREATE TABLE E(ID SMALLINT DEFAULT 5 AUTO_INCREMENT PRIMARY KEY, N INT)",
                    "INSERT INTO A(N) VALUES (1), (2)",
                    "INSERT INTO B(N) VALUES (1), (2)");

            buildAll(upgraded, export(active));

            assertThat(catalog(upgraded).tables())
                    .extracting(table -> table.columns().get(0).identity())
                    .containsExactly(
                            Column.Identity.BY_DEFAULT,
                            Column.Identity.BY_DEFAULT,
                            Column.Identity.BY_DEFAULT,
                            Column.Identity.NONE,
                            Column.Identity.BY_DEFAULT);
            upgraded.run("INSERT INTO A(N) VALUES (1)", "INSERT INTO B(N) VALUES (1)", "INSERT INTO D(N) VALUES (1)");
            assertThat(upgraded.column("SELECT ID FROM A")).containsExactly("3");
            assertThat(upgraded.column("SELECT ID FROM B")).containsExactly("20");
            assertThat(upgraded.column("SELECT ID FROM D")).containsExactly("7");
        }
    }

    @Test
    void typesWhoseNamesHaveAnotherMeaningNowKeepTheirValues() throws Exception {
        try (H2Store active = H2Store.inMemory(H2Store.OLD);
                H2Store upgraded = H2Store.inMemory(H2Store.NEW)) {
            active.run(
                    "CREATE TABLE T(A DECIMAL, B NUMBER, C NUMERIC(65535, 32767), D DECIMAL(10, -2), E CHAR,"
                            + " F BINARY(3), G TEXT, H DATETIME, I YEAR, J OID, K UNIQUEIDENTIFIER, L BINARY VARYING,"
                            + " M CHARACTER VARYING(7), N VARCHAR(2000000000), O NUMERIC(5), P SMALLDATETIME,"
                            + " ID INT PRIMARY KEY, Q VARCHAR DEFAULT CHAR(65), R INT AS YEAR(H),"
                            + " S VARCHAR DEFAULT 'DECIMAL CHAR YEAR', \"DECIMAL\" INT)",
                    "CREATE VIEW V AS SELECT CAST(1.50 AS DECIMAL) AS X, EXTRACT(YEAR FROM H) AS Y, YEAR(H) AS Z,"
                            + " CAST('abc' AS CHAR) AS W FROM T",
                    "INSERT INTO T(ID, H) VALUES (1, '2001-02-03 04:05:06')");

            buildAll(upgraded, export(active));

            upgraded.run("INSERT INTO T(ID, A, E, F, H) VALUES (1, 1.50, 'abc', X'01', '2001-02-03 04:05:06')");
            // DECFLOAT keeps the value, but not the zero at its end.
            assertThat(upgraded.column("SELECT A FROM T")).containsExactly("1.5");
            assertThat(upgraded.column("SELECT E FROM T")).containsExactly("abc");
            assertThat(upgraded.column("SELECT OCTET_LENGTH(F) FROM T")).containsExactly("1");
            assertThat(upgraded.column("SELECT Q FROM T")).containsExactly("A");
            assertThat(upgraded.column("SELECT R FROM T")).containsExactly("2001");
            assertThat(upgraded.column("SELECT S FROM T")).containsExactly("DECIMAL CHAR YEAR");
            assertThat(upgraded.column("SELECT X || ' ' || Y || ' ' || Z || ' ' || W FROM V"))
                    .containsExactly("1.5 2001 2001 abc");
            List<ValueKind> kinds = catalog(active).tables().get(0).columns().stream()
                    .map(Column::kind)
                    .toList();
            assertThat(catalog(upgraded).tables().get(0).columns())
                    .extracting(Column::kind)
                    .isEqualTo(kinds);
        }
    }

    @Test
    void anOldForeignKeyToColumnsWithoutAUniqueConstraintIsKept() throws Exception {
        try (H2Store active = H2Store.inMemory(H2Store.OLD);
                H2Store upgraded = H2Store.inMemory(H2Store.NEW)) {
            active.run(
                    "CREATE TABLE P(ID INT PRIMARY KEY, CODE INT)",
                    "CREATE TABLE C(ID INT PRIMARY KEY, CODE INT REFERENCES P(CODE))");

            buildAll(upgraded, export(active));

            assertRefused(upgraded, "INSERT INTO C VALUES (1, 5)", 23506);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void howTextsCompareIsCarriedOver(String version) throws Exception {
        try (H2Store active = H2Store.inMemory(version);
                H2Store upgraded = H2Store.inMemory(H2Store.NEW)) {
            active.run(
                    "SET IGNORECASE TRUE",
                    "SET COLLATION GERMAN STRENGTH PRIMARY",
                    "CREATE TABLE T(ID INT PRIMARY KEY, V VARCHAR(10) UNIQUE)");

            buildAll(upgraded, export(active));

            upgraded.run("INSERT INTO T VALUES (1, 'a')");
            assertRefused(upgraded, "INSERT INTO T VALUES (2, 'A')", 23505);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aTableOfAStoreInMemoryHasNoStorageOfItsOwnChoice(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run("CREATE TABLE T(ID INT PRIMARY KEY)");

            assertThat(export(store).tables()).anyMatch(sql -> sql.contains("CREATE TABLE \"PUBLIC\".\"T\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void aRefusedStatementIsNamedInTheError(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            assertThatThrownBy(() -> dialect.build(
                            store.connection(), List.of("CREATE TABLE A(ID INT)", "CREATE TABLE B(ID NONSENSE)")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("CREATE TABLE B(ID NONSENSE)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2Store.OLD, H2Store.NEW})
    void clearingLeavesTheAdministratorAndNothingElse(String version) throws Exception {
        try (H2Store store = H2Store.inMemory(version)) {
            store.run(
                    "CREATE SCHEMA BATON",
                    "CREATE TABLE BATON.CONTROL(ID INT)",
                    "CREATE TABLE T(ID INT PRIMARY KEY)",
                    "CREATE ROLE R",
                    "CREATE USER APP PASSWORD 'x'");

            dialect.clear(store.connection());

            assertThat(export(store).tables()).allMatch(sql -> sql.contains("CREATE USER IF NOT EXISTS \"SA\""));
            store.connect().close();
        }
    }

    @Test
    void theScriptDoesNotShowTheHashesOfPasswords() throws Exception {
        try (H2Store store = H2Store.inMemory(H2Store.OLD)) {
            store.run("CREATE USER APP PASSWORD 'sesame'");

            assertThat(export(store).tables()).anyMatch(sql -> sql.contains("HASH"));
            assertThat(export(store).toString()).doesNotContain("HASH");
        }
    }
}
