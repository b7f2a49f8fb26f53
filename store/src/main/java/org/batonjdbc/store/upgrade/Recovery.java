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
 * Finds out, when a pair is opened, which of its stores is active: the one whose control row says so at the higher epoch.
 * Never lets a store serve that has been replaced. Used once, before the pair is handed out.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Pair pair;
    private final PairCredentials credentials;
    private final Clock clock;
    /** Whether the first store was not there before this pair was opened, so that another may have taken over from it. */
    private boolean firstIsNew;
    /** Why the upgrade cannot be taken up; null unless that was tried. */
    private String reason;

    Recovery(Pair pair, PairCredentials credentials, Clock clock) {
        this.pair = pair;
        this.credentials = credentials;
        this.clock = clock;
    }

    void run() throws SQLException {
        Store first = pair.first();
        Optional<ControlRow> own = rowOfFirst(first);
        Known second = rowsOfSecond(own);
        if (own.isEmpty()) {
            if (second.now().isPresent()) {
                giveWay(first, pair.named().orElseThrow(), second);
            }
            return;
        }
        ControlRow row = own.get();
        Optional<ControlRow> partner = second.partnerOf(row);
        boolean replaced = partner.isPresent() && partner.get().precedes(row);
        if (replaced && pair.settings().second() != null) {
            adopt(pair.named().orElseThrow(), partner.get());
            return;
        }
        // A fenced store whose successor was never made active has lost nothing: the gate was closed between the two.
        if (row.isActive() || (row.role() == ControlRow.Role.FENCED && partner.isPresent() && !replaced)) {
            adopt(first, row);
            return;
        }
        throw SqlState.REFUSED.error(first
                + (row.role() == ControlRow.Role.FENCED ? " has been replaced by " : " follows ") + row.other()
                + " and may be stale; name that store in the URL"
                + (pair.settings().second() == null
                        ? ""
                        : ", or open " + pair.settings().second() + " alone once"));
    }

    /** What a store knows: its row, and what that said before the upgrade that runs. */
    private record Known(Optional<ControlRow> now, Optional<ControlRow> before) {
        static final Known NOTHING = new Known(Optional.empty(), Optional.empty());

        /** What it knows of its pair with the store of that row. */
        Optional<ControlRow> partnerOf(ControlRow row) {
            boolean tookOver =
                    before.filter(known -> known.pair().equals(row.pair())).isPresent();
            return now.filter(known -> known.pair().equals(row.pair()) || (tookOver && known.isActive()));
        }

        boolean hasTakenOverFrom(StoreUrl url) throws SQLException {
            return url.isSameStore(StoreUrl.parse(now.orElseThrow().other()))
                    || (before.isPresent()
                            && url.isSameStore(StoreUrl.parse(before.get().other())));
        }
    }

    /** A first store that is new, as one in memory always is, gives way to the store that has taken over from it. */
    private void giveWay(Store first, Store second, Known known) throws SQLException {
        ControlRow row = known.now().orElseThrow();
        if (row.role() == ControlRow.Role.FOLLOWER) {
            return; // it has never served
        }
        if (!row.isActive()) {
            throw SqlState.REFUSED.error(second + " has been replaced by " + row.other() + ", and " + first
                    + " is new; name the store that serves");
        }
        if (!known.hasTakenOverFrom(first.url())) {
            throw SqlState.REFUSED.error(second + " serves since an upgrade from " + row.other() + ", and " + first
                    + " has never been in one: which of them is active cannot be told. Name " + second
                    + " first or alone, or another store beside " + first);
        }
        adopt(second, row);
    }

    private Optional<ControlRow> rowOfFirst(Store first) throws SQLException {
        Optional<Dialect> dialect = first.dialect();
        try (Connection existing = existing(first);
                Connection connection = first.connect(credentials.first())) {
            firstIsNew = existing == null && dialect.isPresent();
            return dialect.isEmpty() ? Optional.empty() : new ControlTable(dialect.get()).read(connection);
        } catch (SQLException e) {
            throw Claims.explained(first, e);
        }
    }

    /** A connection to the first store as it was found; null if it was not there, or does not open. */
    private Connection existing(Store first) throws SQLException {
        if (first.dialect().isEmpty() || pair.settings().second() == null) {
            return null;
        }
        try {
            return first.connectExisting(credentials.first());
        } catch (SQLException e) {
            LOG.debug("pair {}: the first store is not there yet, or does not open", pair.name(), e);
            return null;
        }
    }

    /**
     * Asks the second store, if there is one, or if the first cannot serve without it. It may be missing as long as it
     * cannot have taken over.
     */
    private Known rowsOfSecond(Optional<ControlRow> own) throws SQLException {
        StoreUrl url = pair.settings().second();
        Optional<Dialect> dialect = Optional.empty();
        try {
            Optional<Store> second = pair.named();
            if (second.isEmpty() && own.isPresent() && !own.get().isActive()) {
                second = Optional.of(pair.openOther(StoreUrl.parse(own.get().other())));
            }
            dialect = second.flatMap(Store::dialect);
            if (dialect.isEmpty()) {
                return Known.NOTHING;
            }
            try (Connection connection = second.orElseThrow().connectExisting(credentials.second())) {
                ControlTable control = new ControlTable(dialect.get());
                return new Known(control.read(connection), control.before(connection));
            }
        } catch (SQLException e) {
            boolean absent = dialect.filter(known -> known.isAbsent(e)).isPresent();
            if (!absent && own.isEmpty() && firstIsNew && url != null && Store.outlivesProcess(url)) {
                throw SqlState.REFUSED.error(
                        url + " cannot be opened, and may have taken over from " + pair.first() + ", which is new: "
                                + e.getMessage(),
                        e);
            }
            if (own.isPresent() && !own.get().isActive()) {
                throw SqlState.REFUSED.error(
                        pair.first() + " has been replaced by " + own.get().other() + ", which cannot be opened: "
                                + e.getMessage(),
                        e);
            }
            LOG.debug("pair {}: the second store is not there yet", pair.name(), e);
            return Known.NOTHING;
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
        StoreUrl name = StoreUrl.parse(row.other());
        Optional<Store> named = active == pair.first() ? pair.named() : Optional.of(pair.first());
        if (named.isPresent() && (named.get().url().isSameStore(name) || isOf(row, named.get()))) {
            return named.get();
        }
        return pair.openOther(name);
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
        control.write(connection, control.before(connection).orElse(row).idleAt(row.epoch()));
        Step.ABANDONED.passed();
        pair.claims().close();
        pair.upgrade()
                .abandoned("an upgrade in phase " + row.phase() + " has ended with its process"
                        + (reason == null ? "" : " and cannot be taken up: " + reason));
        LOG.warn("pair {}: an upgrade in phase {} ended with its process; {} serves", pair.name(), row.phase(), active);
    }
}
