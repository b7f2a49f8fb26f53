package org.batonjdbc.store.preflight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.ValueKind;

/** No text or binary value is longer than the upgraded engine lets one be; reads the columns that could hold one. */
final class LongValueRule implements ColumnRule {
    @Override
    public String name() {
        return "long-values";
    }

    @Override
    public void compare(Facts facts, Table table, Column active, Column upgraded, Findings findings)
            throws SQLException {
        boolean comparable = active.kind() == upgraded.kind()
                && (active.kind() == ValueKind.TEXT || active.kind() == ValueKind.BINARY);
        // a value longer than the whole heap can be neither there nor copied
        if (!comparable
                || upgraded.length() <= 0
                || active.length() <= upgraded.length()
                || upgraded.length() >= facts.machine().maximumHeap()) {
            return;
        }
        String length = facts.from().length(active);
        try (Statement statement = facts.active().createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*), MAX(" + length + ") FROM "
                        + facts.from().quote(table.name()) + " WHERE " + length + " > " + upgraded.length())) {
            if (row.next() && row.getLong(1) > 0) {
                findings.error(
                        name(),
                        ColumnRule.name(table, active),
                        row.getLong(1) + " values are longer than the " + upgraded.length()
                                + " that the upgraded store's " + upgraded.typeName() + " allows, the longest "
                                + row.getLong(2),
                        "shorten them, or make the column a "
                                + (active.kind() == ValueKind.TEXT ? ValueKind.CLOB : ValueKind.BLOB)
                                + " on the active store first");
            }
        }
    }

    @Override
    public String passed(Facts facts) {
        return "no value is longer than the upgraded store's columns allow";
    }
}
