package org.batonjdbc.store.preflight;

import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;

/**
 * Changes can be captured in both stores, on the active one now and on the other later: where triggers call back, it lives
 * in this process; a server notes changed rows by itself.
 */
final class EmbeddedRule implements Rule {
    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.to().isPresent();
    }

    @Override
    public void check(Facts facts, Findings findings) {
        look(facts.from(), facts.request().active().url(), findings);
        look(facts.to().orElseThrow(), facts.request().upgraded(), findings);
    }

    private void look(Dialect dialect, StoreUrl store, Findings findings) {
        if (!dialect.captures(store.jdbcUrl())) {
            findings.error(
                    name(),
                    store,
                    "it is a server's, or open to other processes, and changes of " + dialect.engine()
                            + " can only be captured in stores that live in this one",
                    "run the upgrade where the store can be opened embedded");
        }
    }

    @Override
    public String passed(Facts facts) {
        boolean embedded = facts.from().keyTriggers().isEmpty()
                && facts.to().orElseThrow().keyTriggers().isEmpty();
        return embedded ? "both stores live in this process" : "changes can be captured in both stores";
    }
}
