package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.batonjdbc.driver.capture.DdlRule;
import org.batonjdbc.driver.sql.Meanings;
import org.batonjdbc.driver.upgrade.Rehearsal;
import org.batonjdbc.driver.upgrade.UpgradeVerbs;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.gate.Gate;
import org.batonjdbc.store.upgrade.Route;

/**
 * What a logical connection gets from the pair that it belongs to. Immutable, and safe for any thread.
 *
 * @param routes where a transaction that begins now goes
 * @param gate admits writing transactions
 * @param connector opens physical connections
 * @param discarder ends physical connections that must not go back to their pool
 * @param meanings what statements mean
 * @param verbs runs UPGRADE statements
 * @param rehearsal hears what runs while an upgrade replicates
 * @param holdTimeout how long a statement may wait at a closed gate
 * @param ddl what is done with DDL while replicating
 * @param released run once, when the connection is closed
 */
public record Home(
        Supplier<Route> routes,
        Gate gate,
        Connector connector,
        Discarder discarder,
        Meanings meanings,
        UpgradeVerbs verbs,
        Rehearsal rehearsal,
        Duration holdTimeout,
        DdlRule ddl,
        Runnable released) {
    /** Opens physical connections for one user of the pair. */
    @FunctionalInterface
    public interface Connector {
        /** A connection to the store, whose {@code close} gives it back to its pool. */
        Connection connect(Store store) throws SQLException;
    }

    /** Ends physical connections for good. */
    @FunctionalInterface
    public interface Discarder {
        /** Closes a connection of the store, so that nobody gets it again. */
        void discard(Store store, Connection physical) throws SQLException;
    }
}
