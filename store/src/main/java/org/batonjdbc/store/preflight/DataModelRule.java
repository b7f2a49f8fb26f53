package org.batonjdbc.store.preflight;

import java.sql.SQLException;
import java.util.Optional;

/** Both stores live in processes of the same data model. */
final class DataModelRule implements Rule {
    @Override
    public String name() {
        return "data-model";
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.upgradedEngine().isPresent();
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        Optional<Integer> active = facts.machine().dataModel(facts.from(), facts.active());
        Optional<Integer> upgraded = facts.machine()
                .dataModel(facts.to().orElseThrow(), facts.upgradedEngine().orElseThrow());
        if (active.isPresent() && upgraded.isPresent() && !active.equals(upgraded)) {
            findings.error(
                    name(),
                    facts.request().upgraded(),
                    "the active store is a " + active.get() + "-bit one and the upgraded store a " + upgraded.get()
                            + "-bit one",
                    "run both with Java, or a server, of the same data model");
        }
    }

    @Override
    public String passed(Facts facts) {
        return "both stores have the same data model, as far as they say";
    }
}
