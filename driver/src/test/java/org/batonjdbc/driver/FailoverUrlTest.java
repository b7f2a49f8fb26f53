package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import org.batonjdbc.store.upgrade.PairSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailoverUrlTest {
    @Test
    void storesMayContainAnythingThatIsBalanced() throws SQLException {
        FailoverUrl url = FailoverUrl.parse("jdbc:baton:failover:(h2:1.4.200@jdbc:h2:mem:a;INIT=SET @X=(1+(2)),ok?&=),"
                + "( jdbc:postgresql://h:1,h2:2/db?a=b&c=d )?holdTimeout=2min&engines=/opt/my%20jars+more");

        assertThat(url.first().engine()).isEqualTo("h2:1.4.200");
        assertThat(url.first().jdbcUrl()).isEqualTo("jdbc:h2:mem:a;INIT=SET @X=(1+(2)),ok?&=");
        assertThat(url.second().engine()).isNull();
        assertThat(url.second().jdbcUrl()).isEqualTo("jdbc:postgresql://h:1,h2:2/db?a=b&c=d");
        assertThat(url.options().holdTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(url.options().settings(url.first(), url.second()).engines()).hasToString("/opt/my jars+more");
    }

    @Test
    void theSecondStoreAndAllOptionsMayBeLeftOut() throws SQLException {
        FailoverUrl url = FailoverUrl.parse("JDBC:Baton:Failover:(jdbc:h2:mem:a)");

        PairSettings settings = url.options().settings(url.first(), url.second());

        assertThat(url.second()).isNull();
        assertThat(settings.poolSize()).isEqualTo(512);
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.maxLogBytes()).isEqualTo(256L << 20);
        assertThat(settings.log()).isEqualTo(PairSettings.LogKind.AUTO);
        assertThat(settings.engines()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:baton:                                        | character 12: expected failover:
            jdbc:baton:fallover:(jdbc:h2:mem:a)                | character 12: expected failover:
            jdbc:baton:failover:                               | character 21: expected a store in parentheses
            jdbc:baton:failover:jdbc:h2:mem:a                  | character 21: expected a store in parentheses
            jdbc:baton:failover:(jdbc:h2:mem:a                 | character 21: the parenthesis that opens here is not closed
            jdbc:baton:failover:(jdbc:h2:mem:a),               | character 37: expected a store in parentheses
            jdbc:baton:failover:(jdbc:h2:mem:a),(jdbc:h2:(b)   | character 37: the parenthesis that opens here is not closed
            jdbc:baton:failover:(jdbc:h2:mem:a)x               | character 36: expected ? and options, a second store after a comma, or the end
            jdbc:baton:failover:(jdbc:h2:mem:a),(jdbc:h2:mem:b),(jdbc:h2:mem:c) | character 52: expected ?
            jdbc:baton:failover:(jdbc:h2:mem:a)?ddl            | character 37: expected name=value
            jdbc:baton:failover:(jdbc:h2:mem:a)?log=auto&=x    | character 46: expected name=value
            jdbc:baton:failover:(jdbc:h2:mem:a)?log=auto&log=table | option log is given twice
            jdbc:baton:failover:(jdbc:h2:mem:a)?log=auto&LOG=table | option log is given twice
            jdbc:baton:failover:(jdbc:h2:mem:a)?engines=%zz    | a % must be followed by two hexadecimal digits
            jdbc:baton:failover:(jdbc:h2:mem:a)?holdTimout=1s  | unknown option holdTimout; did you mean holdTimeout? Allowed are holdTimeout, drainTimeout, ddl,
            jdbc:baton:failover:(jdbc:h2:mem:a)?holdTimeout=5  | option holdTimeout=5: allowed is a time such as 500ms, 30s or 2min
            jdbc:baton:failover:(jdbc:h2:mem:a)?drainTimeout=-1s | allowed is a time
            jdbc:baton:failover:(jdbc:h2:mem:a)?drainTimeout=9999999999h | allowed is a time
            jdbc:baton:failover:(jdbc:h2:mem:a)?ddl=allow      | option ddl=allow: allowed is one of refuse, local
            jdbc:baton:failover:(jdbc:h2:mem:a)?poolSize=0     | allowed is a whole number from 1
            jdbc:baton:failover:(jdbc:h2:mem:a)?poolSize=ten   | allowed is a whole number from 1
            jdbc:baton:failover:(jdbc:h2:mem:a)?maxLogBytes=1  | allowed is a size such as 64MB
            jdbc:baton:failover:(jdbc:h2:mem:a)?observe=yes    | allowed is true or false
            jdbc:baton:failover:(h2:mem:a)                     | a store is written [engine@]jdbc:...
            jdbc:baton:failover:(jdbc:baton:failover:(jdbc:h2:mem:a)) | a store cannot be a jdbc:baton: URL itself
            jdbc:baton:failover:(jdbc:h2:mem:a),(jdbc:h2:mem:a)| both stores of the URL are jdbc:h2:mem:a
            """)
    void whatIsNotAllowedIsToldByTheDriverItself(String url, String words) {
        assertThatThrownBy(() -> DriverManager.getConnection(url))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
                .hasMessageContaining(words);
    }

    @Test
    void passwordsAreNeverShown() throws SQLException {
        String url =
                "jdbc:baton:failover:(jdbc:h2:mem:a;PASSWORD=geheim),(jdbc:postgresql://u:geheim@h/db?password=geheim)";

        assertThat(FailoverUrl.parse(url).toString()).doesNotContain("geheim").contains("***");
        assertThat(new BatonDataSource(url).toString()).doesNotContain("geheim");
        assertThatThrownBy(() -> FailoverUrl.parse(url + "x")).hasMessageNotContaining("geheim");
    }

    @Test
    void otherUrlsAreLeftToOtherDrivers() throws SQLException {
        BatonDriver driver = new BatonDriver();

        assertThat(driver.acceptsURL("jdbc:h2:mem:a")).isFalse();
        assertThat(driver.acceptsURL(null)).isFalse();
        assertThat(driver.connect("jdbc:h2:mem:a", new Properties())).isNull();
        assertThat(driver.acceptsURL("jdbc:baton:nonsense")).isTrue();
    }

    @Test
    void propertyInfoTellsWhatTheEnumSays() throws SQLException {
        DriverPropertyInfo[] infos =
                new BatonDriver().getPropertyInfo("jdbc:baton:failover:(jdbc:h2:mem:a)?ddl=local", new Properties());

        DriverPropertyInfo ddl = Arrays.stream(infos)
                .filter(info -> info.name.equals("ddl"))
                .findFirst()
                .orElseThrow();
        assertThat(ddl.value).isEqualTo("LOCAL");
        assertThat(ddl.choices).containsExactly("refuse", "local");
        assertThat(infos).hasSize(2 + Option.values().length);
    }

    @Test
    void aDataSourceNeedsAUrl() {
        assertThatThrownBy(() -> new BatonDataSource().getConnection())
                .hasMessageContaining("property url of BatonDataSource must be a failover URL");
    }

    @Test
    void aDataSourceConnects() throws SQLException {
        try (TestPair pair = TestPair.fresh()) {
            BatonDataSource source = new BatonDataSource();
            source.setUrl(pair.url());
            source.setUser("sa");
            source.setPassword("");
            try (Connection connection = source.getConnection()) {
                assertThat(connection.getMetaData().getUserName()).isEqualToIgnoringCase("sa");
            }
        }
    }
}
