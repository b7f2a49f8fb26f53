package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.apply.Progress;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.TableMatch;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.copy.CopyPositions;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.RowEvents;
import org.batonjdbc.store.log.TableLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up an upgrade whose process has ended, before any connection of the pair is handed out: the log has what was
 * committed and not applied, the following store knows how far it is. Used once, when the pair is opened.
 */
final class Resume {
    private static final Logger LOG = LoggerFactory.getLogger(Resume.class);

    private final Pair pair;
    private final PairCredentials credentials;
    private final Clock clock;

    Resume(Pair pair, PairCredentials credentials, Clock clock) {
        this.pair = pair;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Whether the store has a log that outlived its process. */
    static boolean hasLog(Dialect dialect, Connection active) throws SQLException {
        return dialect.hasTable(active, new TableName("BATON", "LOG"));
    }

    /**
     * Goes on where the process ended.
     *
     * @param row the active store's control row
     * @return what runs from now on, already capturing
     */
    Running run(Store activeStore, Store followingStore, ControlRow row) throws SQLException {
        pair.claims().take(followingStore, pair.credentialsFor(followingStore, credentials));
        Side active = Side.open(activeStore, pair.credentialsFor(activeStore, credentials));
        try {
            Side following = Side.open(followingStore, pair.credentialsFor(followingStore, credentials));
            try {
                return run(active, following, row);
            } catch (SQLException | RuntimeException | Error e) {
                following.close();
                throw e;
            }
        } catch (SQLException | RuntimeException | Error e) {
            active.close();
            throw e;
        }
    }

    private Running run(Side active, Side following, ControlRow row) throws SQLException {
        boolean forward = row.phase() != Phase.SWITCHED;
        ControlRow theirs = following
                .control()
                .read(following.admin())
                .filter(known -> known.pair().equals(row.pair()) && !known.precedes(row))
                .orElseThrow(() -> SqlState.REFUSED.error(following.store() + " has no upgrade to go on with"));
        if (theirs.isActive()) {
            // A switchover was taken back that this store could not be told of; it must never be found to serve.
            following.control().write(following.admin(), theirs.behind(row.epoch(), forward));
        }
        Durability durability = new Durability(true, clock, pair.settings().maxLogBytes());
        // A switchover that was not finished may have left triggers there, its own and the users'.
        following
                .dialect()
                .captureTriggers()
                .orElseThrow()
                .unfence(following.admin(), following.store().engineLoader());
        Catalog there = following.dialect().catalog(following.admin());
        Side first = forward ? active : following;
        Set<TableName> replicated = first.control().replicated(first.admin());
        following.dialect().dropUserTriggers(following.admin(), replicated);
        following.dialect().follow(following.admin(), true);
        Step.FOLLOWER_RESTORED.passed();
        Construction construction = plan(active, following, replicated);
        Progress.Stored progress = new Progress.Stored(following.dialect());
        ChangeLog log = TableLog.resume(
                active::admin,
                active.dialect(),
                construction.replicated(),
                clock,
                pair.settings().maxLogBytes(),
                progress.read(following.admin()));
        Follower follower;
        if (row.phase() != Phase.COPYING) {
            TableMatch match = TableMatch.of(construction.replicated(), there);
            follower = Follower.following(
                    new Follower.Plan(active, following, construction.replicated(), match, log, progress));
            follower.tolerateBacklog();
        } else if (theirs.phase() == Phase.COPYING) {
            TableMatch match = TableMatch.of(construction.replicated(), there);
            follower = Follower.copying(
                    new Follower.Plan(active, following, construction.replicated(), match, log, progress),
                    new CopyPositions.Stored(following.dialect()),
                    construction.script(),
                    pair.settings().chunkRows());
        } else {
            // It ended while indexes were built: which of them are there is anybody's guess.
            following.dialect().clear(following.admin());
            following.control().create(following.admin());
            following.control().write(following.admin(), theirs.in(Phase.COPYING));
            construction.build(following);
            Step.COPY_BEGUN_AGAIN.passed();
            follower = construction.follower(
                    active, following, log, durability, pair.settings().chunkRows());
        }
        Running running = new Running(
                row.pair(),
                credentials,
                durability,
                follower.plan(),
                new RowEvents(),
                follower,
                construction.script(),
                forward,
                Running.Counted.NOTHING);
        pair.claims().sign(active);
        pair.claims().sign(following);
        active.dialect()
                .captureTriggers()
                .orElseThrow()
                .attach(
                        active.admin(),
                        active.store().engineLoader(),
                        running.catalog().tables(),
                        running.events());
        Step.CAPTURE_RESUMED.passed();
        pair.route(new Route(row.epoch(), active.store(), running.replication()));
        return running;
    }

    /** The tables that the upgrade began with: those that came later belong to one store alone, and are nobody else's. */
    private Construction plan(Side active, Side following, Set<TableName> replicated) throws SQLException {
        Set<TableName> here = active.dialect().catalog(active.admin()).names();
        Set<TableName> gone = new TreeSet<>(Comparator.comparing(TableName::toString));
        gone.addAll(replicated);
        gone.removeAll(here);
        if (!gone.isEmpty()) {
            throw SqlState.REFUSED.error(active.store() + " has no table any more that the upgrade carries: " + gone);
        }
        Set<TableName> left = new HashSet<>(here);
        left.removeAll(replicated);
        if (!left.isEmpty()) {
            LOG.info("pair {}: {} of {} stay out of the upgrade", pair.name(), left, active.store());
        }
        return Construction.plan(active, following.dialect(), left);
    }

    /** The phase in which the upgrade goes on. */
    static Optional<Phase> phase(ControlRow row) {
        return switch (row.phase()) {
            case COPYING, REPLICATING, SWITCHED -> Optional.of(row.phase());
            // The gate was closed, and the row says which store serves: that one never left off.
            case SWITCHING -> Optional.of(Phase.REPLICATING);
            case IDLE, FAILED -> Optional.empty();
        };
    }
}
