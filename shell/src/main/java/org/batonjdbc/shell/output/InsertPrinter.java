package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An INSERT statement for each row, into the table that the first column comes from, or {@code result} if it comes from
 * none. Names are quoted where they must be, in double quotes.
 */
final class InsertPrinter implements ResultPrinter {
    private static final Pattern PLAIN = Pattern.compile("[A-Z_][A-Z0-9_]*|[a-z_][a-z0-9_]*");
    private static final Set<String> RESERVED = Set.of("""
            ALL AND ANY ARRAY AS BETWEEN BOTH CASE CAST CHECK COLUMN CONSTRAINT CREATE CROSS DAY DEFAULT DELETE DISTINCT ELSE
            END EXCEPT EXISTS FALSE FETCH FOR FOREIGN FROM FULL GRANT GROUP HAVING HOUR IF IN INNER INSERT INTERSECT INTO IS
            JOIN KEY LEFT LIKE LIMIT MINUTE MONTH NATURAL NOT NULL OFFSET ON OR ORDER OUTER PRIMARY REFERENCES RIGHT ROW ROWS
            SECOND SELECT SET TABLE THEN TO TRUE UNION UNIQUE UPDATE USER USING VALUE VALUES WHEN WHERE WITH YEAR
            """.strip().split("\\s+"));

    private final Writer out;
    private String head = "";

    InsertPrinter(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) {
        String table = columns.isEmpty() || columns.get(0).table().isEmpty()
                ? "result"
                : columns.get(0).table();
        head = columns.stream()
                .map(column -> name(column.label()))
                .collect(Collectors.joining(", ", "INSERT INTO " + name(table) + " (", ") VALUES ("));
    }

    @Override
    public void row(Object[] values) throws IOException {
        out.append(head);
        for (int i = 0; i < values.length; i++) {
            out.append(i == 0 ? "" : ", ").append(literal(values[i]));
        }
        out.append(");\n");
    }

    private static String literal(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof byte[]) {
            return "X'" + Cell.text(value) + "'";
        }
        if (value instanceof Boolean bool) {
            return bool ? "TRUE" : "FALSE";
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return Cell.text(number);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(InsertPrinter::literal).collect(Collectors.joining(", ", "ARRAY[", "]"));
        }
        return "'" + Cell.text(value).replace("'", "''") + "'";
    }

    private static String name(String name) {
        boolean plain = PLAIN.matcher(name).matches() && !RESERVED.contains(name.toUpperCase(Locale.ROOT));
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void end(boolean complete) {
        // each row is a statement of its own
    }
}
