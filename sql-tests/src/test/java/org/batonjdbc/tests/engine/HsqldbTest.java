package org.batonjdbc.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** HSQLDB 2.5 carried to 2.7: all its column types, its schema objects, its cascades and its way with batches. */
@Pair(active = "hsqldb:2.5.2", upgraded = "hsqldb:2.7.4")
class HsqldbTest {
    private static final String VALUES = """
            TRUE, 1, 2, 3, 4, 1.50, 2.5, 'ab', 'cdé', X'0102', X'01020304', \
            CAST('11111111-2222-3333-4444-555555555555' AS UUID), DATE '2020-01-02', TIME '01:02:03.123456789', \
            TIME '01:02:03.5+02:00', TIMESTAMP '2020-01-02 03:04:05.123456789', \
            TIMESTAMP '2020-01-02 03:04:05.123456789-03:30', INTERVAL '1 2:3:4.5' DAY TO SECOND, \
            INTERVAL '3-4' YEAR TO MONTH, B'1010', B'11001', ARRAY[1, NULL], ARRAY['x', 'y'], 'clob é', X'03', NULL""";

    /** Everything that a query shows, as text; large objects by their length and content. */
    private static final String ALL =
            "SELECT ID, BO, TI, SM, I, BG, DE, DB, CH, VC, VB, BI, U, D, T, TZ, TS, TSZ, IV, IY, B4,"
                    + " BV, AI, AV, CAST(CL AS VARCHAR(1000)), CAST(BL AS VARBINARY(1000)), E, CO FROM KINDS ORDER BY ID";

    @Test
    void eachColumnTypeArrivesAsItIs(Stores stores) throws Exception {
        stores.execute("""
                CREATE TABLE KINDS (ID INT PRIMARY KEY, BO BOOLEAN, TI TINYINT, SM SMALLINT, I INT, BG BIGINT,
                    DE DECIMAL(10, 2), DB DOUBLE, CH CHAR(4), VC VARCHAR(20), VB VARBINARY(20), BI BINARY(4), U UUID,
                    D DATE, T TIME(9), TZ TIME(9) WITH TIME ZONE, TS TIMESTAMP(9), TSZ TIMESTAMP(9) WITH TIME ZONE,
                    IV INTERVAL DAY(3) TO SECOND(6), IY INTERVAL YEAR TO MONTH, B4 BIT(4), BV BIT VARYING(10),
                    AI INT ARRAY, AV VARCHAR(10) ARRAY[5], CL CLOB, BL BLOB, E VARCHAR(1),
                    CO INT GENERATED ALWAYS AS (ID * 2))""");
        insert(stores, 1);
        stores.execute("INSERT INTO KINDS (ID) VALUES (11)");
        stores.replicate();
        insert(stores, 2);
        stores.execute("INSERT INTO KINDS (ID) VALUES (12)");
        stores.execute("UPDATE KINDS SET D = DATE '1999-12-31', CL = 'other', AI = ARRAY[7] WHERE ID = 1");
        stores.verifySame();

        List<List<Object>> before = Rows.of(stores.pastBatonToFirst(), ALL);
        assertThat(texts(Rows.of(stores.pastBatonToSecond(), ALL))).isEqualTo(texts(before));

        stores.execute("UPGRADE SWITCH");
        insert(stores, 3);
        stores.execute("DELETE FROM KINDS WHERE ID = 2");
        stores.awaitApplied();
        assertThat(texts(Rows.of(stores.pastBatonToFirst(), ALL)))
                .hasSize(4)
                .isEqualTo(texts(Rows.of(stores.pastBatonToSecond(), ALL)));
    }

    private static void insert(Stores stores, int id) throws SQLException {
        stores.execute(
                "INSERT INTO KINDS (ID, BO, TI, SM, I, BG, DE, DB, CH, VC, VB, BI, U, D, T, TZ, TS, TSZ, IV, IY, B4, BV,"
                        + " AI, AV, CL, BL, E) VALUES (" + id + ", " + VALUES + ")");
    }

    private static List<String> texts(List<List<Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(HsqldbTest::text).toList().toString())
                .toList();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }

    @Test
    void keysOfEachTypeAreRecognized(Stores stores) throws Exception {
        List<String> keys = List.of(
                "VARCHAR(10)|'a'|'é'",
                "CHAR(5)|'a'|'b'",
                "DECIMAL(10, 2)|1.5|2",
                "UUID|CAST('11111111-2222-3333-4444-555555555555' AS UUID)|CAST('21111111-2222-3333-4444-555555555555' AS UUID)",
                "DATE|DATE '2020-01-02'|DATE '1900-01-01'",
                "TIMESTAMP(9)|TIMESTAMP '2020-01-02 03:04:05.123456789'|TIMESTAMP '1900-01-02 03:04:05.1'",
                "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP '2020-01-02 03:04:05.1-03:30'|TIMESTAMP '2020-01-02 03:04:06+01:00'",
                "TIME(9)|TIME '01:02:03.123456789'|TIME '23:59:59'",
                "VARBINARY(10)|X'01'|X'02'",
                "BOOLEAN|TRUE|FALSE");
        for (int i = 0; i < keys.size(); i++) {
            stores.execute("CREATE TABLE K" + i + "(K " + keys.get(i).split("\\|", -1)[0] + " PRIMARY KEY, V INT)");
            stores.execute("INSERT INTO K" + i + " VALUES (" + keys.get(i).split("\\|", -1)[1] + ", 1)");
        }
        stores.replicate();
        for (int i = 0; i < keys.size(); i++) {
            String[] key = keys.get(i).split("\\|", -1);
            stores.execute(
                    "UPDATE K" + i + " SET V = 2",
                    "INSERT INTO K" + i + " VALUES (" + key[2] + ", 3)",
                    "DELETE FROM K" + i + " WHERE K = " + key[1],
                    "UPDATE K" + i + " SET K = " + key[1]);
        }
        stores.verifySame();
        for (int i = 0; i < keys.size(); i++) {
            String query = "SELECT K, V FROM K" + i;
            assertThat(texts(Rows.of(stores.pastBatonToSecond(), query)))
                    .as(keys.get(i))
                    .hasSize(1)
                    .isEqualTo(texts(Rows.of(stores.pastBatonToFirst(), query)));
        }
    }

    @Test
    void theWholeSchemaComesAlong(Stores stores) throws Exception {
        stores.execute(
                "CREATE SCHEMA \"Söme schema\"",
                "CREATE TABLE P(ID INT PRIMARY KEY, V VARCHAR(20) DEFAULT 'a,b(' UNIQUE, N DECIMAL(9, 3), CHECK (ID > 0))",
                "CREATE TABLE \"Söme schema\".\"ta\"\"ble\"(\"a b\" INT NOT NULL, X TIMESTAMP(9) DEFAULT CURRENT_TIMESTAMP,"
                        + " CONSTRAINT \"k y\" PRIMARY KEY(\"a b\"))",
                "CREATE TABLE C(ID BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, PID INT, W INT NOT NULL,"
                        + " CONSTRAINT UU UNIQUE(PID, W), FOREIGN KEY(PID) REFERENCES P(ID) ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE U(A INT NOT NULL, B INT, UNIQUE(A))",
                "CREATE INDEX IX ON C(W)",
                "CREATE SEQUENCE SQ START WITH 5 INCREMENT BY 2",
                "CREATE VIEW VI AS SELECT * FROM P",
                "CREATE FUNCTION F(X INT) RETURNS INT RETURN X + 1",
                "CREATE PROCEDURE PR(IN X INT) MODIFIES SQL DATA INSERT INTO U VALUES (X, X)",
                "CREATE TRIGGER TT BEFORE INSERT ON P REFERENCING NEW AS N FOR EACH ROW SET N.N = 7",
                "CREATE USER BOB PASSWORD 'secret'",
                "GRANT SELECT ON P TO BOB",
                "COMMENT ON TABLE P IS 'it''s'",
                "INSERT INTO P(ID, V) VALUES (1, 'x'), (2, 'y')",
                "INSERT INTO C(PID, W) VALUES (1, 1), (1, 2), (2, 3)",
                "INSERT INTO \"Söme schema\".\"ta\"\"ble\"(\"a b\") VALUES (1)");
        assertThat(stores.number("CALL NEXT VALUE FOR SQ")).isEqualTo(5);
        stores.replicate();
        stores.execute(
                "UPDATE P SET ID = ID + 1",
                "UPDATE P SET V = CASE V WHEN 'x' THEN 'y' ELSE 'x' END",
                "DELETE FROM P WHERE ID = 2",
                "INSERT INTO U VALUES (1, 1)",
                "UPDATE \"Söme schema\".\"ta\"\"ble\" SET \"a b\" = 9");
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");

        assertThat(stores.number("CALL NEXT VALUE FOR SQ")).isEqualTo(7);
        assertThat(stores.number("CALL F(1)")).isEqualTo(2);
        assertThat(stores.number("SELECT COUNT(*) FROM VI")).isEqualTo(1);
        stores.execute("INSERT INTO P(ID) VALUES (10)", "INSERT INTO C(PID, W) VALUES (10, 1)");
        assertThat(stores.text("SELECT V, N FROM P WHERE ID = 10", "V")).isEqualTo("a,b(");
        assertThat(stores.text("SELECT V, N FROM P WHERE ID = 10", "N")).isEqualTo("7.000");
        assertThat(stores.number("SELECT MAX(ID) FROM C")).isEqualTo(3);
        assertThatThrownBy(() -> stores.execute("INSERT INTO P(ID, V) VALUES (11, 'a,b(')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        assertThatThrownBy(() -> stores.execute("INSERT INTO P(ID, V) VALUES (-1, 'z')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23513"));
        assertThatThrownBy(() -> stores.execute("INSERT INTO C(PID, W) VALUES (99, 1)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23503"));
        stores.verifySame();
    }

    @Test
    void aBatchReturnsAllOfItsKeysAndTakesStreams(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE P(ID INT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, V INT, C CLOB)",
                "INSERT INTO P(V) VALUES (1), (2), (3), (4)");
        stores.replicate();
        try (Connection connection = stores.connect();
                PreparedStatement copy = connection.prepareStatement(
                        "INSERT INTO P(V, C) SELECT V + 100, ? FROM P WHERE V <= ?", Statement.RETURN_GENERATED_KEYS)) {
            for (int last : new int[] {2, 3}) {
                copy.setCharacterStream(1, new StringReader("stream " + last));
                copy.setInt(2, last);
                copy.addBatch();
            }
            assertThat(copy.executeBatch()).containsExactly(2, 3);
            assertThat(Rows.of(copy.getGeneratedKeys()))
                    .containsExactly(List.of(4), List.of(5), List.of(6), List.of(7), List.of(8));
        }
        stores.verifySame();
        assertThat(stores.number("SELECT COUNT(*) FROM P WHERE C = 'stream 3'")).isEqualTo(3);
    }

    @Test
    void aStatementThatDoesNotCommitIsNotTakenForOneThatDoes(Stores stores) throws Exception {
        stores.execute("CREATE TABLE P(ID INT PRIMARY KEY)");
        stores.replicate();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO P VALUES (1)");
            statement.execute("START TRANSACTION");
            statement.execute("SET FILES WRITE DELAY 5");
            assertThatThrownBy(() -> statement.execute("SET DATABASE TRANSACTION CONTROL NONSENSE"))
                    .isInstanceOf(SQLException.class);
            connection.rollback();
        }
        assertThat(stores.number("SELECT COUNT(*) FROM P")).isZero();
        stores.verifySame();
    }

    @Test
    void variablesKeepTheirValues(Stores stores) throws Exception {
        stores.execute("CREATE TABLE P(ID INT PRIMARY KEY)", "CREATE SEQUENCE SQ");
        stores.replicate();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DECLARE V INTEGER DEFAULT 7;");
            statement.execute("SET V = V + 1");
            statement.execute("DECLARE W VARCHAR(20);");
            statement.execute("SET W = 'a' || V");
            statement.execute("DECLARE LOCAL TEMPORARY TABLE TT(A INT) ON COMMIT PRESERVE ROWS");
            statement.execute("INSERT INTO TT VALUES (8)");

            stores.execute("UPGRADE SWITCH WITH (verify = 'skip')");

            assertThat(Rows.of(connection, "VALUES (V, W)")).containsExactly(List.of(8, "a8"));
            assertThat(Rows.of(connection, "SELECT * FROM TT")).containsExactly(List.of(8));
        }
    }

    @Test
    void aBatchThatFailsHalfWayCapturesWhatLanded(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE P(ID INT PRIMARY KEY, V INT UNIQUE)",
                "INSERT INTO P VALUES (1, 1), (2, 2), (3, 3), (4, 4)");
        stores.replicate();
        try (Connection connection = stores.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement("UPDATE P SET V = V + ? WHERE ID <= ?")) {
                for (int[] row : new int[][] {{100, 2}, {10, 3}, {10, 4}, {-107, 1}, {1, 1}}) {
                    update.setInt(1, row[0]);
                    update.setInt(2, row[1]);
                    update.addBatch();
                }
                assertThatThrownBy(update::executeBatch)
                        .isInstanceOfSatisfying(
                                BatchUpdateException.class,
                                e -> assertThat(e.getUpdateCounts())
                                        .as(e.getMessage())
                                        .containsExactly(2, 3, 4));
            }
            try (Statement texts = connection.createStatement()) {
                texts.addBatch("INSERT INTO P VALUES (5, 5)");
                texts.addBatch("INSERT INTO P VALUES (6, 6), (7, 5)");
                texts.addBatch("INSERT INTO P VALUES (8, 8)");
                assertThatThrownBy(texts::executeBatch)
                        .isInstanceOfSatisfying(
                                BatchUpdateException.class,
                                e -> assertThat(e.getUpdateCounts()).containsExactly(1));
            }
            connection.commit();
        }
        stores.verifySame();
        assertThat(stores.number("SELECT COUNT(*) FROM P")).isEqualTo(5);
    }
}
