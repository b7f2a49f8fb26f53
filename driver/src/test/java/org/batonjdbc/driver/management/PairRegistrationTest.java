package org.batonjdbc.driver.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.sql.rowset.CachedRowSet;
import org.junit.jupiter.api.Test;

final class PairRegistrationTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @Test
    void aPairIsThereFromItsFirstConnectionToItsLast() throws Exception {
        try (Connection first = connect("managed")) {
            assertThat(names("managed")).hasSize(1);
            assertThat(System.getProperty(PairRegistration.PROPERTY)).contains("managed");
            assertThat(first.isValid(1)).isTrue();
        }

        assertThat(names("managed")).isEmpty();
        assertThat(System.getProperty(PairRegistration.PROPERTY, "")).doesNotContain("managed");
    }

    @Test
    void twoPairsOfOneNameAreToldApart() throws Exception {
        try (Connection first = connect("twice");
                Connection second = connect("h2:1.4.200", "twice")) {
            assertThat(names("twice*")).hasSize(2);
            assertThat(first).isNotSameAs(second);
        }

        assertThat(names("twice*")).isEmpty();
    }

    @Test
    void itsAttributesAreThoseOfStatusAndItRunsUpgradeStatements() throws Exception {
        try (Connection connection = connect("asked");
                Statement statement = connection.createStatement()) {
            PairMXBean bean =
                    JMX.newMXBeanProxy(SERVER, names("asked").iterator().next(), PairMXBean.class);

            assertThat(bean.getPhase()).isEqualTo("IDLE");
            assertThat(bean.getStartedAt()).isNull();
            assertThat(bean.getActive()).contains("h2:2.5.252@jdbc:h2:mem:asked");
            try (CachedRowSet answer = bean.run("upgrade status").toResultSet();
                    ResultSet direct = statement.executeQuery("UPGRADE STATUS")) {
                assertSame(answer, direct);
            }
            assertThatThrownBy(() -> bean.run("upgrade switch"))
                    .isInstanceOf(SQLException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "55000")
                    .hasNoCause();
            assertThatThrownBy(() -> bean.run("upgrade swich")).hasFieldOrPropertyWithValue("SQLState", "42601");
        }
    }

    @Test
    void itsAnswersAreOpenTypes() throws Exception {
        try (Connection connection = connect("open")) {
            Object answer = SERVER.invoke(
                    names("open").iterator().next(), "run", new Object[] {"upgrade status"}, new String[] {
                        String.class.getName()
                    });

            assertThat(answer).isInstanceOf(CompositeData.class);
            assertThat((String[]) ((CompositeData) answer).get("columns")).startsWith("phase", "replication");
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    void aThreadWithoutAContextClassLoaderIsAnsweredToo() throws Exception {
        try (Connection connection = connect("loaderless")) {
            FutureTask<String> asked = new FutureTask<>(() -> {
                try (ResultSet status = connection.createStatement().executeQuery("UPGRADE STATUS")) {
                    status.next();
                    return status.getString("phase");
                }
            });
            Thread thread = new Thread(asked);
            thread.setContextClassLoader(null);
            thread.start();

            assertThat(asked.get(30, TimeUnit.SECONDS)).isEqualTo("IDLE");
        }
    }

    private static void assertSame(ResultSet answer, ResultSet direct) throws SQLException {
        int columns = direct.getMetaData().getColumnCount();
        assertThat(answer.getMetaData().getColumnCount()).isEqualTo(columns);
        while (direct.next()) {
            assertThat(answer.next()).isTrue();
            for (int i = 1; i <= columns; i++) {
                assertThat(answer.getMetaData().getColumnLabel(i))
                        .isEqualTo(direct.getMetaData().getColumnLabel(i));
                assertThat(answer.getObject(i)).isEqualTo(direct.getObject(i));
            }
        }
        assertThat(answer.next()).isFalse();
    }

    private static Set<ObjectName> names(String name) throws Exception {
        return SERVER.queryNames(new ObjectName(PairRegistration.DOMAIN + name), null);
    }

    private static Connection connect(String name) throws SQLException {
        return connect("h2:2.5.252", name);
    }

    private static Connection connect(String engine, String name) throws SQLException {
        return DriverManager.getConnection("jdbc:baton:failover:(" + engine + "@jdbc:h2:mem:" + name + ")?engines="
                + System.getProperty("baton.engines"));
    }
}
