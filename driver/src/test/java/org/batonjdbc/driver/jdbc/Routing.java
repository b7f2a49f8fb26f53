package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.capture.DdlRule;
import org.batonjdbc.driver.sql.Meanings;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.upgrade.Rehearsal;
import org.batonjdbc.store.gate.Gate;
import org.batonjdbc.store.upgrade.Route;

/** Two stub stores behind one gate, between which a test moves its connections by hand. */
final class Routing {
    final Stub.Store old = new Stub.Store("old");
    final Stub.Store young = new Stub.Store("new");
    final Gate gate = new Gate();
    final List<Connection> discarded = new ArrayList<>();
    volatile Route route = new Route(0, null, null);
    int released;

    Connection connect() throws SQLException {
        Meanings meanings = new Meanings(Syntax.H2, 100);
        return RoutedConnection.open(new Home(
                () -> route,
                gate,
                store -> (route.epoch() % 2 == 0 ? old : young).connect(),
                (store, physical) -> discarded.add(physical),
                meanings,
                null,
                new Rehearsal(false),
                Duration.ofMillis(200),
                DdlRule.REFUSE,
                () -> released++));
    }

    /** A switchover, without anything that the store module does for it. */
    void switchOver() {
        route = new Route(route.epoch() + 1, null, null);
    }
}
