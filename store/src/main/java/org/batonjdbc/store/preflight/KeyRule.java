package org.batonjdbc.store.preflight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;

/** Each table that is not left out on purpose has a key by which its rows are known on both stores. */
final class KeyRule implements Rule {
    @Override
    public String name() {
        return "primary-key";
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        for (Table table : facts.copied()) {
            if (!table.hasKey()) {
                findings.error(
                        name(),
                        table.name(),
                        "it has neither a primary key nor a unique index on columns that are NOT NULL, so changes to its"
                                + " rows cannot be replayed",
                        "add a primary key, or leave it out: UPGRADE START WITH (exclude = '" + table.name() + "')");
            }
        }
        for (String text : new TreeSet<>(facts.request().exclude())) {
            checkExcluded(text, facts, findings);
        }
    }

    private void checkExcluded(String text, Facts facts, Findings findings) throws SQLException {
        List<TableName> meant = facts.catalog().tables().stream()
                .map(Table::name)
                .filter(table -> table.isMeantBy(text))
                .toList();
        if (meant.isEmpty()) {
            findings.error(
                    name(),
                    text,
                    "it is to be left out, but there is no such table on the active store",
                    "write a table as SCHEMA.NAME, as the catalog spells it");
        }
        for (TableName table : meant) {
            findings.warning(
                    name(),
                    table,
                    "it is left out: its rows are neither copied nor replicated, and the upgraded store will not have it",
                    "carry it over by other means if it is needed after the switchover");
            for (TableName child : children(facts, table)) {
                findings.warning(
                        name(),
                        child,
                        "a foreign key refers to " + table
                                + ", which is left out, so the upgraded store will not have that" + " foreign key",
                        "leave " + child + " out as well, or add the foreign key after UPGRADE COMPLETE");
            }
        }
    }

    private static Set<TableName> children(Facts facts, TableName parent) throws SQLException {
        Set<TableName> children = new TreeSet<>();
        try (ResultSet keys = facts.active().getMetaData().getExportedKeys(null, parent.schema(), parent.name())) {
            while (keys.next()) {
                // Some engines call a schema a catalog.
                String schema =
                        Objects.requireNonNullElse(keys.getString("FKTABLE_SCHEM"), keys.getString("FKTABLE_CAT"));
                TableName child = new TableName(schema, keys.getString("FKTABLE_NAME"));
                if (!facts.isExcluded(child)) {
                    children.add(child);
                }
            }
        }
        return children;
    }

    @Override
    public String passed(Facts facts) {
        return "all " + facts.copied().size() + " tables have a key";
    }
}
