package org.batonjdbc.store.upgrade;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.RowEvents;
import org.batonjdbc.store.preflight.Finding;
import org.batonjdbc.store.preflight.Severity;

/**
 * Begins an upgrade: builds empty tables on the upgraded store and turns capture on behind the closed gate. If anything
 * fails, both stores are left as they were found. Used once, by the worker.
 */
final class Start {
    private final Pair pair;
    private final Clock clock;

    Start(Pair pair, Clock clock) {
        this.pair = pair;
        this.clock = clock;
    }

    List<Finding> check(StartSettings settings) throws SQLException {
        return List.of();
    }

    void refuseErrors(StartSettings settings) throws SQLException {
        List<Finding> errors = check(settings).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw SqlState.REFUSED.error("UPGRADE START is refused, preflight found "
                    + errors.size() + (errors.size() == 1 ? " error: " : " errors: ")
                    + errors.stream()
                            .limit(3)
                            .map(finding -> finding.rule() + " " + finding.object() + ": " + finding.message())
                            .collect(Collectors.joining("; "))
                    + ". Run UPGRADE CHECK for all of them and what to do");
        }
    }

    Running run(StartSettings settings) throws SQLException {
        Store upgraded = pair.openOther(pair.target(settings.to()));
        Side active =
                Side.open(pair.route().store(), pair.credentialsFor(pair.route().store(), settings.credentials()));
        try {
            Side following = Side.open(upgraded, pair.credentialsFor(upgraded, settings.credentials()));
            try {
                return build(settings, active, following);
            } catch (SQLException | RuntimeException e) {
                undo(active, following, e);
                following.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            active.close();
            throw e;
        }
    }

    private Running build(StartSettings settings, Side active, Side following) throws SQLException {
        String id = UUID.randomUUID().toString();
        if (following.control().read(following.admin()).isPresent()) {
            // What a cancelled or broken upgrade of this pair has left; preflight has made sure that it is no one
            // else's.
            following.dialect().clear(following.admin());
        }
        Catalog all = active.dialect().catalog(active.admin());
        Set<TableName> excluded = excluded(all, settings.exclude());
        Catalog catalog = new Catalog(
                all.tables().stream()
                        .filter(table -> !excluded.contains(table.name()))
                        .toList(),
                all.triggers());
        SchemaScript script = active.dialect().exportSchema(active.admin(), all, excluded);
        following.dialect().build(following.admin(), script.tables());
        following.dialect().follow(following.admin(), true);
        following.control().create(following.admin());
        following
                .control()
                .write(
                        following.admin(),
                        new ControlRow(
                                id,
                                pair.route().epoch(),
                                ControlRow.Role.FOLLOWER,
                                Phase.COPYING,
                                active.store().toString()));
        active.control().create(active.admin());
        TableMatch match = TableMatch.of(catalog, following.dialect().catalog(following.admin()));
        ChangeLog log = pair.newLog(clock);
        RowEvents events = new RowEvents();
        Follower follower = Follower.copying(
                active, following, catalog, match, log, script, pair.settings().chunkRows());
        Running running = new Running(
                id, settings.credentials(), active, following, catalog, match, events, follower, script, true, 0, 0);
        pair.behindGate(settings.own(), pair.settings().drainTimeout(), () -> {
            capture(active, all, running);
            return null;
        });
        return running;
    }

    /** No transaction is in flight here, so none is half captured. */
    private void capture(Side active, Catalog exported, Running running) throws SQLException {
        if (!active.dialect().catalog(active.admin()).equals(exported)) {
            throw SqlState.REFUSED.error("the schema was changed while UPGRADE START was reading it; start again");
        }
        RowTriggers triggers = active.dialect().rowTriggers().orElseThrow();
        ClassLoader engine = active.store().engineLoader();
        try {
            triggers.attach(active.admin(), engine, running.catalog().tables(), running.events());
        } catch (SQLException | RuntimeException e) {
            // Behind the gate still: a trigger that is left would refuse the application's writes.
            running.events().discard();
            triggers.detach(active.admin(), engine);
            throw e;
        }
        pair.route(new Route(pair.route().epoch(), active.store(), running.replication()));
    }

    private static Set<TableName> excluded(Catalog catalog, Set<String> names) {
        return catalog.tables().stream()
                .map(table -> table.name())
                .filter(name -> names.stream().anyMatch(name::isMeantBy))
                .collect(Collectors.toSet());
    }

    private void undo(Side active, Side following, Exception reason) {
        try {
            active.control().drop(active.admin());
            following.dialect().clear(following.admin());
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
