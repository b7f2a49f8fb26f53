package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Place;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.preflight.Finding;
import org.batonjdbc.store.preflight.Preflight;
import org.batonjdbc.store.preflight.PreflightRequest;
import org.batonjdbc.store.preflight.Severity;
import org.batonjdbc.store.preflight.Tenant;

/** Asks preflight about the two stores of a pair, and refuses to begin where it finds an error. Stateless. */
final class Checks {
    private static final int NAMED = 3;

    private final Pair pair;

    Checks(Pair pair) {
        this.pair = pair;
    }

    List<Finding> run(StartSettings settings) throws SQLException {
        Store active = pair.route().store();
        StoreUrl upgraded = pair.target(settings.to());
        return Preflight.check(new PreflightRequest(
                active,
                pair.credentialsFor(active, settings.credentials()),
                upgraded,
                pair.credentialsFor(Place.of(upgraded, pair.settings().jars()), settings.credentials()),
                pair.settings().jars(),
                settings.exclude(),
                connection -> tenant(connection, settings)));
    }

    /** @throws SQLException 55000 that names the first errors */
    void refuseErrors(StartSettings settings) throws SQLException {
        List<Finding> errors = run(settings).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            String first = errors.stream()
                    .limit(NAMED)
                    .map(finding -> finding.rule() + " " + finding.object() + ": " + finding.message())
                    .collect(Collectors.joining("; "));
            throw SqlState.REFUSED.error("UPGRADE START is refused, preflight found " + errors.size()
                    + (errors.size() == 1 ? " error: " : " errors: ") + first
                    + ". Run UPGRADE CHECK for all of them and what to do");
        }
    }

    private Tenant tenant(Connection upgraded, StartSettings settings) throws SQLException {
        Store active = pair.route().store();
        Dialect dialect = active.dialect().orElseThrow();
        Optional<ControlRow> there = new ControlTable(dialect).read(upgraded);
        if (there.isEmpty()) {
            return Tenant.NOBODY;
        }
        try (Connection here = active.connect(pair.credentialsFor(active, settings.credentials()))) {
            Optional<ControlRow> own = new ControlTable(dialect).read(here);
            return there.get().mayGiveWayTo(active.toString(), own) ? Tenant.SAME_PAIR : Tenant.OTHER_PAIR;
        }
    }
}
