package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store that a completed upgrade has replaced, until it is released. That is when the last connection of the application
 * has moved: one that was idle since before the switchover, or still reads rows, must not find its store shut down.
 *
 * <p>Used by the worker, and by whoever closes the pair after that.
 */
final class Departure {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

    private final Store store;
    private final Credentials credentials;
    private long lookedAt = System.nanoTime() - LOOK_EVERY;
    private boolean over;

    Departure(Store store, Credentials credentials) {
        this.store = store;
        this.credentials = credentials;
    }

    /** Releases the store if nobody is in it any more; looks for that now and then. */
    boolean isOver() {
        long now = System.nanoTime();
        if (!over && now - lookedAt >= LOOK_EVERY) {
            lookedAt = now;
            try {
                if (!store.isInUse()) {
                    end();
                }
            } catch (SQLException | RuntimeException e) {
                LOG.debug("{}: cannot tell who is in it", store, e);
            }
        }
        return over;
    }

    /** Releases the store, whoever is in it. */
    void end() {
        over = true;
        try (Connection connection = store.connectExisting(credentials)) {
            Optional<? extends CaptureTriggers> triggers = store.dialect().flatMap(Dialect::captureTriggers);
            if (triggers.isPresent()) {
                triggers.get().unfence(connection, store.engineLoader());
            }
        } catch (SQLException e) {
            LOG.warn("{} is left with triggers of Baton's: {}", store, e.toString());
        }
        try {
            store.release(credentials);
        } catch (SQLException e) {
            LOG.warn("{} was not shut down cleanly: {}", store, e.toString());
        }
    }
}
