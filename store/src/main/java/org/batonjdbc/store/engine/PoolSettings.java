package org.batonjdbc.store.engine;

import java.time.Duration;

/**
 * How many connections a store may have, and how long to wait for one when all are in use.
 *
 * @param maximumSize physical connections for each user of a store
 * @param acquireTimeout until an acquire fails with 55P03
 */
public record PoolSettings(int maximumSize, Duration acquireTimeout) {
    /** So many that an application which opened that many with the raw driver meets no limit that is new. */
    public static final PoolSettings STANDARD = new PoolSettings(512, Duration.ofSeconds(30));

    public PoolSettings {
        if (maximumSize < 1 || acquireTimeout.isNegative() || acquireTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "a pool needs at least 1 connection and a timeout above 0: " + maximumSize + ", " + acquireTimeout);
        }
    }
}
