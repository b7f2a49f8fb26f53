package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
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

    Recovery(Pair pair, PairCredentials credentials) {
        this.pair = pair;
        this.credentials = credentials;
    }

    void run() throws SQLException {
        Store first = pair.first();
        Optional<ControlRow> own = rowOfFirst(first);
        Optional<ControlRow> others = rowOfSecond(own);
        if (others.isPresent() && isActive(others.get()) && epoch(others) > epoch(own)) {
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

    /** Lets the active store serve, and removes what an upgrade left whose process has ended. */
    private void adopt(Store active, ControlRow row) throws SQLException {
        if (row.phase() != Phase.IDLE || row.role() != ControlRow.Role.ACTIVE) {
            Dialect dialect = active.dialect().orElseThrow();
            try (Connection connection = active.connect(pair.credentialsFor(active, credentials))) {
                Optional<RowTriggers> triggers = dialect.rowTriggers();
                if (triggers.isPresent()) {
                    triggers.get().detach(connection, active.engineLoader());
                }
                new ControlTable(dialect)
                        .write(
                                connection,
                                new ControlRow(
                                        row.pair(), row.epoch(), ControlRow.Role.ACTIVE, Phase.IDLE, row.other()));
            }
            LOG.warn(
                    "pair {}: an upgrade in phase {} ended with its process; {} serves",
                    pair.name(),
                    row.phase(),
                    active);
        }
        pair.route(new Route(row.epoch(), active, null));
    }

    private static boolean isActive(ControlRow row) {
        return row.role() == ControlRow.Role.ACTIVE;
    }

    private static long epoch(Optional<ControlRow> row) {
        return row.map(ControlRow::epoch).orElse(-1L);
    }
}
