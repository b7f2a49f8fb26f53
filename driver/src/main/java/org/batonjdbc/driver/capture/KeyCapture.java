package org.batonjdbc.driver.capture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.log.ChangeLog.Slot;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.NotedChanges;
import org.batonjdbc.store.upgrade.Replication;

/**
 * Captures on a server, whose triggers note the keys of changed rows inside the transaction: each writing transaction is
 * admitted before its first statement, and its notes are read and logged before its commit. What a savepoint or a failed
 * statement takes back, the engine takes out of the notes, so nothing needs to be marked or cut here.
 *
 * <p>A replication may end at any moment, because the upgraded store failed; that must not keep the application from
 * committing.
 */
public final class KeyCapture implements Capture {
    private final Replication replication;
    private final KeyTriggers triggers;
    private final BooleanSupplier replicating;
    /** Whether the transaction that is open may have changed rows. */
    private boolean admitted;

    /** Captures for one connection; {@code replicating} says whether the replication is still the pair's. */
    public KeyCapture(Replication replication, KeyTriggers triggers, BooleanSupplier replicating) {
        this.replication = replication;
        this.triggers = triggers;
        this.replicating = replicating;
    }

    /** Servers have statements that run in no transaction, such as VACUUM and DISCARD. */
    @Override
    public boolean needsTransaction(boolean changesRows) {
        return changesRows;
    }

    @Override
    public void admit(Connection physical) throws SQLException {
        if (!admitted) {
            triggers.admit(physical, replication.events());
            admitted = true;
        }
    }

    @Override
    public boolean isEmpty() {
        return !admitted;
    }

    @Override
    public void forget() {
        admitted = false;
    }

    @Override
    public void commit(Connection physical) throws SQLException {
        Slot slot = admitted && replicating.getAsBoolean() ? reserve(physical) : null;
        boolean committed = false;
        try {
            physical.commit();
            committed = true;
        } finally {
            if (slot != null && committed) {
                slot.committed();
            } else if (slot != null) {
                // The connection may have broken before the engine committed, or after.
                slot.inDoubt();
            }
            forget();
        }
    }

    /** A place in the log for what the transaction has changed; null if there is nothing to log. */
    private Slot reserve(Connection physical) throws SQLException {
        try {
            Changes changes = NotedChanges.read(
                    triggers,
                    replication.events(),
                    physical,
                    replication.catalog(),
                    replication.log().maxBytes());
            if (changes.count() == 0) {
                changes.close();
                return null;
            }
            return replication.log().reserve(physical, changes);
        } catch (IOException e) {
            // The disk is full, perhaps. The application works on; the upgrade has no chance.
            replication.log().giveUp(physical, "a large transaction could not be captured: " + e.getMessage());
            return null;
        }
    }
}
