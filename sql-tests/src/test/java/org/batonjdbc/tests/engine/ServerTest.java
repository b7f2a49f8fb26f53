package org.batonjdbc.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.tests.fixture.Rows;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;

/** A store that is a server's: it is passed through, and an upgrade of it is refused before anything is changed. */
class ServerTest {
    @Test
    void anUpgradeOfAServersStoreIsRefusedBeforehand() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        String url = "jdbc:baton:failover:(h2:2.5.252@jdbc:h2:tcp://localhost:" + server.getPort()
                + "/mem:served;DB_CLOSE_DELAY=-1),(h2:2.5.252@jdbc:h2:mem:embedded)?engines="
                + System.getProperty("baton.engines");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
            statement.execute("INSERT INTO T VALUES (1)");

            assertThat(Rows.of(connection, "UPGRADE CHECK"))
                    .anyMatch(finding -> finding.get(0).equals("ERROR")
                            && finding.get(1).equals("embedded")
                            && finding.get(3).toString().contains("it is a server's"));
            assertThatThrownBy(() -> statement.execute("UPGRADE START"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
            assertThat(Rows.number(connection, "SELECT COUNT(*) FROM T")).isEqualTo(1);
        } finally {
            server.stop();
        }
    }
}
