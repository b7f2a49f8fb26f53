package org.batonjdbc.tests.twin;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * A table.
 *
 * @param name as it is written, with its schema
 * @param key the primary key, or a unique constraint on columns that are NOT NULL
 */
record Table(
        String name,
        List<Column> columns,
        List<Column> key,
        boolean primary,
        List<List<Column>> uniques,
        List<Reference> references) {

    /** A foreign key; {@code target} is null if it is the table itself. */
    record Reference(List<Column> columns, Table target, List<Column> targetColumns, String actions) {}

    /** Columns that statements may name. */
    List<Column> written() {
        return columns.stream().filter(Column::isWritten).toList();
    }

    /** Columns of which two runs of the same statements have the same values. */
    List<Column> repeatable() {
        return columns.stream().filter(Column::isRepeatable).toList();
    }

    boolean isRepeatable() {
        return columns.stream().allMatch(Column::isRepeatable);
    }

    boolean hasIntKey() {
        return primary
                && key.size() == 1
                && switch (key.get(0).type()) {
                    case INT, BIGINT -> true;
                    default -> false;
                };
    }

    private String qualified() {
        return name.contains(".") ? name : "PUBLIC." + name;
    }

    static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(joining(", "));
    }

    String ddl() {
        List<String> parts = new ArrayList<>(columns.stream().map(Column::ddl).toList());
        parts.add((primary ? "PRIMARY KEY (" : "UNIQUE (") + names(key) + ")");
        for (List<Column> unique : uniques) {
            parts.add("UNIQUE (" + names(unique) + ")");
        }
        for (Reference reference : references) {
            parts.add("FOREIGN KEY (" + names(reference.columns()) + ") REFERENCES "
                    + (reference.target() == null ? this : reference.target()).qualified() + "("
                    + names(reference.targetColumns()) + ")" + reference.actions());
        }
        return "CREATE TABLE " + name + "(" + String.join(", ", parts) + ")";
    }
}
