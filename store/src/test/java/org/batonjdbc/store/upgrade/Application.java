package org.batonjdbc.store.upgrade;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.gate.Pass;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.TransactionChanges;
import org.batonjdbc.store.row.Rows;

/** One connection of an application, doing by hand what the driver does: gate, capture, log, commit. */
final class Application implements AutoCloseable {
    private final Pair pair;
    private final PairCredentials credentials;
    private final Pass pass;
    private Route route;
    private Connection connection;

    Application(Pair pair, PairCredentials credentials) throws SQLException {
        this.pair = pair;
        this.credentials = credentials;
        this.pass = pair.gate().register();
        move();
    }

    private void move() throws SQLException {
        if (connection != null) {
            route.store().discard(connection);
        }
        route = pair.route();
        connection = pair.connect(route.store(), credentials);
        connection.setAutoCommit(false);
    }

    /** Runs statements as one transaction. */
    void transaction(String... statements) throws SQLException, IOException {
        pass.enter(Duration.ofSeconds(20));
        try {
            if (pair.route().epoch() != route.epoch()) {
                move();
            }
            route = pair.route();
            TransactionChanges changes = null;
            if (route.isReplicating()) {
                changes = new TransactionChanges(
                        (RowTriggers) route.replication().triggers(),
                        route.replication().log().maxBytes());
                route.replication().events().bind(changes);
            }
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            } finally {
                if (route.isReplicating()) {
                    route.replication().events().unbind();
                }
            }
            commit(changes);
        } finally {
            pass.leave();
        }
    }

    private void commit(TransactionChanges changes) throws SQLException, IOException {
        if (changes == null || changes.isEmpty()) {
            connection.commit();
            return;
        }
        Changes sum = changes.sum(
                (table, key) -> Rows.byKey(connection, route.store().dialect().orElseThrow(), table, key));
        ChangeLog.Slot slot = route.replication().log().reserve(connection, sum);
        connection.commit();
        slot.committed();
    }

    /** The single number that a query returns, on the store that is active now. */
    long number(String sql) throws SQLException {
        if (pair.route().epoch() != route.epoch()) {
            move();
        }
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    Pass pass() {
        return pass;
    }

    @Override
    public void close() throws SQLException {
        pass.close();
        connection.close();
    }
}
