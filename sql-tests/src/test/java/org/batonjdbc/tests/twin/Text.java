package org.batonjdbc.tests.twin;

import java.util.ArrayList;
import java.util.List;

/** A statement that is being written, with values as literals or as parameters. */
final class Text {
    private final StringBuilder sql = new StringBuilder();
    private final List<Type> types = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final boolean parameters;

    Text(boolean parameters) {
        this.parameters = parameters;
    }

    Text add(String part) {
        sql.append(part);
        return this;
    }

    /** A value of that type. */
    Text value(Type type, int number) {
        if (parameters && type.canBeParameter()) {
            sql.append('?');
            types.add(type);
            numbers.add(number);
        } else {
            sql.append(number == Sql.NULL ? "NULL" : type.literal(number));
        }
        return this;
    }

    Sql done() {
        return new Sql(sql.toString(), List.copyOf(types), types.isEmpty() ? List.of() : List.of(List.copyOf(numbers)));
    }
}
