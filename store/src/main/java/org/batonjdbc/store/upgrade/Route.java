package org.batonjdbc.store.upgrade;

import org.batonjdbc.store.engine.Store;

/**
 * Where a transaction that begins now goes. Immutable; the pair replaces it as a whole, behind the closed gate if
 * anything but the end of a replication changes, so a transaction never sees half of a switchover.
 *
 * @param epoch counts switchovers; a connection whose epoch is older moves before its next transaction
 * @param store the active store
 * @param replication what must be captured; null if nothing must
 */
public record Route(long epoch, Store store, Replication replication) {
    /** Whether changes must be captured. */
    public boolean isReplicating() {
        return replication != null;
    }
}
