package org.batonjdbc.shell.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import org.batonjdbc.shell.session.Console;
import org.batonjdbc.shell.session.ErrorText;

/**
 * A live upgrade from beginning to end: fills a shop on the old engine, sets writers to work, upgrades the store under
 * them, and compares what they were told with what is there. The progress goes to {@code err}, the report to {@code out}.
 */
public final class Demo {
    private final DemoPlan plan;
    private final Console console;
    private final Tempo tempo = new Tempo();

    public Demo(DemoPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /** Runs it; true if the engine changed, nothing was lost, and no writer saw an exception. */
    public boolean run() throws SQLException, InterruptedException {
        PrintStream err = console.err();
        err.println("baton demo: " + plan.from() + " to " + plan.to() + ", " + plan.writers() + " writers on HikariCP");
        err.println(plan.url());
        Shop shop = new Shop(plan.rows());
        try (Connection connection = DriverManager.getConnection(plan.url())) {
            long begin = System.nanoTime();
            shop.fill(connection, plan.longText());
            err.printf(Locale.ROOT, "filled with %,d rows in %.1f s%n", shop.rows(), (System.nanoTime() - begin) / 1e9);
            Report report = upgrade(shop, connection);
            console.out().println();
            report.print(console.out());
            return report.isGood();
        }
    }

    private Report upgrade(Shop shop, Connection connection) throws SQLException, InterruptedException {
        String before = engine(connection);
        try (HikariDataSource pool = pool();
                Crew crew = Crew.start(plan.writers(), shop, pool, tempo)) {
            Outcome outcome = upgradeUnder(connection);
            crew.stop();
            console.err().println("comparing the store with what the writers were told");
            try (Connection reader = pool.getConnection()) {
                Comparison comparison = Comparison.of(reader, crew.ledgers());
                return new Report(shop.rows(), comparison, tempo, outcome, crew.errors(), before, engine(reader));
            }
        }
    }

    /** Upgrades the store while the writers work, and gives them a while before and after it. */
    private Outcome upgradeUnder(Connection connection) throws SQLException, InterruptedException {
        try (Progress progress = Progress.start(
                console.err(), console.isErrTerminal(), DriverManager.getConnection(plan.url()), tempo)) {
            Upgrade upgrade = new Upgrade(connection, progress);
            // The writers' own pace is part of what the demo shows: for a while there is nothing but it, now and at the
            // end.
            Thread.sleep(plan.calm().toMillis());
            try {
                tempo.enter(Stage.DURING);
                upgrade.prepare();
                double held = upgrade.switchOver(() -> tempo.enter(Stage.SWITCHOVER));
                tempo.enter(Stage.AFTER);
                Thread.sleep(plan.calm().toMillis());
                return Outcome.switched(held);
            } catch (SQLException e) {
                return Outcome.failed(ErrorText.of(e, ""));
            }
        }
    }

    /** What an application would write, and nothing more. */
    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(plan.url());
        config.setMaximumPoolSize(plan.writers() + 1);
        return new HikariDataSource(config);
    }

    private static String engine(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
    }
}
