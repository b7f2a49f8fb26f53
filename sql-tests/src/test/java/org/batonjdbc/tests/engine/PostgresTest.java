package org.batonjdbc.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
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

/** PostgreSQL 15 carried to 18, both real servers: its types, its schema objects, and every way in which it writes. */
@Pair(active = "postgresql:15", upgraded = "postgresql:18")
class PostgresTest {
    private static final String KINDS =
            "id, b, si, bi, n, n2, r, d, t, vc, ch, by, u, da, ti, tt, ts, tz, iv, ai, at, j, jb,"
                    + " inet_, mac, bt, vb, rg, e, dm, ct, m, x, pt, g";
    private static final String ALL =
            "SELECT " + KINDS.replaceAll("(\\w+)", "CAST($1 AS text)") + " FROM kinds ORDER BY kinds.id";

    @Test
    void statementsPassThroughWhenNoUpgradeRuns(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)", "INSERT INTO t VALUES (1)", "TRUNCATE t");

        assertThat(stores.number("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void eachColumnTypeArrivesAsItIs(Stores stores) throws Exception {
        stores.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy')",
                "CREATE DOMAIN posint AS int CHECK (VALUE > 0)",
                "CREATE TYPE pair AS (a int, b text)",
                """
                CREATE TABLE kinds(id int PRIMARY KEY, b bool, si smallint, bi bigint, n numeric, n2 numeric(10, 2),
                    r real, d double precision, t text, vc varchar(10), ch char(5), by bytea, u uuid, da date, ti time,
                    tt timetz, ts timestamp, tz timestamptz, iv interval, ai int[], at text[], j json, jb jsonb,
                    inet_ inet, mac macaddr, bt bit(4), vb varbit, rg tstzrange, e mood, dm posint, ct pair, m money,
                    x xml, pt point, g int GENERATED ALWAYS AS (id * 2) STORED)""");
        insertKinds(stores, 1);
        stores.execute("INSERT INTO kinds(id) VALUES (11)");
        stores.replicate();
        insertKinds(stores, 2);
        stores.execute(
                "INSERT INTO kinds(id, n, r, d, da, ts, tz) VALUES (12, 'NaN', 'NaN', '-Infinity', 'infinity',"
                        + " '0044-03-15 12:00:00 BC', '-infinity')",
                "UPDATE kinds SET da = '1999-12-31', ai = '{{1,2},{3,NULL}}', n = 1.5000 WHERE id = 1",
                // whatever the session writes itself in
                "SET TimeZone = 'America/St_Johns'",
                "SET DateStyle = 'ISO, DMY'",
                "SET IntervalStyle = 'iso_8601'",
                "SET extra_float_digits = 0",
                "SET bytea_output = 'escape'");
        insertKinds(stores, 4);
        stores.verifySame();
        assertThat(Rows.of(stores.pastBatonToSecond(), ALL))
                .hasSize(5)
                .isEqualTo(Rows.of(stores.pastBatonToFirst(), ALL));

        stores.execute("UPGRADE SWITCH");
        insertKinds(stores, 3);
        stores.execute("DELETE FROM kinds WHERE id = 2");
        stores.verifySame();
        assertThat(Rows.of(stores.pastBatonToFirst(), ALL))
                .hasSize(5)
                .isEqualTo(Rows.of(stores.pastBatonToSecond(), ALL));
    }

    private static void insertKinds(Stores stores, int id) throws SQLException {
        stores.execute("INSERT INTO kinds(" + KINDS.replace(", g", "") + ") VALUES (" + id
                + ", true, -3, 9007199254740993, 123456789012345678901234567890.1234567890, 1.50, 1.1, 0.1, E'tä\\nxt\\\\',"
                + " 'a ', 'ab', '\\x00ff5c', '11111111-2222-3333-4444-555555555555', '2020-02-29', '01:02:03.123456',"
                + " '01:02:03.5+02', '2020-01-02 03:04:05.123456', '2020-01-02 03:04:05.123456-03:30',"
                + " '1 year 2 months 3 days 04:05:06.789', '{1,NULL}', '{\"a,b\",NULL,\"\\\"\"}', '{\"a\" : 1.0}',"
                + " '{\"b\": 1.50}', '10.0.0.1/8', '08:00:2b:01:02:03', B'1010', B'110', '[2020-01-01,2021-01-01)', 'it''s ok',"
                + " 7, '(1,\"x y\")', 12.34, '<a>é</a>', '(1.5,2)')");
    }

    @Test
    void theWholeSchemaComesAlong(Stores stores) throws Exception {
        stores.execute(
                "CREATE SCHEMA \"Söme schema\"",
                "CREATE TYPE \"Söme schema\".colour AS ENUM ('red', 'green')",
                "CREATE SEQUENCE codes START 5 INCREMENT 2",
                "CREATE FUNCTION next_code() RETURNS text LANGUAGE sql AS $$ SELECT 'c' || nextval('public.codes')::text $$",
                "CREATE TABLE p(id int PRIMARY KEY CHECK (id > 0), v varchar(20) DEFAULT 'a,b(' UNIQUE,"
                        + " code text DEFAULT next_code(), changed int NOT NULL DEFAULT 0)",
                "CREATE TABLE \"Söme schema\".\"ta\"\"ble\"(\"a b\" int NOT NULL, c \"Söme schema\".colour,"
                        + " CONSTRAINT \"k y\" UNIQUE(\"a b\"))",
                "CREATE TABLE c(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pid int, w int NOT NULL, s serial,"
                        + " CONSTRAINT uu UNIQUE(pid, w), FOREIGN KEY(pid) REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE UNIQUE INDEX partly ON c(w) WHERE w > 100",
                "CREATE INDEX lowered ON p(lower(v))",
                "CREATE VIEW vi AS SELECT p.*, c.w FROM p JOIN c ON c.pid = p.id",
                "CREATE MATERIALIZED VIEW ma AS SELECT count(*) AS n FROM p",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN NEW.changed := OLD.changed + 1; INSERT INTO audit(what) VALUES (NEW.id); RETURN NEW; END $$",
                "CREATE TABLE audit(id serial PRIMARY KEY, what int)",
                "CREATE TRIGGER tt BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch()",
                "CREATE PROCEDURE add(x int) LANGUAGE sql AS $$ INSERT INTO p(id, v) VALUES (x, 'p' || x) $$",
                "COMMENT ON COLUMN p.v IS 'it''s'",
                "CREATE FUNCTION guarded(x int) RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ SELECT x $$",
                "REVOKE ALL ON FUNCTION guarded(int) FROM PUBLIC",
                "GRANT SELECT ON p TO PUBLIC",
                "INSERT INTO p(id, v) VALUES (1, 'x'), (2, 'y')",
                "INSERT INTO c(pid, w) VALUES (1, 1), (1, 2), (2, 3)",
                "INSERT INTO \"Söme schema\".\"ta\"\"ble\" VALUES (1, 'red')");
        stores.replicate();
        stores.execute(
                "UPDATE p SET id = id + 10",
                "DELETE FROM p WHERE id = 12",
                "CALL add(7)",
                "UPDATE \"Söme schema\".\"ta\"\"ble\" SET \"a b\" = 9");
        stores.verifySame();
        assertThat(
                        Rows.of(
                                stores.pastBatonToSecond(),
                                "SELECT has_function_privilege('pg_monitor', 'guarded(int)', 'EXECUTE'),"
                                        + " has_table_privilege('pg_monitor', 'p', 'SELECT'),"
                                        + " has_table_privilege('pg_monitor', 'c', 'SELECT'), col_description('p'::regclass, 2)"))
                .containsExactly(List.of(false, true, false, "it's"));
        stores.execute("UPGRADE SWITCH");

        assertThat(stores.number("SELECT nextval('codes')")).isEqualTo(11);
        assertThat(stores.number("SELECT count(*) FROM vi")).isEqualTo(2);
        assertThat(stores.number("SELECT n FROM ma")).isEqualTo(2);
        stores.execute(
                "INSERT INTO p(id) VALUES (20)",
                "INSERT INTO c(pid, w) VALUES (20, 1)",
                "UPDATE p SET v = 'z' WHERE id = 7");
        assertThat(stores.text("SELECT * FROM p WHERE id = 20", "code")).isEqualTo("c13");
        assertThat(stores.number("SELECT max(id) FROM c")).isEqualTo(4);
        assertThat(stores.number("SELECT max(s) FROM c")).isEqualTo(4);
        assertThat(stores.number("SELECT changed FROM p WHERE id = 7")).isEqualTo(1);
        assertThat(stores.number("SELECT count(*) FROM audit")).isEqualTo(3);
        assertState("23505", () -> stores.execute("INSERT INTO p(id, v) VALUES (21, 'a,b(')"));
        assertState("23514", () -> stores.execute("INSERT INTO p(id, v) VALUES (-1, 'n')"));
        assertState("23503", () -> stores.execute("INSERT INTO c(pid, w) VALUES (99, 1)"));
        stores.verifySame();
        stores.execute("UPGRADE REVERSE", "UPDATE p SET v = 'zz' WHERE id = 7", "INSERT INTO c(pid, w) VALUES (7, 1)");
        assertThat(stores.number("SELECT max(id) FROM c")).isEqualTo(6);
        stores.verifySame();
    }

    @Test
    void whateverWritesIsCaptured(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE p(id int PRIMARY KEY, v int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                "CREATE TABLE c(id int PRIMARY KEY, pid int REFERENCES p ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED)",
                "INSERT INTO p SELECT i, i FROM generate_series(1, 100) i",
                "INSERT INTO c SELECT i, i FROM generate_series(1, 100) i",
                "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO c VALUES (NEW.id + 1000, NEW.id); RETURN NULL; END $$",
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON p DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                        + " EXECUTE FUNCTION late()",
                "CREATE FUNCTION writes(i int) RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN UPDATE p SET v = v + 5000 WHERE id = i; RETURN i; END $$");
        stores.replicate();
        stores.execute(
                "UPDATE p SET v = 101 - v",
                "WITH gone AS (DELETE FROM p WHERE id BETWEEN 1 AND 5 RETURNING *), back AS"
                        + " (UPDATE p SET v = v + 200 WHERE id IN (SELECT id + 10 FROM gone) RETURNING id) SELECT count(*) FROM back",
                "INSERT INTO p VALUES (200, 200), (201, 201)",
                "SELECT writes(50)",
                "INSERT INTO c VALUES (1, 200), (500, 200) ON CONFLICT (id) DO UPDATE SET pid = EXCLUDED.pid",
                "MERGE INTO c USING (VALUES (1), (2), (600)) AS s(id) ON s.id = c.id WHEN MATCHED AND s.id = 1 THEN DELETE"
                        + " WHEN MATCHED THEN UPDATE SET pid = 201 WHEN NOT MATCHED THEN INSERT VALUES (s.id, 201)",
                "DO $$ BEGIN DELETE FROM c WHERE id = 90; EXCEPTION WHEN others THEN NULL; END $$",
                "DO $$ BEGIN UPDATE c SET id = -id WHERE id = 91; PERFORM 1 / 0; EXCEPTION WHEN others THEN NULL; END $$");
        try (Connection connection = stores.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM c WHERE id = 20");
                Savepoint savepoint = connection.setSavepoint();
                statement.execute("DELETE FROM c WHERE id = 21");
                assertState("23505", () -> statement.execute("INSERT INTO c VALUES (22, NULL)"));
                connection.rollback(savepoint);
                statement.execute("UPDATE c SET id = 2000 WHERE id = 23");
                connection.commit();
                statement.execute("DELETE FROM c WHERE id = 24");
                connection.rollback();
            }
        }
        assertThat(stores.number("SELECT count(*) FROM c WHERE id IN (21, 24, 91, 1200)"))
                .isEqualTo(4);
        stores.verifySame();
        assertThat(Rows.of(stores.pastBatonToSecond(), "SELECT * FROM c ORDER BY id"))
                .isEqualTo(Rows.of(stores.pastBatonToFirst(), "SELECT * FROM c ORDER BY id"));
    }

    @Test
    void errorsBatchesAndGeneratedKeysAreTheDriversOwn(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id serial PRIMARY KEY, v int UNIQUE)", "INSERT INTO t(v) VALUES (0)");
        stores.replicate();
        try (Connection connection = stores.connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO t(v) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int v : new int[] {1, 2, 3}) {
                insert.setInt(1, v);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(Rows.of(keys)).extracting(row -> row.get(0)).containsExactly(2, 3, 4);
            }
            for (int v : new int[] {4, 2, 5}) {
                insert.setInt(1, v);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
            try (ResultSet returned =
                    connection.createStatement().executeQuery("UPDATE t SET v = 7 WHERE v = 3 RETURNING id")) {
                assertThat(Rows.of(returned)).containsExactly(List.of(4));
            }
            connection.setAutoCommit(false);
            assertState("23505", () -> connection.createStatement().execute("INSERT INTO t(v) VALUES (1)"));
            assertState("25P02", () -> connection.createStatement().execute("INSERT INTO t(v) VALUES (9)"));
            assertState("25P02", connection::commit);
            connection.rollback();
            connection.createStatement().execute("INSERT INTO t(v) VALUES (8)");
            connection.commit();
        }
        assertThat(stores.number("SELECT count(*) FROM t")).isEqualTo(5);
        stores.verifySame();
    }

    @Test
    void theApplicationsStatementTimeoutDoesNotEndItsCommit(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)");
        stores.replicate();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t SELECT generate_series(1, 100000)");
            statement.execute("SET statement_timeout = '50ms'");
            connection.commit();
            assertThat(Rows.of(connection, "SHOW statement_timeout")).containsExactly(List.of("50ms"));
            connection.commit();
        }
        stores.verifySame();
    }

    @Test
    void rowsOfAWriteInAutocommitModeAreReadToTheirEndWhateverTheFetchSize(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)");
        stores.replicate();
        try (Statement statement = stores.connect().createStatement()) {
            statement.setFetchSize(2);
            for (String sql : List.of(
                    "INSERT INTO t SELECT generate_series(1, 5) RETURNING id",
                    "SELECT id FROM t ORDER BY id FOR UPDATE",
                    "UPDATE t SET id = id RETURNING id")) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    assertThat(Rows.of(rows)).as(sql).hasSize(5);
                }
            }
            assertThat(statement.getFetchSize()).isEqualTo(2);
        }
    }

    @Test
    void aQueryThatWritesIsReadWholeInAutocommitModeAndThroughAView(Stores stores) throws Exception {
        stores.execute(
                "CREATE TABLE t(id int PRIMARY KEY, v int)",
                "INSERT INTO t SELECT i, 0 FROM generate_series(1, 100) i",
                "CREATE FUNCTION put(i int) RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (i, 1) RETURNING id'",
                "CREATE SEQUENCE s START 200",
                "CREATE VIEW writing AS SELECT put(CAST(nextval('s') AS int)) AS p");
        stores.replicate();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(10);
            int rows = 0;
            try (ResultSet result = statement.executeQuery("UPDATE t SET v = v + 1 RETURNING id")) {
                while (result.next()) {
                    rows++;
                }
            }
            assertThat(rows).isEqualTo(100);
            assertThat(statement.getFetchSize()).isEqualTo(10);
            try (ResultSet result = statement.executeQuery("SELECT id FROM t FOR UPDATE")) {
                while (result.next()) {
                    rows--;
                }
            }
            assertThat(rows).isZero();
            assertThat(Rows.of(connection, "SELECT * FROM writing")).hasSize(1);
            connection.setAutoCommit(false);
            assertThat(Rows.of(connection, "SELECT count(*) FROM t")).containsExactly(List.of(101L));
            assertThat(Rows.of(connection, "SELECT p FROM writing")).hasSize(1);
            connection.commit();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertState("40001", () -> Rows.of(connection, "SELECT 1, p FROM writing"));
            assertThat(Rows.of(connection, "SELECT 1, p FROM writing")).hasSize(1);
            connection.commit();
        }
        assertThat(stores.number("SELECT count(*) FROM t")).isEqualTo(103);
        stores.verifySame();
    }

    @Test
    void aWriteThatBypassesBatonIsRefusedUntilTheUpgradeIsOver(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        Connection past = stores.pastBatonToFirst();
        stores.replicate();

        for (String write : List.of("INSERT INTO t VALUES (2)", "UPDATE t SET id = 3", "DELETE FROM t", "TRUNCATE t")) {
            assertState("55000", () -> past.createStatement().execute(write));
        }
        past.createStatement().execute("SET session_replication_role = replica");
        assertState("55000", () -> past.createStatement().execute("DELETE FROM t"));
        assertState("55000", () -> stores.execute("TRUNCATE t"));
        stores.execute("INSERT INTO t VALUES (4)");
        stores.verifySame();
        stores.execute("UPGRADE SWITCH");
        // It has not heard of the switchover, and would write where nobody looks any more.
        assertState("55000", () -> past.createStatement().execute("INSERT INTO t VALUES (5)"));
        stores.execute("UPGRADE REVERSE");
        assertState("55000", () -> past.createStatement().execute("INSERT INTO t VALUES (5)"));
        stores.verifySame();

        stores.execute("UPGRADE CANCEL");
        past.createStatement().execute("INSERT INTO t VALUES (5)");
        stores.execute("INSERT INTO t VALUES (6)");
        assertThat(Rows.of(past, "SELECT count(*) FROM pg_trigger")).containsExactly(List.of(0L));
        assertThat(Rows.of(past, "SELECT count(*) FROM pg_namespace WHERE nspname = 'BATON'"))
                .containsExactly(List.of(0L));
        assertThat(stores.number("SELECT count(*) FROM t")).isEqualTo(4);
    }

    @Test
    void settingsOfTransactionsAndSessionsWorkAsWithoutBaton(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)", "CREATE ROLE plain LOGIN", "GRANT INSERT ON t TO plain");
        stores.replicate();
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement()) {
            for (String alone : List.of("VACUUM t", "DISCARD ALL", "RESET ALL", "SET work_mem = '8MB'", "ANALYZE t")) {
                statement.execute(alone);
            }
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            statement.execute("INSERT INTO t VALUES (1)");
            connection.commit();
            connection.setSavepoint();
            statement.execute("INSERT INTO t VALUES (2)");
            connection.commit();
            statement.execute("INSERT INTO t VALUES (3)");
            statement.execute("RESET ALL");
            assertState("40001", connection::commit);
            assertState("55000", () -> statement.execute("PREPARE TRANSACTION 'x'"));
            connection.rollback();
            // Rows that its user may not even read.
            statement.execute("SET ROLE plain");
            statement.execute("INSERT INTO t VALUES (4)");
            connection.commit();
            statement.execute("RESET ROLE");
            connection.commit();
        }
        assertThat(stores.number("SELECT sum(id) FROM t")).isEqualTo(7);
        stores.verifySame();
        stores.execute("UPGRADE CANCEL", "REVOKE ALL ON t FROM plain", "DROP ROLE plain");
    }

    @Test
    void anotherProcessCannotTakeUpTheSameUpgrade(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)");
        stores.replicate();
        // As another process sees it, which knows nothing of this one's pairs but what the stores say.
        Connection past = stores.pastBatonToFirst();
        try (ResultSet claimed =
                past.createStatement().executeQuery("SELECT pg_try_advisory_lock(x'4241544F4E'::bigint)")) {
            assertThat(Rows.of(claimed)).containsExactly(List.of(false));
        }
        stores.execute("UPGRADE CANCEL");
        past.createStatement().execute("SET lock_timeout = '20s'");
        past.createStatement().execute("SELECT pg_advisory_lock(x'4241544F4E'::bigint)");
        assertState("55000", () -> stores.execute("UPGRADE START"));
        assertThat(Rows.of(past, "SELECT pg_advisory_unlock(x'4241544F4E'::bigint)"))
                .containsExactly(List.of(true));
        stores.replicate();
    }

    @Test
    void theApplicationWorksOnWhenTheUpgradedStoreDies(Stores stores) throws Exception {
        stores.execute("CREATE TABLE t(id int PRIMARY KEY)");
        stores.replicate();
        Connection past = stores.pastBatonToSecond();
        past.createStatement().execute("DROP TABLE t CASCADE");
        stores.execute("INSERT INTO t VALUES (1)");
        assertState("55000", () -> stores.execute("UPGRADE WAIT FOR SWITCHED WITH (timeout = '20s')"));
        assertThat(stores.phase()).isEqualTo("FAILED");

        stores.execute("INSERT INTO t VALUES (2)", "UPDATE t SET id = id + 1 WHERE id = 2");
        stores.pastBatonToFirst().createStatement().execute("INSERT INTO t VALUES (9)");
        stores.execute("UPGRADE CANCEL", "TRUNCATE t");
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
        try (Connection left = stores.connect()) {
            Rows.of(left, "SELECT 1");
            left.createStatement().execute("BEGIN; INSERT INTO t VALUES (99)");
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
                "CREATE TABLE parts(id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE part PARTITION OF parts FOR VALUES FROM (1) TO (9)",
                "CREATE TABLE secured(id int PRIMARY KEY)",
                "ALTER TABLE secured ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE ruled(id int PRIMARY KEY)",
                "CREATE RULE r AS ON DELETE TO ruled DO INSTEAD NOTHING",
                "CREATE TABLE numbered(id int PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY)",
                "CREATE TABLE late(id int PRIMARY KEY DEFERRABLE)",
                "CREATE TABLE floating(id float8 PRIMARY KEY)");

        List<String> errors = Rows.of(stores.connect(), "UPGRADE CHECK").stream()
                .filter(finding -> finding.get(0).equals("ERROR"))
                .map(finding -> finding.get(1) + " " + finding.get(2))
                .toList();
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        "carried-over public.parts",
                        "carried-over public.part",
                        "carried-over public.secured",
                        "carried-over r on public.ruled",
                        "carried-over public.numbered.n",
                        "primary-key public.parts",
                        "primary-key public.part",
                        "primary-key public.late",
                        "primary-key public.floating");
    }

    private static void assertState(String state, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
    }
}
