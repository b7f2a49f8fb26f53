package org.batonjdbc.store.preflight;

import java.sql.SQLException;
import java.util.List;
import org.batonjdbc.store.catalog.Table;

/** The upgraded store is empty, or holds only what an upgrade of the same pair has left there. */
final class TargetRule implements Rule {
    private static final int LISTED = 5;

    @Override
    public String name() {
        return "target-empty";
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.to().isPresent();
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        if (facts.target().isEmpty()) {
            return;
        }
        switch (facts.request().tenant().of(facts.target().get())) {
            case SAME_PAIR -> {}
            case OTHER_PAIR ->
                findings.error(
                        name(),
                        facts.request().upgraded(),
                        "it belongs to another pair, as its control row says",
                        "name another store, or end that pair's upgrade with UPGRADE CANCEL or UPGRADE COMPLETE; where there is no"
                                + " such pair any more, and nobody needs what the store holds, drop all of it, the"
                                + " schema BATON included");
            case NOBODY -> checkEmpty(facts, findings);
        }
    }

    private void checkEmpty(Facts facts, Findings findings) throws SQLException {
        List<Table> tables =
                facts.to().orElseThrow().catalog(facts.target().orElseThrow()).tables();
        if (!tables.isEmpty()) {
            findings.error(
                    name(),
                    facts.request().upgraded(),
                    "it is not empty, it has "
                            + listed(tables.stream()
                                    .map(table -> table.name().toString())
                                    .toList()),
                    "name a store that does not exist yet, or empty this one if nobody needs what it holds");
            return;
        }
        List<String> others =
                facts.to().orElseThrow().besidesTables(facts.target().orElseThrow());
        if (!others.isEmpty()) {
            findings.warning(
                    name(),
                    facts.request().upgraded(),
                    "it has no tables, but " + listed(others) + "; UPGRADE CANCEL removes all that the store holds",
                    "name a store that does not exist yet, unless nobody needs what this one holds");
        }
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
                + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "");
    }

    @Override
    public String passed(Facts facts) {
        return facts.target().isEmpty()
                ? "the upgraded store is not there yet"
                : "the upgraded store holds nothing that anybody else needs";
    }
}
