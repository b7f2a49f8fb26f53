package org.batonjdbc.shell.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report must be able to say that rows were lost; so here they are lost, behind the backs of real writers. */
final class ReportTest {
    private final Shop shop = new Shop(1000);
    private final Tempo tempo = new Tempo();
    private HikariDataSource pool;
    private Crew crew;

    @BeforeEach
    void letWritersWorkOnAShop() throws SQLException, InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:report");
        config.setMaximumPoolSize(5);
        pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection()) {
            shop.fill(connection, "CLOB");
        }
        crew = Crew.start(4, shop, pool, tempo);
        awaitCommits(400);
        crew.stop();
    }

    private void awaitCommits(int wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (tempo.commits() < wanted) {
            assertThat(System.nanoTime())
                    .as("writers have committed only " + tempo.commits())
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void close() {
        crew.close();
        pool.close();
    }

    @Test
    void nothingIsLostWhereNothingWasTakenAway() throws SQLException {
        Report report = report();

        assertThat(crew.errors()).isEmpty();
        assertThat(tempo.commits()).isGreaterThan(100);
        assertThat(report.comparison()).isEqualTo(new Comparison(rows(), 0, 0, 0));
        assertThat(report.isGood()).isTrue();
        assertThat(text(report)).contains("rows lost      0 (and 0 that came back, 0 stale)");
    }

    @Test
    void rowsDeletedBehindTheWritersBacksAreCounted() throws SQLException {
        assertThat(change("DELETE FROM order_lines WHERE order_id IN (SELECT MAX(order_id) FROM order_lines)"))
                .isPositive();
        assertThat(
                        change(
                                "DELETE FROM order_lines WHERE order_id = (SELECT MIN(order_id) FROM order_lines) AND line = 1"))
                .isEqualTo(1);
        long missing = change("DELETE FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)");

        Report report = report();

        assertThat(report.isGood()).isFalse();
        assertThat(report.comparison().lost()).isGreaterThanOrEqualTo(2 + missing);
        assertThat(text(report))
                .contains("rows lost      " + report.comparison().lost() + " (and 0 that came back, 0 stale)");
    }

    @Test
    void oneLostUpdateIsCountedAsStale() throws SQLException {
        change("UPDATE orders SET version = version - 1 WHERE id = (SELECT MIN(id) FROM orders)");

        assertThat(report().comparison()).isEqualTo(new Comparison(rows(), 0, 0, 1));
    }

    @Test
    void aValueThatDoesNotBelongToItsVersionIsStaleToo() throws SQLException {
        change("UPDATE orders SET note = 'cut' WHERE id = (SELECT MIN(id) FROM orders)");

        assertThat(report().comparison()).isEqualTo(new Comparison(rows(), 0, 0, 1));
        assertThat(report().isGood()).isFalse();
    }

    @Test
    void aRowThatNobodyWasToldOfIsCountedAsOneThatCameBack() throws SQLException {
        change("INSERT INTO customers (id, email, since, version) VALUES (1000000, 'ghost', CURRENT_TIMESTAMP, 0)");

        assertThat(report().comparison()).isEqualTo(new Comparison(rows(), 0, 1, 0));
    }

    private Report report() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Comparison comparison = Comparison.of(connection, crew.ledgers());
            return new Report(shop.rows(), comparison, tempo, Outcome.switched(1), crew.errors(), "old", "new");
        }
    }

    private static String text(Report report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private int change(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery("SELECT (SELECT COUNT(*) FROM customers) + (SELECT COUNT(*) FROM orders)"
                                + " + (SELECT COUNT(*) FROM order_lines)")) {
            row.next();
            return row.getLong(1);
        }
    }
}
