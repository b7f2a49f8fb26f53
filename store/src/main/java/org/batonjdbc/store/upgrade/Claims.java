package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of servers that are this process's while an upgrade runs: two processes that both capture and apply would lose
 * changes. A claim lasts as long as a connection of its own, which the worker looks at; stores that live in this process need none, but the upgrade
 * itself is claimed in case that two pairs of this process have come to one store. Used when a pair is opened or closed, and by
 * its worker; {@code this} guards the connections.
 */
final class Claims implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    /** The upgrades of this process, by their pairs' ids: none is ever taken for one whose process has ended. */
    private static final Set<String> RUNNING = ConcurrentHashMap.newKeySet();

    /** What an answer may take until the connection that holds a claim counts as lost. */
    private static final int ANSWER_SECONDS = 5;

    private static final long CONFIRM_EVERY = TimeUnit.SECONDS.toNanos(1);

    /** This pair in this process, in tables of both stores: a claim that was lost may have been another's meanwhile. */
    private final String owner = UUID.randomUUID().toString();

    private final Map<Store, Claim> held = new HashMap<>();

    /** A claim that lasts as long as this connection. */
    private record Claim(Connection connection, Credentials credentials) {}

    private String running;
    private long confirmedAt = System.nanoTime();

    /**
     * Makes the upgrade this pair's, however it came by the stores' names.
     *
     * @throws SQLException 55000 if it is another pair's of this process
     */
    synchronized void run(Store store, String pairId) throws SQLException {
        refuseRunning(store, pairId);
        if (!pairId.equals(running)) {
            end();
            if (!RUNNING.add(pairId)) {
                throw runs(store);
            }
            running = pairId;
        }
    }

    /** Fails with 55000 if that upgrade is another pair's of this process. */
    synchronized void refuseRunning(Store store, String pairId) throws SQLException {
        if (!pairId.equals(running) && RUNNING.contains(pairId)) {
            throw runs(store);
        }
    }

    private static SQLException runs(Store store) {
        return SqlState.REFUSED.error(
                "an upgrade of " + store + " runs in this process, where a URL writes the store in"
                        + " another way; name the same stores in the same way in all URLs");
    }

    private void end() {
        if (running != null) {
            RUNNING.remove(running);
            running = null;
        }
    }

    /**
     * Makes the store this process's; does nothing if it is already.
     *
     * @throws SQLException 55000 if it is another process's
     */
    synchronized void take(Store store, Credentials credentials) throws SQLException {
        Dialect dialect = store.dialect().orElseThrow();
        // An embedded engine keeps other processes out by itself.
        if (dialect.isEmbedded(store.url().jdbcUrl()) || held.containsKey(store)) {
            return;
        }
        held.put(store, new Claim(claimed(store, credentials), credentials));
    }

    private static Connection claimed(Store store, Credentials credentials) throws SQLException {
        Connection connection = store.connectExisting(credentials);
        boolean taken = false;
        try {
            if (!store.dialect().orElseThrow().claim(connection)) {
                throw SqlState.REFUSED.error("another process runs an upgrade of " + store
                        + "; an upgrade is one process's. Use that one, or end it there");
            }
            taken = true;
            return connection;
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    /** Writes on a claimed store whose it is, before anything is captured or applied there. */
    synchronized void sign(Side side) throws SQLException {
        if (held.containsKey(side.store())) {
            side.control().sign(side.admin(), owner);
        }
    }

    /**
     * Returns if the stores are still this process's; to be called before anything is written that others rely on. A claim
     * that was lost with its connection is taken again, unless somebody else has had it.
     *
     * @throws SQLException 55000 if a store is, or has been, another process's; the engine's own if that cannot be told
     */
    synchronized void confirm() throws SQLException {
        for (Map.Entry<Store, Claim> claim : held.entrySet()) {
            if (!claim.getValue().connection().isValid(ANSWER_SECONDS)) {
                claim.setValue(again(claim.getKey(), claim.getValue().credentials()));
            }
        }
    }

    /** The same, for the worker while it applies: two processes that both do would lose changes. */
    synchronized void confirmNowAndThen() throws SQLException {
        long now = System.nanoTime();
        if (now - confirmedAt > CONFIRM_EVERY) {
            confirm();
            confirmedAt = now;
        }
    }

    private Claim again(Store store, Credentials credentials) throws SQLException {
        Connection connection = claimed(store, credentials);
        boolean own = false;
        try {
            own = new ControlTable(store.dialect().orElseThrow()).isSigned(connection, owner);
            if (!own) {
                throw SqlState.REFUSED.error("another process has taken over the upgrade of " + store
                        + " when this one's connections were lost; use that one, or open the pair again here");
            }
            LOG.info("{} is claimed again, after a connection was lost", store);
            return new Claim(connection, credentials);
        } finally {
            if (!own) {
                connection.close();
            }
        }
    }

    /** What to tell whoever could not connect: 55000 if another process has the store, else what the engine has told. */
    static SQLException explained(Store store, SQLException e) {
        boolean inUse = store.dialect().filter(dialect -> dialect.isInUse(e)).isPresent();
        return !inUse
                ? e
                : SqlState.REFUSED.error(
                        "another process has " + store + " open, and a store in files belongs to one process at a time."
                                + " Close it there, or let both applications connect to one server of that engine",
                        e);
    }

    /** Gives all of them back. */
    @Override
    public synchronized void close() {
        for (Claim claim : held.values()) {
            try {
                claim.connection().close();
            } catch (SQLException e) {
                // The server may be gone, and the claim with it.
                LOG.debug("a claim could not be given back", e);
            }
        }
        held.clear();
        end();
    }
}
