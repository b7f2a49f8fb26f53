package org.batonjdbc.store.preflight;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.PoolSettings;
import org.batonjdbc.store.engine.Store;

/**
 * Checks an upgrade before it begins: reads the facts, lets each rule look at them, and reports what was found, errors
 * first. Rules that found nothing report that, too. Neither store is changed; one that does not exist yet is not created.
 */
public final class Preflight {
    private static final String CONNECTION = "connection";
    private static final List<Rule> RULES = List.of(
            new VersionRule(),
            new EmbeddedRule(),
            new PrivilegeRule(),
            new TargetRule(),
            new ObstacleRule(),
            new KeyRule(),
            new TriggerRule(),
            SpaceRule.memory(),
            SpaceRule.disk(),
            new DataModelRule(),
            new SchemaRule(),
            new ColumnTypeRule(),
            new InlineStorageRule(),
            new DecimalRule(),
            new LongValueRule(),
            new ReservedWordRule());

    private final PreflightRequest request;
    private final Machine machine;
    private final Findings findings = new Findings();

    private Preflight(PreflightRequest request, Machine machine) {
        this.request = request;
        this.machine = machine;
    }

    /** What stands in the way of the upgrade, errors first, then warnings, then the rules that found nothing. */
    public static List<Finding> check(PreflightRequest request) {
        return check(request, new ThisMachine());
    }

    static List<Finding> check(PreflightRequest request, Machine machine) {
        Preflight preflight = new Preflight(request, machine);
        preflight.run();
        return preflight.findings.sorted();
    }

    private void run() {
        Optional<Dialect> from = request.active().dialect();
        if (from.isEmpty()) {
            unknownEngine(request.active().url());
            return;
        }
        try {
            Connection active = request.active().connect(request.activeUser());
            try {
                inspect(from.get(), active);
            } finally {
                request.active().giveBack(active);
            }
        } catch (SQLException e) {
            findings.error(
                    CONNECTION,
                    request.active(),
                    "the active store cannot be read: " + e.getMessage(),
                    "mend that first; the check has not been finished");
        }
    }

    private void inspect(Dialect from, Connection active) throws SQLException {
        Catalog catalog = from.catalog(active);
        try (Store upgraded = openUpgraded();
                Connection target = upgraded == null ? null : connect(upgraded);
                Connection scratch = upgraded == null ? null : connectScratch(upgraded)) {
            Facts facts = new Facts(
                    request,
                    machine,
                    from,
                    active,
                    catalog,
                    upgraded == null ? Optional.empty() : upgraded.dialect(),
                    Optional.ofNullable(target),
                    Optional.ofNullable(scratch),
                    Optional.empty());
            Facts tried = scratch == null ? facts : facts.with(trial(facts));
            RULES.stream().filter(rule -> rule.applies(tried)).forEach(rule -> run(rule, tried));
            if (scratch != null) {
                upgraded.dropScratch(scratch.getMetaData().getURL(), request.upgradedUser());
            }
        }
    }

    /** The upgraded store, if its engine is one that Baton can upgrade to; else null, and a finding says why. */
    private Store openUpgraded() {
        try {
            Store upgraded = Store.open(request.upgraded(), request.jars(), PoolSettings.STANDARD);
            if (upgraded.dialect().isPresent()
                    && !upgraded.place().isSame(request.active().place())) {
                return upgraded;
            }
            upgraded.close();
            if (upgraded.dialect().isEmpty()) {
                unknownEngine(request.upgraded());
            } else {
                findings.error(
                        VersionRule.NAME,
                        request.upgraded(),
                        "it is the active store itself",
                        "name another store; a file is never opened by a newer engine than the one that wrote it");
            }
        } catch (SQLException e) {
            findings.error(
                    VersionRule.NAME,
                    request.upgraded(),
                    "its engine cannot be opened: " + e.getMessage(),
                    "mend that; what depends on it has not been checked");
        }
        return null;
    }

    private void unknownEngine(StoreUrl store) {
        findings.error(
                VersionRule.NAME,
                store,
                "Baton does not know this engine, and can only pass its statements through",
                "upgrade between stores of engines that Baton knows, which are " + Store.knownEngines());
    }

    /** A connection to the upgraded store; null if there is none yet, or none can be had, of which a finding tells. */
    private Connection connect(Store upgraded) {
        try {
            Connection target = upgraded.connectExisting(request.upgradedUser());
            findings.passed(CONNECTION, upgraded, "both stores can be reached");
            return target;
        } catch (SQLException e) {
            if (upgraded.dialect().orElseThrow().isAbsent(e)) {
                findings.passed(CONNECTION, upgraded, "the upgraded store is not there yet, and will be created");
            } else {
                findings.error(
                        CONNECTION,
                        upgraded,
                        "the upgraded store cannot be reached: " + e.getMessage(),
                        "mend that, or give upgraded.user and upgraded.password if its credentials differ");
            }
            return null;
        }
    }

    /** A connection to a scratch store; null if the engine has none, or refuses the upgraded store's settings. */
    private Connection connectScratch(Store upgraded) {
        Optional<String> url =
                upgraded.dialect().orElseThrow().scratch(request.upgraded().jdbcUrl());
        if (url.isEmpty()) {
            return null;
        }
        try {
            return upgraded.driver().connect(url.get(), request.upgradedUser().toProperties());
        } catch (SQLException e) {
            findings.error(
                    SchemaRule.NAME,
                    upgraded,
                    "its engine does not open a store with these settings: " + e.getMessage(),
                    "change the upgraded store's URL");
            return null;
        }
    }

    private Optional<Trial> trial(Facts facts) {
        try {
            return Optional.of(Trial.run(facts));
        } catch (SQLException e) {
            findings.error(
                    SchemaRule.NAME,
                    request.active(),
                    "the active store's schema cannot be tried out: " + e.getMessage(),
                    "mend that first; columns have not been compared");
            return Optional.empty();
        }
    }

    private void run(Rule rule, Facts facts) {
        try {
            rule.check(facts, findings);
        } catch (SQLException e) {
            findings.error(
                    rule.name(),
                    request.active(),
                    "this could not be checked: " + e.getMessage(),
                    "mend that first; an upgrade does not begin unchecked");
        }
        if (!findings.mentions(rule.name())) {
            findings.passed(rule.name(), request.upgraded(), rule.passed(facts));
        }
    }
}
