package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.engine.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, when a pair is opened, which of its stores is active: the one whose control row says so at the higher epoch.
 * Never lets a store serve that has been replaced. Used once, before the pair is handed out.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Pair pair;
    private final PairCredentials credentials;
    private final Clock clock;

    Recovery(Pair pair, PairCredentials credentials, Clock clock) {
        this.pair = pair;
        this.credentials = credentials;
        this.clock = clock;
    }

    void run() throws SQLException {
        Store first = pair.first();
        Optional<ControlRow> own = rowOfFirst(first);
        Optional<ControlRow> others = rowOfSecond(own);
        if (others.isPresent() && isActive(others.get()) && !(own.isPresent() && isNewer(own.get(), others.get()))) {
            adopt(pair.named().orElseThrow(), others.get());
            return;
        }
        if (own.isEmpty()) {
            return;
        }
        ControlRow row = own.get();
        if (row.role() == ControlRow.Role.FOLLOWER || (row.role() == ControlRow.Role.FENCED && others.isEmpty())) {
            throw SqlState.REFUSED.error(
                    first + (row.role() == ControlRow.Role.FENCED ? " has been replaced by " : " follows ")
                            + row.other() + " and may be stale; name that store in the URL");
        }
        // A fenced store whose successor was never made active has lost nothing: the gate was closed between the two.
        adopt(first, row);
    }

    private Optional<ControlRow> rowOfFirst(Store first) throws SQLException {
        Optional<Dialect> dialect = first.dialect();
        try (Connection connection = first.connect(credentials.first())) {
            return dialect.isEmpty() ? Optional.empty() : new ControlTable(dialect.get()).read(connection);
        }
    }

    /** Asks the second store, if there is one; it may be missing as long as the first one does not need it. */
    private Optional<ControlRow> rowOfSecond(Optional<ControlRow> own) throws SQLException {
        try {
            Optional<Store> second = pair.named();
            if (second.isEmpty() || second.get().dialect().isEmpty()) {
                return Optional.empty();
            }
            try (Connection connection = second.get().connectExisting(credentials.second())) {
                return new ControlTable(second.get().dialect().get()).read(connection);
            }
        } catch (SQLException e) {
            if (own.isPresent() && !isActive(own.get())) {
                throw SqlState.REFUSED.error(
                        pair.first() + " has been replaced by " + own.get().other() + ", which cannot be opened", e);
            }
            LOG.debug("pair {}: the second store is not there yet", pair.name(), e);
            return Optional.empty();
        }
    }

    /** Lets the active store serve, and takes up the upgrade that ran when its process ended. */
    private void adopt(Store active, ControlRow row) throws SQLException {
        pair.route(new Route(row.epoch(), active, null));
        if (row.phase() == Phase.IDLE && isActive(row)) {
            return;
        }
        ControlRow serving = new ControlRow(row.pair(), row.epoch(), ControlRow.Role.ACTIVE, row.phase(), row.other());
        try (Connection connection = active.connect(pair.credentialsFor(active, credentials))) {
            if (Resume.hasLog(connection) && resume(active, serving)) {
                return;
            }
            abandon(active, connection, serving);
        }
    }

    private boolean resume(Store active, ControlRow row) throws SQLException {
        Optional<Phase> phase = Resume.phase(row);
        Optional<Store> other = other(active);
        if (phase.isEmpty() || other.isEmpty()) {
            return false;
        }
        try {
            Running running = new Resume(pair, credentials, clock).run(active, other.get(), row);
            pair.upgrade().resume(running, phase.get());
            return true;
        } catch (SQLException | RuntimeException e) {
            // Whatever has become of the other store, the application gets its own.
            LOG.warn("pair {}: the upgrade in phase {} cannot be taken up", pair.name(), row.phase(), e);
            return false;
        }
    }

    private Optional<Store> other(Store active) throws SQLException {
        return active == pair.first() ? pair.named() : Optional.of(pair.first());
    }

    /** Removes what would hinder the application: the upgrade is over, and has to be started again. */
    private void abandon(Store active, Connection connection, ControlRow row) throws SQLException {
        Dialect dialect = active.dialect().orElseThrow();
        Optional<RowTriggers> triggers = dialect.rowTriggers();
        if (triggers.isPresent()) {
            triggers.get().detach(connection, active.engineLoader());
        }
        ControlTable control = new ControlTable(dialect);
        control.dropAllButRow(connection);
        control.write(connection, row.in(Phase.IDLE));
        LOG.warn("pair {}: an upgrade in phase {} ended with its process; {} serves", pair.name(), row.phase(), active);
    }

    private static boolean isActive(ControlRow row) {
        return row.role() == ControlRow.Role.ACTIVE;
    }

    private static boolean isNewer(ControlRow own, ControlRow other) {
        return isActive(own) && own.epoch() >= other.epoch();
    }
}
