package org.batonjdbc.store.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.EngineJars;
import org.batonjdbc.store.engine.PoolSettings;
import org.batonjdbc.store.engine.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules over columns that the upgraded engine made differently, which is played by a second schema of one store. */
class ColumnRuleTest {
    private static final Credentials SA = sa();

    private Store store;
    private Connection connection;

    private static Credentials sa() {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        return new Credentials(properties);
    }

    @BeforeEach
    void openAStore() throws SQLException {
        store = Store.open(
                StoreUrl.parse("h2:1.4.200@jdbc:h2:mem:" + UUID.randomUUID()),
                EngineJars.in(Path.of("target", "engines")),
                PoolSettings.STANDARD);
        connection = store.connect(SA);
    }

    @AfterEach
    void releaseTheStore() throws SQLException {
        store.release(SA);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Findings about a column of the first type, which the upgraded engine would make of the second. */
    private List<Finding> check(Rule rule, String active, String upgraded, String... values) throws SQLException {
        Dialect dialect = store.dialect().orElseThrow();
        run("DROP ALL OBJECTS");
        run("CREATE TABLE T(ID INT PRIMARY KEY, A " + upgraded + ")");
        Trial trial = new Trial(List.of(), dialect.catalog(connection));
        run("DROP ALL OBJECTS");
        run("CREATE TABLE T(ID INT PRIMARY KEY, A " + active + ")");
        for (int i = 0; i < values.length; i++) {
            run("INSERT INTO T VALUES(" + i + ", " + values[i] + ")");
        }
        Catalog catalog = dialect.catalog(connection);
        PreflightRequest request = new PreflightRequest(
                store, SA, store.url(), SA, EngineJars.standard(), Set.of(), other -> Tenant.NOBODY);
        Facts facts = new Facts(
                request,
                new ThisMachine(),
                dialect,
                connection,
                catalog,
                Optional.of(dialect),
                Optional.empty(),
                Optional.empty(),
                Optional.of(trial));
        Findings findings = new Findings();
        rule.check(facts, findings);
        return findings.sorted();
    }

    private static void assertOne(List<Finding> findings, Severity severity, String... words) {
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.object()).isEqualTo("PUBLIC.T.A");
            assertThat(List.of(words))
                    .allSatisfy(word -> assertThat(finding.message()).contains(word));
            assertThat(finding.remedy()).isNotBlank();
        });
    }

    @Test
    void textAndLargeObjectsAreNotStoredInTheSameWay() throws SQLException {
        InlineStorageRule rule = new InlineStorageRule();

        assertOne(check(rule, "VARCHAR(10)", "CLOB"), Severity.ERROR, "inline (VARCHAR)", "out of line (CLOB)");
        assertOne(check(rule, "CLOB", "VARCHAR(10)"), Severity.ERROR, "out of line (CLOB)", "inline (VARCHAR)");
        assertOne(check(rule, "VARBINARY(10)", "BLOB"), Severity.ERROR);
        assertThat(check(rule, "CLOB", "CLOB")).isEmpty();
        assertThat(check(rule, "VARCHAR(10)", "VARCHAR(20)")).isEmpty();
    }

    @Test
    void anotherKindOfValueIsRefused() throws SQLException {
        ColumnTypeRule rule = new ColumnTypeRule();

        assertOne(check(rule, "TIMESTAMP", "DATE"), Severity.ERROR, "TIMESTAMP", "DATE");
        assertOne(check(rule, "DECIMAL(10, 2)", "DOUBLE"), Severity.ERROR, "DECIMAL(10, 2)", "DOUBLE");
        assertThat(check(rule, "INT", "BIGINT")).isEmpty();
        assertThat(check(rule, "VARCHAR(10)", "CLOB"))
                .as("that is another rule's")
                .isEmpty();
    }

    @Test
    void fewerDigitsAreWarnedAbout() throws SQLException {
        ColumnTypeRule rule = new ColumnTypeRule();

        assertOne(check(rule, "DECIMAL(10, 4)", "DECIMAL(10, 2)"), Severity.WARNING);
        assertOne(check(rule, "DECIMAL(10, 2)", "DECIMAL(9, 2)"), Severity.WARNING);
        assertOne(check(rule, "TIMESTAMP(9)", "TIMESTAMP(6)"), Severity.WARNING);
        assertThat(check(rule, "DECIMAL(10, 2)", "DECIMAL(12, 3)")).isEmpty();
        assertThat(check(rule, "TIMESTAMP(3)", "TIMESTAMP(6)")).isEmpty();
    }

    @Test
    void onlyValuesThatAreTooLongAreRefused() throws SQLException {
        LongValueRule rule = new LongValueRule();

        assertThat(check(rule, "VARCHAR", "VARCHAR(5)", "'12345'", "NULL")).isEmpty();
        assertOne(
                check(rule, "VARCHAR", "VARCHAR(5)", "'12345'", "'123456'", "'1234567'"),
                Severity.ERROR,
                "2 values",
                "the longest 7");
        assertOne(
                check(rule, "VARBINARY", "VARBINARY(2)", "X'0102'", "X'010203'"),
                Severity.ERROR,
                "1 values",
                "the longest 3");
        assertThat(check(rule, "VARCHAR(4)", "VARCHAR(5)", "'1234'")).isEmpty();
    }
}
