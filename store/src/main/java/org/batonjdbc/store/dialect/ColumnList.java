package org.batonjdbc.store.dialect;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.batonjdbc.store.catalog.Column;

/**
 * Columns of a table as they stand in the lists of an SQL statement.
 *
 * @param columns in the order of the list
 * @param quote puts a name into the engine's quotes
 */
public record ColumnList(List<Column> columns, UnaryOperator<String> quote) {
    public ColumnList {
        columns = List.copyOf(columns);
    }

    /** The quoted names in parentheses. */
    public String names() {
        return "(" + joined(UnaryOperator.identity(), ", ") + ")";
    }

    /** The quoted names, each behind a prefix such as {@code S.}, in parentheses. */
    public String names(String prefix) {
        return "(" + joined(name -> prefix + name, ", ") + ")";
    }

    /** Something made of each quoted name, with a separator between. */
    public String joined(UnaryOperator<String> each, String separator) {
        return columns.stream()
                .map(column -> each.apply(quote.apply(column.name())))
                .collect(Collectors.joining(separator));
    }

    /** Rows of parameters, each in parentheses. */
    public String parameters(int rows, Function<Column, String> parameter) {
        String row = columns.stream().map(parameter).collect(Collectors.joining(", ", "(", ")"));
        return Stream.generate(() -> row).limit(rows).collect(Collectors.joining(", "));
    }
}
