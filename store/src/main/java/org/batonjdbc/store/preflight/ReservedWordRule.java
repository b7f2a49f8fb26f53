package org.batonjdbc.store.preflight;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;

/** Names that the application may write without quotes are no reserved words of the upgraded engine. */
final class ReservedWordRule implements Rule {
    @Override
    public String name() {
        return "reserved-words";
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.upgradedEngine().isPresent();
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        Map<String, String> reserved = new TreeMap<>();
        for (Map.Entry<String, String> name : names(facts).entrySet()) {
            String word = name.getKey();
            if (facts.to().orElseThrow().isReserved(facts.upgradedEngine().orElseThrow(), word)
                    && !facts.from().isReserved(facts.active(), word)) {
                reserved.put(word, name.getValue());
            }
        }
        if (!reserved.isEmpty()) {
            String remedy = facts.to().orElseThrow().allowingWords(List.copyOf(reserved.keySet()));
            reserved.forEach((word, where) -> findings.warning(
                    name(),
                    where,
                    word + " is a reserved word on the upgraded store, where statements that do not quote it will fail",
                    remedy));
        }
    }

    /** Each name of a table or column, and where it was met first. */
    private static Map<String, String> names(Facts facts) {
        Map<String, String> names = new TreeMap<>();
        for (Table table : facts.copied()) {
            names.putIfAbsent(table.name().name(), table.name().toString());
            for (List<Column> columns : List.of(table.columns(), table.computed())) {
                columns.forEach(column -> names.putIfAbsent(column.name(), ColumnRule.name(table, column)));
            }
        }
        return names;
    }

    @Override
    public String passed(Facts facts) {
        return "no table or column is called by a reserved word of the upgraded store";
    }
}
