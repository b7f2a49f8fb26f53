package org.batonjdbc.store.log;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A log whose order is kept in {@link Slots}, wherever the changes themselves are. */
abstract sealed class OrderedLog implements ChangeLog permits MemoryLog, TableLog {
    final Slots slots;

    OrderedLog(Clock clock, long maxBytes, boolean readsRolledBack) {
        this.slots = new Slots(clock, maxBytes, readsRolledBack);
    }

    @Override
    public final void awaitOldest(Duration longest) throws InterruptedException {
        slots.awaitOldest(longest);
    }

    @Override
    public void forget(List<LoggedTransaction> applied) throws SQLException {
        slots.forget(applied);
    }

    @Override
    public final Optional<String> givenUp() {
        return slots.givenUp();
    }

    @Override
    public final long maxBytes() {
        return slots.maxBytes();
    }

    @Override
    public final long lastLsn() {
        return slots.lastLsn();
    }

    @Override
    public final long firstPendingLsn() {
        return slots.firstPendingLsn();
    }

    @Override
    public final Figures figures() {
        return slots.figures();
    }

    /** Logs nothing more; a table stays, with what was not applied. */
    @Override
    public final void close() {
        slots.close();
    }
}
