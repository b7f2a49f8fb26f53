package org.batonjdbc.store.preflight;

import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.ValueKind;

/** A column keeps its values in the row on both stores, or as large objects on both. */
final class InlineStorageRule implements ColumnRule {
    @Override
    public String name() {
        return "inline-storage";
    }

    /** Whether one is a large object, and the other the same kind of value within the row. */
    static boolean differ(ValueKind one, ValueKind other) {
        return isPair(one, other) || isPair(other, one);
    }

    private static boolean isPair(ValueKind inline, ValueKind large) {
        return (inline == ValueKind.TEXT && large == ValueKind.CLOB)
                || (inline == ValueKind.BINARY && large == ValueKind.BLOB);
    }

    @Override
    public void compare(Facts facts, Table table, Column active, Column upgraded, Findings findings) {
        if (differ(active.kind(), upgraded.kind())) {
            findings.error(
                    name(),
                    ColumnRule.name(table, active),
                    "it is stored " + place(active) + " (" + active.typeName() + ") on the active store and "
                            + place(upgraded) + " (" + upgraded.typeName() + ") on the upgraded one",
                    "declare it on the active store with a type that both engines store in the same way, such as "
                            + (active.kind().isLob() ? active.kind().name() : upgraded.kind() + " or a shorter type"));
        }
    }

    private static String place(Column column) {
        return column.kind().isLob() ? "out of line" : "inline";
    }

    @Override
    public String passed(Facts facts) {
        return "every column is stored inline, or out of line, on both stores";
    }
}
