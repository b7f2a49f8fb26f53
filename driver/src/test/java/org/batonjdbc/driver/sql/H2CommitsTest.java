package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks real H2, both releases, which statements commit what is open; a wrong answer here would tear a transaction apart. */
class H2CommitsTest {
    private static final List<String> RELEASES = List.of("h2-1.4.200.jar", "h2-2.5.252.jar");

    private static final String[] STATEMENTS = {
        "CREATE TABLE n (a INT)",
        "CREATE TABLE IF NOT EXISTS t (a INT)",
        "CREATE MEMORY TABLE n (a INT)",
        "CREATE LOCAL TEMPORARY TABLE n (a INT)",
        "CREATE LOCAL TEMPORARY TABLE n (a INT) TRANSACTIONAL",
        "CREATE LOCAL TEMPORARY TABLE n (a INT) NOT PERSISTENT TRANSACTIONAL",
        "CREATE GLOBAL TEMPORARY TABLE n (a INT)",
        "CREATE TABLE n AS SELECT 1 AS a",
        "CREATE INDEX i ON t (a)",
        "CREATE VIEW w AS SELECT 1 AS a",
        "CREATE SEQUENCE q",
        "CREATE SCHEMA z",
        "CREATE USER bob PASSWORD 'b'",
        "CREATE ROLE r",
        "CREATE DOMAIN d AS INT",
        "CREATE CONSTANT c VALUE 1",
        "CREATE ALIAS f FOR \"java.lang.Math.abs\"",
        "DROP TABLE u",
        "DROP TABLE IF EXISTS none",
        "DROP INDEX IF EXISTS none",
        "DROP VIEW IF EXISTS none",
        "DROP SEQUENCE s",
        "DROP SEQUENCE IF EXISTS none",
        "DROP SCHEMA IF EXISTS none",
        "DROP USER IF EXISTS none",
        "DROP ROLE IF EXISTS none",
        "DROP ALIAS IF EXISTS none",
        "ALTER TABLE u ADD COLUMN b INT",
        "ALTER TABLE u ALTER COLUMN a SET DEFAULT 5",
        "ALTER TABLE u ALTER COLUMN a RENAME TO b",
        "ALTER TABLE u RENAME TO x",
        "ALTER TABLE u SET REFERENTIAL_INTEGRITY FALSE",
        "ALTER TABLE u ADD CONSTRAINT k CHECK (a > 0)",
        "ALTER SEQUENCE s RESTART WITH 7",
        "ALTER SEQUENCE IF EXISTS none RESTART WITH 7",
        "ALTER USER sa SET PASSWORD ''",
        "COMMENT ON TABLE u IS 'x'",
        "GRANT SELECT ON u TO PUBLIC",
        "REVOKE SELECT ON u FROM PUBLIC",
        "TRUNCATE TABLE u",
        "ANALYZE",
        "ANALYZE TABLE u SAMPLE_SIZE 10",
        "CHECKPOINT",
        "BACKUP TO '%s/b.zip'",
        "SCRIPT",
        "SCRIPT NODATA",
        "SCRIPT TO '%s/s.sql'",
        "RUNSCRIPT FROM '%s/empty.sql'",
        "SET @x = 1",
        "SET LOCK_TIMEOUT 1000",
        "SET QUERY_TIMEOUT 1000",
        "SET SCHEMA PUBLIC",
        "SET SCHEMA_SEARCH_PATH PUBLIC",
        "SET CATALOG X",
        "SET THROTTLE 0",
        "SET TIME ZONE 'UTC'",
        "SET NON_KEYWORDS QUICK",
        "SET VARIABLE_BINARY FALSE",
        "SET TRUNCATE_LARGE_LENGTH FALSE",
        "SET LAZY_QUERY_EXECUTION 0",
        "SET OLD_INFORMATION_SCHEMA FALSE",
        "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED",
        "SET TRACE_LEVEL_FILE 0",
        "SET CACHE_SIZE 1000",
        "SET MODE REGULAR",
        "SET IGNORECASE FALSE",
        "SET REFERENTIAL_INTEGRITY TRUE",
        "SET DB_CLOSE_DELAY 0",
        "SET DEFAULT_LOCK_TIMEOUT 1000",
        "SET MAX_LOG_SIZE 16",
        "SET WRITE_DELAY 500",
        "SET RETENTION_TIME 45000",
        "SET OPTIMIZE_REUSE_RESULTS 1",
        "SET ALLOW_LITERALS ALL",
        "SET LOG 2",
        "SET UNDO_LOG 1",
        "SET LOCK_MODE 3",
        "SET COMPRESS_LOB NO",
        "SET QUERY_STATISTICS TRUE",
        "SET PASSWORD ''",
        "SET AUTOCOMMIT FALSE",
        "SET AUTOCOMMIT TRUE",
        "BEGIN",
        "SAVEPOINT sp",
        "SELECT * FROM u",
        "SELECT * FROM u FOR UPDATE",
        "INSERT INTO u VALUES (5)",
        "CALL 1",
        "CALL NEXT VALUE FOR s",
        "EXPLAIN SELECT * FROM u",
        "EXPLAIN ANALYZE INSERT INTO u VALUES (5)",
        "SHOW TABLES",
        "HELP SELECT",
        "EXECUTE IMMEDIATE 'INSERT INTO u VALUES (5)'",
        "EXECUTE IMMEDIATE 'CREATE TABLE n (a INT)'",
        "WITH x AS (SELECT 1) CREATE TABLE n AS SELECT * FROM x",
        "PREPARE p AS INSERT INTO u VALUES (5)",
        "DEALLOCATE p",
        "SET EXCLUSIVE FALSE",
        "SET COLLATION OFF",
        "SET DEFAULT_TABLE_TYPE CACHED",
        "SET DEFAULT_NULL_ORDERING LOW",
        "WITH x AS (SELECT 1 AS a) SELECT * FROM x",
        "WITH RECURSIVE x(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM x WHERE a < 3) SELECT * FROM x",
        "INSERT INTO u WITH x(a) AS (SELECT 1) SELECT a FROM x",
        "SELECT * FROM FINAL TABLE (INSERT INTO u VALUES (7))",
        "MERGE INTO u KEY (a) VALUES (7)",
        "UPDATE u SET a = 1",
        "SELECT TRANSACTION_ID()",
        "SELECT @n := 1",
        "DROP ALL OBJECTS",
        "SHUTDOWN"
    };

    @Test
    void whatCommitsOnAnyReleaseIsKnownToDoSoAndNothingElseIs(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("empty.sql"), "SELECT 1;");
        Map<String, Set<String>> answers = new LinkedHashMap<>();
        for (String jar : RELEASES) {
            URL url = Path.of(System.getProperty("baton.engines"), jar).toUri().toURL();
            try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, ClassLoader.getPlatformClassLoader())) {
                Driver driver = (Driver) loader.loadClass("org.h2.Driver")
                        .getDeclaredConstructor()
                        .newInstance();
                for (String statement : STATEMENTS) {
                    String store =
                            statement.startsWith("BACKUP") ? "jdbc:h2:" + directory.resolve(jar) : "jdbc:h2:mem:";
                    answers.computeIfAbsent(statement, key -> new TreeSet<>())
                            .add(ask(driver, store, statement.formatted(directory)));
                }
            }
        }

        List<String> wrong = answers.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(Set.of("refused")))
                .filter(entry -> Meaning.of(entry.getKey(), Syntax.H2).commitsByItself()
                        != entry.getValue().contains("commits"))
                .map(Map.Entry::toString)
                .toList();

        assertThat(wrong).isEmpty();
        assertThat(answers.values())
                .filteredOn(answer -> !answer.equals(Set.of("refused")))
                .hasSizeGreaterThan(90);
    }

    /** Whether a row survives a rollback behind the statement: "commits", "leaves open", or "refused". */
    private static String ask(Driver driver, String url, String sql) throws SQLException {
        try (Connection connection = driver.connect(url, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            statement.execute("CREATE TABLE t (a INT)");
            statement.execute("CREATE TABLE u (a INT)");
            statement.execute("CREATE SEQUENCE s");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                return "refused";
            }
            if (sql.startsWith("DROP ALL") || sql.equals("SHUTDOWN")) {
                return "commits";
            }
            connection.rollback();
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
                rows.next();
                return rows.getInt(1) > 0 ? "commits" : "leaves open";
            }
        }
    }
}
