package org.batonjdbc.store.preflight;

import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;

/** Both stores live in this process: their triggers call back into it, on the active store now and on the other later. */
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
        if (!dialect.isEmbedded(store.jdbcUrl())) {
            findings.error(
                    name(),
                    store,
                    "it is a server's, and changes can only be captured in stores that live in this process",
                    "run the upgrade where the store can be opened embedded");
        }
    }

    @Override
    public String passed(Facts facts) {
        return "both stores live in this process";
    }
}
