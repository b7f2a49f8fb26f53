package org.batonjdbc.driver.capture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.log.ChangeLog.Slot;
import org.batonjdbc.store.log.Changes;
import org.batonjdbc.store.log.TransactionChanges;
import org.batonjdbc.store.row.Rows;
import org.batonjdbc.store.upgrade.Replication;

/**
 * Captures through row triggers, which hand each changed row to the transaction of the thread that changes it.
 *
 * <p>A replication may end at any moment, because the upgraded store failed. What was captured is nobody's business then,
 * and that it cannot be logged any more must not keep the application from committing.
 */
public final class TriggerCapture implements Capture {
    private final Replication replication;
    private final Dialect dialect;
    private final BooleanSupplier replicating;
    private final TransactionChanges changes;
    private long begunBefore;

    /** Captures for one connection; {@code replicating} says whether the replication is still the pair's. */
    public TriggerCapture(Replication replication, RowTriggers triggers, Dialect dialect, BooleanSupplier replicating) {
        this.replication = replication;
        this.dialect = dialect;
        this.replicating = replicating;
        this.changes = new TransactionChanges(triggers, replication.log().maxBytes());
    }

    /** What an engine in this process sets may call the application's own code. */
    @Override
    public boolean needsTransaction(boolean changesRows) {
        return true;
    }

    @Override
    public int begin() {
        replication.events().bind(changes);
        begunBefore = changes.begun();
        return changes.mark();
    }

    @Override
    public void end() {
        replication.events().unbind();
    }

    @Override
    public void beginRead() {
        replication.events().bind(changes);
        changes.beginRead();
    }

    @Override
    public boolean endRead(Throwable e) {
        replication.events().unbind();
        return changes.endRead() || Capture.super.endRead(e);
    }

    @Override
    public boolean survivesRefusal() {
        return true;
    }

    @Override
    public void succeeded(int statements) {
        if (changes.begun() - begunBefore > statements) {
            changes.doubt();
        }
    }

    @Override
    public int mark() {
        return changes.mark();
    }

    @Override
    public void cutTo(int mark) {
        changes.cutTo(mark);
    }

    @Override
    public void doubt() {
        changes.doubt();
    }

    @Override
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    @Override
    public void forget() {
        changes.cutTo(0);
    }

    @Override
    public void commit(Connection physical) throws SQLException {
        Slot slot = reserve(physical);
        if (slot == null) {
            physical.commit();
            forget();
            return;
        }
        boolean committed = false;
        try {
            physical.commit();
            committed = true;
        } finally {
            if (committed) {
                slot.committed();
            } else {
                // The connection may have broken before the engine committed, or after.
                slot.inDoubt();
            }
            forget();
        }
    }

    @Override
    public void logCommitted(Connection physical) throws SQLException {
        try {
            Slot slot = reserve(physical);
            if (slot != null) {
                slot.committed();
            }
        } finally {
            forget();
        }
    }

    /** A place in the log for what the transaction has changed; null if there is nothing to log. */
    private Slot reserve(Connection physical) throws SQLException {
        if (changes.isEmpty() || !replicating.getAsBoolean()) {
            return null;
        }
        try {
            Changes net = changes.sum((table, key) -> Rows.byKey(physical, dialect, table, key));
            if (net.count() == 0) {
                net.close();
                return null;
            }
            return replication.log().reserve(physical, net);
        } catch (IOException e) {
            // The disk is full, perhaps. The application works on; the upgrade has no chance.
            replication.log().giveUp(physical, "a large transaction could not be captured: " + e.getMessage());
            return null;
        } catch (SQLException e) {
            if (replicating.getAsBoolean()) {
                throw e;
            }
            return null; // the replication ended meanwhile, and took its log along
        }
    }

    @Override
    public boolean endsTransaction(SQLException e) {
        return dialect.isSerializationFailure(e);
    }
}
