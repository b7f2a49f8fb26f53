package org.batonjdbc.store.preflight;

import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.ValueKind;

/** A DECIMAL says how many digits it has; a bare one of an old engine would lose its fraction on a new one. */
final class DecimalRule implements ColumnRule {
    private static final String FLOATING = "DECFLOAT";

    @Override
    public String name() {
        return "decimal";
    }

    /** Whether the column is a DECIMAL of any number of digits, for which the upgraded engine has a floating type. */
    static boolean isBare(Column active, Column upgraded) {
        return active.kind() == ValueKind.DECIMAL
                && !active.typeName().equals(FLOATING)
                && upgraded.typeName().equals(FLOATING);
    }

    @Override
    public void compare(Facts facts, Table table, Column active, Column upgraded, Findings findings) {
        if (isBare(active, upgraded)) {
            findings.warning(
                    name(),
                    ColumnRule.name(table, active),
                    "it is a bare " + active.typeName() + "; so that no digit is lost it becomes " + FLOATING
                            + " on the upgraded store, where a bare one would have no digits behind the point",
                    "to choose a scale instead, first run on the active store: ALTER TABLE "
                            + facts.from().quote(table.name()) + " ALTER COLUMN "
                            + facts.from().quote(active.name()) + " " + active.typeName() + "(20, 4)");
        }
    }

    @Override
    public String passed(Facts facts) {
        return "every DECIMAL says how many digits it has";
    }
}
