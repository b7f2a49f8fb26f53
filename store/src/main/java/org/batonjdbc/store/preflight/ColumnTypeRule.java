package org.batonjdbc.store.preflight;

import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.ValueKind;

/** A column holds on the upgraded store the values that it holds on the active one. */
final class ColumnTypeRule implements ColumnRule {
    @Override
    public String name() {
        return "column-type";
    }

    @Override
    public void compare(Facts facts, Table table, Column active, Column upgraded, Findings findings) {
        String change = "it is " + described(active) + " on the active store and becomes " + described(upgraded)
                + " on the upgraded one";
        boolean otherWords = active.kind() == ValueKind.TEXT
                && !isCharacters(active)
                && !facts.from().engine().equals(facts.to().orElseThrow().engine());
        if (active.kind() != upgraded.kind() || otherWords) {
            if (!InlineStorageRule.differ(active.kind(), upgraded.kind())) {
                findings.error(
                        name(),
                        ColumnRule.name(table, active),
                        change + ", which holds other values",
                        "declare it on the active store with a type that both engines have");
            }
        } else if (loses(active, upgraded)) {
            findings.warning(
                    name(),
                    ColumnRule.name(table, active),
                    change + ": values with more digits are rounded, or refused while they are copied",
                    "declare on the active store how many digits it has");
        }
    }

    /** Whether its text is what users wrote, and not the engine's own words for an interval or the like. */
    private static boolean isCharacters(Column column) {
        return column.typeName().contains("CHAR");
    }

    /** Whether digits are lost; bare decimals and long texts are matters of rules of their own. */
    private static boolean loses(Column active, Column upgraded) {
        return switch (active.kind()) {
            case DECIMAL ->
                !DecimalRule.isBare(active, upgraded)
                        && (upgraded.scale() < active.scale()
                                || upgraded.length() - upgraded.scale() < active.length() - active.scale());
            case TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE -> upgraded.scale() < active.scale();
            case BOOLEAN, INTEGER, REAL, DOUBLE, TEXT, BINARY, UUID, JSON, DATE, ARRAY, JAVA_OBJECT, CLOB, BLOB ->
                false;
        };
    }

    private static String described(Column column) {
        return column.kind() == ValueKind.DECIMAL
                ? column.typeName() + "(" + column.length() + ", " + column.scale() + ")"
                : column.typeName() + (column.scale() > 0 ? "(" + column.scale() + ")" : "");
    }

    @Override
    public String passed(Facts facts) {
        return "every column keeps its type and its digits";
    }
}
