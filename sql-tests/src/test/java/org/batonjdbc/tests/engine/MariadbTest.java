package org.batonjdbc.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;

/** MariaDB 10.11 carried to 11.4, both real servers: its types, its schema objects, and every way in which it writes. */
@Pair(active = "mariadb:10.11", upgraded = "mariadb:11.4")
class MariadbTest {
    private static final String KINDS =
            "id, ti, tu, bo, bi, bu, d, f, db, c, vc, la, b, vb, bl, tx, da, t, dt, ts, y, bt, b64,"
                    + " e, s, j, u, i6, g";
    private static final String ALL = "SELECT "
            + KINDS.replace(" g", " HEX(g)").replaceAll("\\b(da|t|dt|ts|y|b|vb|bl|bt|b64)\\b", "HEX(CAST($1 AS CHAR))")
            + ", vg, pg FROM kinds ORDER BY id";

    @Test
    void statementsPassThroughWhenNoUpgradeRuns(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)", "INSERT INTO t VALUES (1)", "TRUNCATE t");

        assertThat(stores.number("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void eachColumnTypeArrivesAsItIs(Stores stores) throws Exception {
        stores.execute("""
                CREATE TABLE kinds(id int PRIMARY KEY, ti tinyint, tu tinyint unsigned, bo boolean, bi bigint,
                    bu bigint unsigned, d decimal(30, 10), f float, db double, c char(5), vc varchar(10),
                    la varchar(10) CHARACTER SET latin1, b binary(4), vb varbinary(10), bl longblob, tx longtext, da date,
                    t time(6), dt datetime(6), ts timestamp(6) NULL, y year, bt bit(5), b64 bit(64),
                    e enum('sad', 'it''s ok', 'happy'), s set('a', 'b', 'c'), j json, u uuid, i6 inet6, g geometry,
                    vg int GENERATED ALWAYS AS (id * 2) VIRTUAL, pg int GENERATED ALWAYS AS (id * 3) PERSISTENT)""");
        insertKinds(stores, 1);
        stores.execute("INSERT INTO kinds(id) VALUES (11)");
        stores.replicate();
        insertKinds(stores, 2);
        stores.execute(
                "SET SESSION sql_mode = ''",
                "INSERT INTO kinds(id, da, dt, ts, y, t) VALUES (12, '0000-00-00', '0000-00-00', '0000-00-00', '0000',"
                        + " '-838:59:59')",
                "UPDATE kinds SET da = '2020-00-00', tx = 'x\\n\\\\', e = 'happy' WHERE id = 1",
                // whatever the session writes itself in; an hour that is there twice
                "SET SESSION time_zone = 'SYSTEM'",
                "SET SESSION time_zone = '-03:30'",
                "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH'");
        insertKinds(stores, 4);
        stores.verifySame();
        assertThat(Rows.of(stores.pastBatonToSecond(), ALL))
                .hasSize(5)
                .usingRecursiveComparison()
                .isEqualTo(Rows.of(stores.pastBatonToFirst(), ALL));

        stores.execute("UPGRADE SWITCH");
        insertKinds(stores, 3);
        stores.execute("DELETE FROM kinds WHERE id = 2");
        stores.verifySame();
        assertThat(Rows.of(stores.pastBatonToFirst(), ALL))
                .hasSize(5)
                .usingRecursiveComparison()
                .isEqualTo(Rows.of(stores.pastBatonToSecond(), ALL));
    }

    private static void insertKinds(Stores stores, int id) throws SQLException {
        stores.execute(
                "INSERT INTO kinds(" + KINDS + ") VALUES (" + id
                        + ", -128, 255, true, -9007199254740993, 18446744073709551615, 12345678901234567890.0123456789, 1.1, 0.1,"
                        + " 'ab', 'tä€', 'é', x'00ff', x'00ff5c', x'27005c', 'it''s', '2020-02-29', '-20:02:03.123456',"
                        + " '2020-01-02 03:04:05.123456', '2020-01-02 03:04:05.5', 1999, b'10101', x'ffffffffffffffff', 'it''s ok',"
                        + " 'a,c', '{\"a\": 1.0}', '11111111-2222-3333-4444-555555555555', '2001:db8::1', ST_GeomFromText('POINT(1 2)'))");
    }

    @Test
    void theWholeSchemaComesAlong(Stores stores) throws Exception {
        stores.execute(
                "CREATE SEQUENCE codes START WITH 5 INCREMENT BY 2",
                "CREATE TABLE p(id int PRIMARY KEY CHECK (id > 0), v varchar(20) DEFAULT 'a,b(''`' COMMENT 'it''s; (' UNIQUE,"
                        + " code int DEFAULT NEXTVAL(codes), changed int NOT NULL DEFAULT 0)",
                "CREATE TABLE `ta``ble`(`a b` varchar(20) NOT NULL, c text, n int AUTO_INCREMENT, UNIQUE KEY `k y`(`a b`),"
                        + " UNIQUE KEY(n), FULLTEXT KEY(c))",
                "CREATE TABLE c(id bigint AUTO_INCREMENT PRIMARY KEY, pid int, w int NOT NULL,"
                        + " CONSTRAINT uu UNIQUE(pid, w), FOREIGN KEY(pid) REFERENCES p(id) ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE INDEX lowered ON p(v(5) DESC)",
                "CREATE VIEW zz AS SELECT * FROM p",
                "CREATE VIEW vi AS SELECT zz.*, c.w FROM zz JOIN c ON c.pid = zz.id",
                "CREATE TABLE audit(id int AUTO_INCREMENT PRIMARY KEY, what int)",
                "CREATE TRIGGER tt BEFORE UPDATE ON p FOR EACH ROW BEGIN SET NEW.changed = OLD.changed + 1;"
                        + " INSERT INTO audit(what) VALUES (NEW.id); END",
                "CREATE PROCEDURE add_(x int) INSERT INTO p(id, v) VALUES (x, CONCAT('p', x))",
                "CREATE FUNCTION twice(x int) RETURNS int DETERMINISTIC RETURN x * 2",
                "INSERT INTO p(id, v) VALUES (1, 'x'), (2, 'y')",
                "INSERT INTO c(pid, w) VALUES (1, 1), (1, 2), (2, 3)",
                "INSERT INTO `ta``ble`(`a b`, c) VALUES ('Key', 'red')");
        stores.replicate();
        stores.execute(
                "UPDATE p SET id = id + 10",
                "DELETE FROM p WHERE id = 12",
                "CALL add_(7)",
                // the same to the engine, and not to the application
                "UPDATE `ta``ble` SET `a b` = 'kEY'");
        stores.verifySame();
        assertThat(Rows.of(stores.pastBatonToSecond(), "SELECT `a b`, n FROM `ta``ble`"))
                .containsExactly(List.of("kEY", 1));
        stores.execute("UPGRADE SWITCH");

        assertThat(stores.number("SELECT NEXTVAL(codes)")).isGreaterThanOrEqualTo(11);
        assertThat(stores.number("SELECT count(*) FROM vi")).isEqualTo(2);
        assertThat(stores.number("SELECT twice(4)")).isEqualTo(8);
        stores.execute(
                "INSERT INTO p(id) VALUES (20)",
                "INSERT INTO c(pid, w) VALUES (20, 1)",
                "UPDATE p SET v = 'z' WHERE id = 7");
        assertThat(stores.number("SELECT max(id) FROM c")).isEqualTo(4);
        assertThat(stores.number("SELECT changed FROM p WHERE id = 7")).isEqualTo(1);
        assertThat(stores.number("SELECT count(*) FROM audit")).isEqualTo(3);
        assertState("23000", () -> stores.execute("INSERT INTO p(id, v) VALUES (21, 'a,b(''`')"));
        assertState("23000", () -> stores.execute("INSERT INTO p(id, v) VALUES (-1, 'n')"));
        assertState("23000", () -> stores.execute("INSERT INTO c(pid, w) VALUES (99, 1)"));
        stores.verifySame();
        stores.execute("UPGRADE REVERSE", "UPDATE p SET v = 'zz' WHERE id = 7", "INSERT INTO c(pid, w) VALUES (7, 1)");
        stores.verifySame();
        assertThat(stores.number("SELECT count(*) FROM audit")).isEqualTo(4);
    }

    @Test
    void whateverWritesIsCaptured(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE p(id int PRIMARY KEY, v int)",
                "CREATE TABLE c(id int PRIMARY KEY, pid int UNIQUE)",
                "INSERT INTO p SELECT seq, seq FROM seq_1_to_100",
                "INSERT INTO c SELECT seq, seq FROM seq_1_to_100",
                "CREATE FUNCTION writes(i int) RETURNS int MODIFIES SQL DATA BEGIN UPDATE p SET v = v + 5000 WHERE id = i;"
                        + " RETURN i; END");
        stores.replicate();
        stores.execute(
                "UPDATE p SET id = id + 1 ORDER BY id DESC",
                "UPDATE p SET id = id - 1 ORDER BY id",
                "INSERT INTO p VALUES (200, 200), (201, 201)",
                "INSERT INTO p VALUES (1, 0), (300, 0) ON DUPLICATE KEY UPDATE v = VALUES(v) - 7, id = id + 1000",
                "REPLACE INTO c VALUES (1, 2), (500, 50)",
                "INSERT IGNORE INTO c VALUES (3, 3), (501, 501), (502, 4)",
                "UPDATE IGNORE c SET pid = pid + 1 WHERE id IN (10, 11, 99, 100)",
                "UPDATE p JOIN c ON c.id = p.id SET p.v = -p.v, c.pid = c.pid + 10000 WHERE p.id BETWEEN 20 AND 30",
                "DELETE p, c FROM p JOIN c ON c.id = p.id WHERE p.id BETWEEN 31 AND 35",
                "DELETE FROM p WHERE id IN (SELECT pid FROM c WHERE id = 40)",
                "INSERT INTO p SELECT id + 2000, v FROM p WHERE id < 5",
                "INSERT /*! IGNORE */ INTO p VALUES (3000, 1)",
                "/*M! UPDATE p SET v = 2 WHERE id = 3000 */",
                "SELECT writes(50)",
                "INSERT INTO p VALUES (4000, 1) RETURNING id",
                "DELETE FROM p WHERE id = 4000 RETURNING v",
                "BEGIN NOT ATOMIC UPDATE p SET v = 3 WHERE id = 3000; DELETE FROM c WHERE id = 90; END");
        try (Connection connection = stores.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM c WHERE id = 20");
                Savepoint savepoint = connection.setSavepoint();
                statement.execute("DELETE FROM c WHERE id = 21");
                assertState("23000", () -> statement.execute("INSERT INTO c VALUES (600, NULL), (22, NULL)"));
                connection.rollback(savepoint);
                statement.execute("UPDATE c SET id = 2000 WHERE id = 23");
                connection.commit();
                connection.setSavepoint();
                statement.execute("DELETE FROM c WHERE id = 24");
                connection.rollback();
                statement.execute("DELETE FROM c WHERE id = 25");
                connection.commit();
            }
        }
        assertThat(stores.number("SELECT count(*) FROM c WHERE id IN (21, 24, 2000, 600, 25)"))
                .isEqualTo(3);
        stores.verifySame();
        assertSame(stores, "SELECT * FROM c ORDER BY id");
        assertSame(stores, "SELECT * FROM p ORDER BY id");
    }

    @Test
    void whatForeignKeysChangeIsCapturedAtAnyDepth(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE a(id int PRIMARY KEY, v int)",
                "CREATE TABLE b(id int PRIMARY KEY, aid int, FOREIGN KEY(aid) REFERENCES a(id) ON DELETE CASCADE"
                        + " ON UPDATE CASCADE)",
                "CREATE TABLE c(aid int, n varchar(10), PRIMARY KEY(aid, n), bid int, FOREIGN KEY(bid) REFERENCES b(id)"
                        + " ON DELETE CASCADE, FOREIGN KEY(aid) REFERENCES a(id) ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE d(aid int, n varchar(10), m int, PRIMARY KEY(aid, n, m), FOREIGN KEY(aid, n) REFERENCES c(aid, n)"
                        + " ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE e(id int PRIMARY KEY, bid int, FOREIGN KEY(bid) REFERENCES b(id) ON DELETE SET NULL)",
                "CREATE TABLE tree(id int PRIMARY KEY, up int, FOREIGN KEY(up) REFERENCES tree(id) ON DELETE CASCADE)",
                "INSERT INTO a SELECT seq, seq FROM seq_1_to_9",
                "INSERT INTO b SELECT seq, 1 + seq MOD 9 FROM seq_1_to_30",
                "INSERT INTO c SELECT 1 + seq MOD 9, CONCAT('n', seq), seq FROM seq_1_to_30",
                "INSERT INTO d SELECT aid, n, 1 FROM c",
                "INSERT INTO e SELECT seq, seq FROM seq_1_to_30",
                "INSERT INTO tree SELECT seq, NULLIF(seq DIV 2, 0) FROM seq_1_to_60");
        stores.replicate();
        stores.execute(
                "UPDATE a SET id = id + 100 WHERE id IN (1, 2)",
                "DELETE FROM a WHERE id IN (3, 4)",
                "DELETE FROM b WHERE id = 5",
                "REPLACE INTO a VALUES (6, 66)",
                "UPDATE IGNORE a SET id = 9 WHERE id = 8",
                "DELETE FROM tree WHERE id = 3",
                "UPDATE tree SET up = id WHERE id = 4",
                "DELETE FROM tree WHERE id = 4");
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO b VALUES (500, 7)");
            statement.execute("INSERT INTO e VALUES (500, 500)");
            statement.execute("UPDATE a SET id = 70 WHERE id = 7");
            statement.execute("UPDATE a SET id = 71 WHERE id = 70");
            statement.execute("DELETE FROM b WHERE aid = 71 AND id < 500");
            connection.commit();
            statement.execute("DELETE FROM a WHERE id = 71");
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            statement.execute("DELETE FROM tree WHERE id = 60");
            statement.execute("UPDATE a SET v = 5 WHERE id = 71");
            // A grandchild might come in between, unseen.
            assertState("55000", () -> statement.execute("DELETE FROM a WHERE id = 71"));
            connection.commit();
        }
        assertThat(stores.number("SELECT count(*) FROM d WHERE aid = 101")).isPositive();
        for (String table : List.of("a", "b", "c", "d", "e", "tree")) {
            assertSame(stores, "SELECT * FROM " + table + " ORDER BY 1, 2");
        }
        stores.verifySame();
    }

    @Test
    void aWriteThatBypassesBatonIsRefusedUntilTheUpgradeIsOver(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        Connection past = stores.pastBatonToFirst();
        stores.replicate();

        for (String write : List.of("INSERT INTO t VALUES (2)", "UPDATE t SET id = 3", "DELETE FROM t")) {
            assertState("55000", () -> past.createStatement().execute(write));
        }
        for (String refused :
                List.of("TRUNCATE t", "LOAD DATA INFILE 'x' INTO TABLE t", "LOCK TABLES t WRITE", "XA START 'x'")) {
            assertState("55000", () -> stores.execute(refused));
        }
        stores.execute("INSERT INTO t VALUES (4)");
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");
        // It has not heard of the switchover, and would write where nobody looks any more.
        assertState("55000", () -> past.createStatement().execute("INSERT INTO t VALUES (5)"));
        stores.execute("INSERT INTO t VALUES (7)", "UPGRADE REVERSE");
        assertState("55000", () -> past.createStatement().execute("INSERT INTO t VALUES (5)"));
        stores.verifySame();

        stores.execute("UPGRADE CANCEL");
        past.createStatement().execute("INSERT INTO t VALUES (5)");
        stores.execute("INSERT INTO t VALUES (6)");
        assertThat(Rows.of(past, "SELECT count(*) FROM information_schema.TRIGGERS"))
                .containsExactly(List.of(0L));
        assertThat(Rows.of(past, "SELECT count(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'BATON'"))
                .containsExactly(List.of(0L));
        assertThat(stores.number("SELECT count(*) FROM t")).isEqualTo(5);
    }

    @Test
    void theApplicationWorksOnWhenTheUpgradedStoreDies(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)");
        stores.replicate();
        stores.pastBatonToSecond().createStatement().execute("DROP TABLE t");
        stores.execute("INSERT INTO t VALUES (1)");
        assertState("55000", () -> stores.execute("UPGRADE WAIT FOR SWITCHED WITH (timeout = '20s')"));
        assertThat(stores.phase()).isEqualTo("FAILED");

        stores.execute("INSERT INTO t VALUES (2)", "UPDATE t SET id = id + 1 WHERE id = 2");
        stores.pastBatonToFirst().createStatement().execute("INSERT INTO t VALUES (9)");
        stores.execute("UPGRADE CANCEL", "TRUNCATE t");
    }

    @Test
    void usersWhoMayDoLittleAreCapturedAndBatchesTellTheTruth(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE t(id int AUTO_INCREMENT PRIMARY KEY, v int UNIQUE)",
                "CREATE OR REPLACE USER plain",
                "GRANT INSERT ON t TO plain");
        stores.pastBatonToSecond().createStatement().execute("CREATE OR REPLACE USER plain");
        stores.replicate();
        try (Connection connection = DriverManager.getConnection(stores.url(), "plain", "")) {
            connection.createStatement().execute("INSERT INTO t(v) VALUES (100)");
        }
        try (Connection connection = stores.connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO t(v) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int v : new int[] {1, 2, 3}) {
                insert.setInt(1, v);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(Rows.of(keys))
                        .extracting(row -> ((Number) row.get(0)).intValue())
                        .containsExactly(2, 3, 4);
            }
            for (int v : new int[] {4, 2, 5}) {
                insert.setInt(1, v);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch)
                    .isInstanceOfSatisfying(
                            BatchUpdateException.class,
                            e -> assertThat(e.getUpdateCounts()).containsExactly(1, Statement.EXECUTE_FAILED, 1));
        }
        assertThat(stores.number("SELECT count(*) FROM t")).isEqualTo(6);
        stores.verifySame();
        stores.execute("UPGRADE CANCEL", "DROP USER plain");
    }

    @Test
    void aTransactionThatIsBegunAsTextIsOneUntilItEnds(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)");
        Connection past = stores.pastBatonToFirst();
        transactionsAsText(stores, past);
        // What is left open by close() is not the next user's.
        try (Connection left = stores.connect()) {
            left.createStatement().execute("BEGIN");
            left.createStatement().execute("INSERT INTO t VALUES (100)");
        }
        try (Connection first = stores.connect();
                Connection second = stores.connect()) {
            first.createStatement().execute("INSERT INTO t VALUES (101)");
            second.createStatement().execute("INSERT INTO t VALUES (102)");
            assertThat(Rows.number(past, "SELECT count(*) FROM t WHERE id >= 100"))
                    .isEqualTo(2);
        }
        stores.execute("DELETE FROM t");
        stores.replicate();
        transactionsAsText(stores, past);
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");
        transactionsAsText(stores, stores.pastBatonToSecond());
        stores.verifySame();
    }

    private static void transactionsAsText(Stores stores, Connection past) throws SQLException {
        String count = "SELECT count(*) FROM t";
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            for (String begin : List.of("BEGIN", "START TRANSACTION")) {
                for (String sql : List.of(begin, "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)", "ROLLBACK")) {
                    statement.execute(sql);
                }
                assertThat(Rows.number(past, count)).isZero();
                for (String sql : List.of(
                        begin,
                        "INSERT INTO t VALUES (1)",
                        "SAVEPOINT s",
                        "INSERT INTO t VALUES (2)",
                        "ROLLBACK TO SAVEPOINT s",
                        "INSERT INTO t VALUES (3)")) {
                    statement.execute(sql);
                }
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(Rows.number(connection, count)).isEqualTo(2);
                assertThat(Rows.number(past, count)).isZero();
                statement.execute("COMMIT AND CHAIN");
                statement.execute("INSERT INTO t VALUES (4)");
                assertThat(Rows.number(past, count)).isEqualTo(2);
                statement.execute("ROLLBACK");
                // Autocommit is on again.
                statement.execute("INSERT INTO t VALUES (5)");
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(Rows.number(past, count)).isEqualTo(3);
                statement.execute("DELETE FROM t");
            }
            statement.execute("START TRANSACTION READ ONLY");
            assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (6)"))
                    .isInstanceOf(SQLException.class);
            connection.rollback();
            statement.execute("INSERT INTO t VALUES (7)");
            assertThat(Rows.number(past, count)).isEqualTo(1);
            statement.execute("DELETE FROM t");
        }
    }

    @Test
    void whatCannotBeCarriedIsAnErrorBeforehand(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE isam(id int PRIMARY KEY) ENGINE = MyISAM",
                "CREATE TABLE aria(id int PRIMARY KEY) ENGINE = Aria",
                "CREATE TABLE past(id int PRIMARY KEY) WITH SYSTEM VERSIONING",
                "CREATE TABLE floating(id double PRIMARY KEY)",
                "CREATE TABLE prefixed(v varchar(100) NOT NULL, UNIQUE(v(10)))",
                "CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DO DELETE FROM floating");

        List<String> errors = Rows.of(stores.connect(), "UPGRADE CHECK").stream()
                .filter(finding -> finding.get(0).equals("ERROR"))
                .map(finding ->
                        finding.get(1) + " " + String.valueOf(finding.get(2)).replaceAll(".*\\.", ""))
                .toList();
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        "carried-over isam",
                        "carried-over aria",
                        "carried-over past",
                        "carried-over ev",
                        "primary-key isam",
                        "primary-key aria",
                        "primary-key past",
                        "primary-key floating",
                        "primary-key prefixed");
    }

    private static void assertSame(Stores stores, String query) throws SQLException {
        stores.awaitApplied();
        assertThat(Rows.of(stores.pastBatonToSecond(), query)).isEqualTo(Rows.of(stores.pastBatonToFirst(), query));
    }

    private static void assertState(String state, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
    }
}
