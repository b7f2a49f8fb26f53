package org.batonjdbc.store.preflight;

import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.Table;

/** The upgraded engine understands the schema of the active store. */
final class SchemaRule implements Rule {
    static final String NAME = "schema";
    private static final int LISTED = 20;
    private static final int SHOWN = 200;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.to().isPresent();
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        if (facts.trial().isEmpty() && findings.mentions(NAME)) {
            return;
        }
        if (facts.trial().isEmpty()) {
            findings.warning(
                    NAME,
                    facts.request().upgraded(),
                    "the schema cannot be tried out beforehand on this engine",
                    "UPGRADE START builds it first, and changes nothing if that fails");
            return;
        }
        List<Trial.Refusal> refused = facts.trial().get().refused();
        for (Trial.Refusal refusal : refused.subList(0, Math.min(LISTED, refused.size()))) {
            findings.error(
                    NAME,
                    shortened(refusal.statement()),
                    "the upgraded store's engine refuses it: "
                            + refusal.reason().getMessage(),
                    "change or drop it on the active store, or choose another mode for the upgraded store in its URL, or"
                            + " leave the table out");
        }
        if (refused.size() > LISTED) {
            findings.error(
                    NAME,
                    (refused.size() - LISTED) + " more",
                    "further statements are refused, perhaps because of those above",
                    "mend those first");
        }
        if (refused.isEmpty()) {
            for (Table table : facts.copied()) {
                if (facts.trial().get().built().table(table.name()).isEmpty()) {
                    findings.error(
                            NAME,
                            table.name(),
                            "the exported schema does not make it on the upgraded store",
                            "leave it out: UPGRADE START WITH (exclude = '" + table.name() + "')");
                }
            }
        }
    }

    private static String shortened(String statement) {
        String line = statement.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    @Override
    public String passed(Facts facts) {
        return "the upgraded store's engine builds all that the active store has";
    }
}
