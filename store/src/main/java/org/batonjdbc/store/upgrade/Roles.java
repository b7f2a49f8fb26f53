package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells from control rows which store of a pair serves: the one that was active last. It looks at the stores of the URL, and
 * at one that a row names where they do not say enough; it changes none. Used once, when a pair is opened.
 */
final class Roles {
    private static final Logger LOG = LoggerFactory.getLogger(Roles.class);

    private final Pair pair;
    private final PairCredentials credentials;
    /** Whether the first store was not there before this pair was opened, so that another may have taken over from it. */
    private boolean firstIsNew;

    Roles(Pair pair, PairCredentials credentials) {
        this.pair = pair;
        this.credentials = credentials;
    }

    /** The store that serves, and its control row, which may not say so yet. */
    record Serving(Store store, ControlRow row) {}

    /**
     * The store that serves; empty if no row tells, so that the first one does.
     *
     * @throws SQLException 55000 if the store that serves is not named by the URL, or cannot be told
     */
    Optional<Serving> serving() throws SQLException {
        Store first = pair.first();
        Optional<ControlRow> own;
        try {
            own = rowOfFirst(first);
        } catch (SQLException e) {
            return Optional.of(successor(first, e));
        }
        Known second = rowsOfSecond(own);
        if (own.isEmpty()) {
            return second.now().isEmpty() ? Optional.empty() : giveWay(first, second);
        }
        ControlRow row = own.get();
        if (second.isOf(row)) {
            // A fenced store whose successor was never made active has lost nothing: the gate was closed between the
            // two.
            ControlRow theirs = second.now().orElseThrow();
            return Optional.of(
                    theirs.precedes(row)
                            ? serving(pair.named().orElseThrow(), theirs, false)
                            : serving(first, row, false));
        }
        return Optional.of(
                second.hasTakenOver(row)
                        ? last(pair.named().orElseThrow(), second.now().orElseThrow())
                        : last(first, row));
    }

    /** What a store knows: its row, and what that said before the upgrade that runs. */
    private record Known(Optional<ControlRow> now, Optional<ControlRow> before) {
        static final Known NOTHING = new Known(Optional.empty(), Optional.empty());

        /** Whether it is in the pair of that row. */
        boolean isOf(ControlRow row) {
            return now.filter(known -> known.pair().equals(row.pair())).isPresent();
        }

        /** Whether it came after the store of that row, in the upgrade that this one was in last or in an earlier one. */
        boolean hasTakenOver(ControlRow row) {
            return Stream.concat(now.stream(), before.stream())
                    .filter(known -> known.pair().equals(row.pair()))
                    .findFirst()
                    .filter(known -> known.precedes(row))
                    .isPresent();
        }
    }

    private boolean hasTakenOver(Known known, Store first) throws SQLException {
        return pair.isNameOf(first, known.now().orElseThrow().other())
                || (known.before().isPresent()
                        && pair.isNameOf(first, known.before().get().other()));
    }

    /** A first store that is new, as one in memory always is, gives way to the store that has taken over from it. */
    private Optional<Serving> giveWay(Store first, Known known) throws SQLException {
        Store second = pair.named().orElseThrow();
        ControlRow row = known.now().orElseThrow();
        if (row.role() == ControlRow.Role.FOLLOWER) {
            return Optional.empty(); // it has never served
        }
        if (!row.isActive() && pair.isNameOf(first, row.other())) {
            throw SqlState.REFUSED.error(second + " has been replaced by " + row.other() + ", and " + first
                    + " is new; name the store that serves");
        }
        if (!hasTakenOver(known, first)) {
            throw SqlState.REFUSED.error(second + " serves since an upgrade from " + row.other() + ", and " + first
                    + " has never been in one: which of them is active cannot be told. Name " + second
                    + " first or alone, or another store beside " + first);
        }
        return Optional.of(last(second, row));
    }

    /**
     * The store that has taken over from the first, which cannot be opened. As long as there is a way back, who serves without it
     * gives that up, which is for a person to say.
     *
     * @throws SQLException the reason, if there is no such store
     */
    private Serving successor(Store first, SQLException reason) throws SQLException {
        if (pair.settings().second() == null) {
            throw reason;
        }
        Store second = pair.named().orElseThrow();
        Known known;
        try {
            known = read(second);
        } catch (SQLException e) {
            reason.addSuppressed(e);
            throw reason;
        }
        Optional<ControlRow> active = known.now().filter(ControlRow::isActive);
        if (active.isEmpty() || !hasTakenOver(known, first)) {
            throw reason;
        }
        if (active.get().phase() != Phase.IDLE) {
            throw SqlState.REFUSED.error(
                    first + " cannot be opened, and " + second
                            + " has taken over from it in an upgrade that is not complete."
                            + " Mend the one, or open " + second
                            + " alone once, which ends the upgrade and the way back: " + reason.getMessage(),
                    reason);
        }
        LOG.warn("pair {}: {} cannot be opened, and has been replaced by {}", pair.name(), first, second, reason);
        return new Serving(second, active.get());
    }

    /**
     * That store, if it is the last one that was active. While an upgrade runs, the store that its row names must be asked: a
     * process may have died before a successor was made active, or have failed to take back that it had been.
     */
    private Serving last(Store store, ControlRow row) throws SQLException {
        boolean ends = row.role() == ControlRow.Role.FOLLOWER || (row.isActive() && row.phase() == Phase.IDLE);
        return serving(store, row, !ends && hasSuccessor(store, row));
    }

    private static Serving serving(Store store, ControlRow row, boolean replaced) throws SQLException {
        boolean follows = row.role() == ControlRow.Role.FOLLOWER;
        if (follows || replaced) {
            throw SqlState.REFUSED.error(store + (follows ? " follows " : " has been replaced by ") + row.other()
                    + " and may be stale; name that store in the URL");
        }
        return new Serving(store, row);
    }

    /** An active store need not be able to ask; a fenced one has a successor unless that one denies it. */
    private boolean hasSuccessor(Store store, ControlRow row) throws SQLException {
        try (Store successor = pair.open(StoreUrl.parse(row.other()))) {
            Known known = read(successor);
            return known.hasTakenOver(row) || !(row.isActive() || known.isOf(row));
        } catch (SQLException e) {
            if (!row.isActive()) {
                throw unreachable(store, row, e);
            }
            LOG.debug("pair {}: the other store cannot be asked whether it has taken over", pair.name(), e);
            return false;
        }
    }

    private static SQLException unreachable(Store store, ControlRow row, SQLException e) {
        return SqlState.REFUSED.error(
                store + " has been replaced by " + row.other() + ", which cannot be opened: " + e.getMessage(), e);
    }

    private Known read(Store store) throws SQLException {
        Optional<Dialect> dialect = store.dialect();
        if (dialect.isEmpty()) {
            return Known.NOTHING;
        }
        try (Connection connection = store.connectExisting(pair.credentialsFor(store, credentials))) {
            ControlTable control = new ControlTable(dialect.get());
            return new Known(control.read(connection), control.before(connection));
        }
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

    /** Asks the second store of the URL, if there is one. It may be missing as long as it cannot have taken over. */
    private Known rowsOfSecond(Optional<ControlRow> own) throws SQLException {
        StoreUrl url = pair.settings().second();
        if (url == null) {
            return Known.NOTHING;
        }
        Store second = pair.named().orElseThrow();
        try {
            return read(second);
        } catch (SQLException e) {
            boolean absent = second.dialect().filter(known -> known.isAbsent(e)).isPresent();
            if (!absent && own.isEmpty() && firstIsNew && Store.outlivesProcess(url)) {
                throw SqlState.REFUSED.error(
                        url + " cannot be opened, and may have taken over from " + pair.first() + ", which is new: "
                                + e.getMessage(),
                        e);
            }
            if (own.isPresent()
                    && !own.get().isActive()
                    && pair.isNameOf(second, own.get().other())) {
                throw unreachable(pair.first(), own.get(), e);
            }
            LOG.debug("pair {}: the second store is not there yet", pair.name(), e);
            return Known.NOTHING;
        }
    }
}
