package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.RowEvents;

/**
 * Begins an upgrade: builds empty tables on the upgraded store and turns capture on behind the closed gate. If anything
 * fails, both stores are left as they were found. Used once, by the worker.
 */
final class Start {
    private final Pair pair;
    private final Clock clock;
    /** The upgrade's own. */
    private final String id = UUID.randomUUID().toString();
    /** Whether the upgraded store is this upgrade's, with all that is in it. */
    private boolean claimed;

    Start(Pair pair, Clock clock) {
        this.pair = pair;
        this.clock = clock;
    }

    Running run(StartSettings settings) throws SQLException {
        Store upgraded = pair.openOther(pair.target(settings.to()));
        Store store = pair.route().store();
        boolean begun = false;
        try {
            pair.claims().take(store, pair.credentialsFor(store, settings.credentials()));
            pair.claims().take(upgraded, pair.credentialsFor(upgraded, settings.credentials()));
            Running running = run(settings, store, upgraded);
            begun = true;
            return running;
        } finally {
            if (!begun) {
                pair.claims().close();
                pair.forgetOther();
            }
        }
    }

    private Running run(StartSettings settings, Store store, Store upgraded) throws SQLException {
        Side active = Side.open(store, pair.credentialsFor(store, settings.credentials()));
        try {
            claimUpgrade(active);
            Side following = Side.open(upgraded, pair.credentialsFor(upgraded, settings.credentials()));
            try {
                return begin(settings, active, following);
            } catch (SQLException | RuntimeException | Error e) {
                undo(active, following, e);
                following.close();
                throw e;
            }
        } catch (SQLException | RuntimeException | Error e) {
            active.close();
            throw e;
        }
    }

    private Running begin(StartSettings settings, Side active, Side following) throws SQLException {
        // What this store has been in before must not be forgotten, whatever becomes of this upgrade.
        active.control().create(active.admin());
        active.control().keep(active.admin());
        claim(active, following);
        Catalog catalog = active.dialect().catalog(active.admin());
        Set<TableName> excluded = Construction.excluded(catalog, settings.exclude());
        Construction construction = Construction.plan(active, following.dialect(), excluded);
        construction.build(following);
        Durability durability = Durability.of(pair.settings(), active.store(), following.store(), clock);
        ChangeLog log = durability.newLog(active, construction.replicated());
        active.control().replicate(active.admin(), construction.replicated().names());
        Step.LOG_CREATED.passed();
        Follower follower = construction.follower(
                active, following, log, durability, pair.settings().chunkRows());
        Running running = new Running(
                id,
                settings.credentials(),
                durability,
                follower.plan(),
                new RowEvents(),
                follower,
                construction.script(),
                true,
                Running.Counted.NOTHING);
        pair.claims().sign(active);
        pair.claims().sign(following);
        // The next process goes on with what it finds here, and it must find it.
        following.makeDurable();
        Step.TABLES_BUILT.passed();
        // Before there is a trigger, which would refuse all writes after a crash: whoever opens the store then must
        // know.
        active.control()
                .write(
                        active.admin(),
                        new ControlRow(
                                id,
                                pair.route().epoch(),
                                ControlRow.Role.ACTIVE,
                                Phase.COPYING,
                                following.store().toString(),
                                History.begun(clock.instant())));
        Step.START_RECORDED.passed();
        pair.behindGate(null, pair.settings().drainTimeout(), () -> {
            capture(construction.all(), running);
            return null;
        });
        return running;
    }

    /** Two upgrades of one store, which two pairs have come to under two names, would take each other's changes. */
    private void claimUpgrade(Side active) throws SQLException {
        Optional<ControlRow> row = active.control().read(active.admin());
        if (row.isPresent()) {
            pair.claims().refuseRunning(active.store(), row.get().pair());
        }
        pair.claims().run(active.store(), id);
    }

    /**
     * Makes the following store this upgrade's. Preflight has found it free, but somebody may have come since: only one can
     * insert the row, and nothing is removed before it is known whose it is.
     */
    private void claim(Side active, Side following) throws SQLException {
        String here = active.store().toString();
        Optional<ControlRow> own = active.control().read(active.admin());
        Optional<ControlRow> there = following.control().read(following.admin());
        if (there.isPresent() && there.get().mayGiveWayTo(here, own)) {
            following.dialect().clear(following.admin()); // what a cancelled upgrade of this pair has left
        }
        ControlRow row =
                new ControlRow(id, pair.route().epoch(), ControlRow.Role.FOLLOWER, Phase.COPYING, here, History.NONE);
        if (!following.control().claim(following.admin(), row)) {
            throw SqlState.REFUSED.error(following.store() + " belongs to another pair, as its"
                    + " control row says; name another store, or end that upgrade first");
        }
        if (!following.dialect().catalog(following.admin()).tables().isEmpty()) {
            following.control().drop(following.admin());
            throw SqlState.REFUSED.error(
                    following.store() + " is not empty any more, somebody has just made tables there;"
                            + " name another store, or empty this one if nobody needs what it holds");
        }
        claimed = true;
    }

    /** No transaction is in flight here, so none is half captured. */
    private void capture(Catalog exported, Running running) throws SQLException {
        Side active = running.active();
        if (!active.dialect().catalog(active.admin()).equals(exported)) {
            throw SqlState.REFUSED.error("the schema was changed while UPGRADE START was reading it; start again");
        }
        CaptureTriggers triggers = active.dialect().captureTriggers().orElseThrow();
        ClassLoader engine = active.store().engineLoader();
        try {
            triggers.attach(active.admin(), engine, running.catalog().tables(), running.events());
        } catch (SQLException | RuntimeException | Error e) {
            // Behind the gate still: a trigger that is left would refuse the application's writes.
            running.events().discard();
            triggers.detach(active.admin(), engine);
            throw e;
        }
        Step.CAPTURE_BEGUN.passed();
        pair.route(new Route(pair.route().epoch(), active.store(), running.replication()));
    }

    private void undo(Side active, Side following, Throwable reason) {
        try {
            active.control().restore(active.admin(), id, pair.route().epoch());
            if (claimed) {
                following.dialect().clear(following.admin());
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
