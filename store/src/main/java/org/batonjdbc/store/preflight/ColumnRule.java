package org.batonjdbc.store.preflight;

import java.sql.SQLException;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;

/** A rule that compares each stored column with what the upgraded engine made of it. */
interface ColumnRule extends Rule {
    @Override
    default boolean applies(Facts facts) {
        return facts.trial().isPresent();
    }

    @Override
    default void check(Facts facts, Findings findings) throws SQLException {
        for (Table table : facts.copied()) {
            for (Column column : table.columns()) {
                var built = facts.trial().orElseThrow().column(table.name(), column.name());
                if (built.isPresent()) {
                    compare(facts, table, column, built.get(), findings);
                }
            }
        }
    }

    /** Looks at one column, as it is and as it will be. */
    void compare(Facts facts, Table table, Column active, Column upgraded, Findings findings) throws SQLException;

    /** How a column is named in findings. */
    static String name(Table table, Column column) {
        return table.name() + "." + column.name();
    }
}
