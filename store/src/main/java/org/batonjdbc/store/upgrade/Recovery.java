package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the store of a pair serve that was active last, and goes on with the upgrade that an earlier process has left, or ends
 * it. Used once, before the pair is handed out.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Pair pair;
    private final PairCredentials credentials;
    private final Clock clock;
    /** Why the upgrade cannot be taken up; null unless that was tried. */
    private String reason;

    Recovery(Pair pair, PairCredentials credentials, Clock clock) {
        this.pair = pair;
        this.credentials = credentials;
        this.clock = clock;
    }

    void run() throws SQLException {
        Optional<Roles.Serving> serving = new Roles(pair, credentials).serving();
        if (serving.isPresent()) {
            adopt(serving.get().store(), serving.get().row());
        }
    }

    /** Lets the active store serve, and takes up the upgrade that ran when its process ended. */
    private void adopt(Store active, ControlRow row) throws SQLException {
        Step.ROLES_FOUND.passed();
        pair.route(new Route(row.epoch(), active, null));
        Dialect dialect = active.dialect().orElseThrow();
        ControlTable control = new ControlTable(dialect);
        try (Connection connection = active.connect(pair.credentialsFor(active, credentials))) {
            // Before anything is touched: an upgrade may be running in another process, or have begun there just now.
            pair.claims().take(active, pair.credentialsFor(active, credentials));
            pair.claims().run(active, row.pair());
            if (!control.read(connection).equals(Optional.of(row))) {
                throw SqlState.REFUSED.error(active + " is in the hands of another process just now; try again");
            }
            if (row.phase() == Phase.IDLE && row.isActive()) {
                removeLeftovers(active, connection);
                pair.claims().close();
                return;
            }
            refuseUnlessPrivileged(active, connection);
            ControlRow serving = row.serving();
            if (!row.isActive()) {
                // From its first transaction on it is ahead of the other store, and must say so.
                control.write(connection, serving);
                dialect.makeDurable(connection);
                Step.ROLE_RECORDED.passed();
            }
            if (Resume.hasLog(dialect, connection) && resume(active, serving)) {
                return;
            }
            abandon(active, connection, serving);
        }
    }

    /**
     * The process may have died before COMPLETE or CANCEL had removed everything. What stays is in nobody's way, so a user who
     * may not remove it is served all the same; a row trigger that is left refuses writes until somebody comes who may.
     */
    private static void removeLeftovers(Store active, Connection connection) throws SQLException {
        Dialect dialect = active.dialect().orElseThrow();
        if (dialect.missingPrivilege(connection).isPresent()) {
            return;
        }
        detach(active, connection);
        if (Resume.hasLog(dialect, connection)) {
            new ControlTable(dialect).dropAllButRow(connection);
        }
    }

    /** Whoever may not create and drop tables would end an upgrade that somebody else can go on with. */
    private static void refuseUnlessPrivileged(Store active, Connection connection) throws SQLException {
        Optional<String> missing = active.dialect().orElseThrow().missingPrivilege(connection);
        if (missing.isPresent()) {
            throw SqlState.REFUSED.error("the process that ran an upgrade of " + active + " has ended, and who opens it"
                    + " next must be able to go on with it, which this user is not (" + missing.get()
                    + "); let the user connect first who ran UPGRADE START");
        }
    }

    private boolean resume(Store active, ControlRow row) throws SQLException {
        Optional<Phase> phase = Resume.phase(row);
        if (phase.isEmpty()) {
            return false;
        }
        try {
            Running running = new Resume(pair, credentials, clock).run(active, other(active, row), row);
            // An engine may have torn what it was writing, so what was found the same may be so no longer.
            pair.upgrade().resume(running, phase.get(), row.history().verified(false));
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever has become of the other store, the application gets its own.
            LOG.warn("pair {}: the upgrade in phase {} cannot be taken up", pair.name(), row.phase(), e);
            reason = e.getMessage();
            return false;
        }
    }

    /**
     * The store that does not serve; if only UPGRADE START TO has named it, the control row knows it. One of the URL that
     * has another name there, because files were moved, knows the upgrade itself.
     */
    private Store other(Store active, ControlRow row) throws SQLException {
        Optional<Store> named = active == pair.first() ? pair.named() : Optional.of(pair.first());
        if (named.isPresent() && (pair.isNameOf(named.get(), row.other()) || isOf(row, named.get()))) {
            return named.get();
        }
        return pair.openOther(StoreUrl.parse(row.other()));
    }

    private boolean isOf(ControlRow row, Store store) {
        if (store.dialect().isEmpty()) {
            return false;
        }
        try (Connection connection = store.connectExisting(pair.credentialsFor(store, credentials))) {
            return new ControlTable(store.dialect().get())
                    .read(connection)
                    .filter(known -> known.pair().equals(row.pair()))
                    .isPresent();
        } catch (SQLException e) {
            LOG.debug("pair {}: {} cannot be asked which upgrade it belongs to", pair.name(), store, e);
            return false;
        }
    }

    private static void detach(Store active, Connection connection) throws SQLException {
        Optional<? extends CaptureTriggers> triggers =
                active.dialect().orElseThrow().captureTriggers();
        if (triggers.isPresent()) {
            triggers.get().detach(connection, active.engineLoader());
        }
    }

    /** Removes what would hinder the application: the upgrade is over, and has to be started again. */
    private void abandon(Store active, Connection connection, ControlRow row) throws SQLException {
        detach(active, connection);
        ControlTable control = new ControlTable(active.dialect().orElseThrow());
        control.dropAllButRow(connection);
        // Beside what it said before the upgrade: the other store may name this one, and must be known to be left by
        // it.
        control.write(connection, row.idleAt(row.epoch()));
        Step.ABANDONED.passed();
        pair.claims().close();
        pair.upgrade()
                .abandoned("an upgrade in phase " + row.phase() + " has ended with its process"
                        + (reason == null ? "" : " and cannot be taken up: " + reason));
        LOG.warn("pair {}: an upgrade in phase {} ended with its process; {} serves", pair.name(), row.phase(), active);
    }
}
