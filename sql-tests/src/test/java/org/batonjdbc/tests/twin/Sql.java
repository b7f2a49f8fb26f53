package org.batonjdbc.tests.twin;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement with one or more rows of parameters, each of them a number of which the type knows the value.
 *
 * @param rows none if the statement has no parameters; {@link #NULL} is NULL
 */
record Sql(String text, List<Type> types, List<List<Integer>> rows) {
    static final int NULL = -1;

    /** A text without parameters. */
    static Sql of(String text) {
        return new Sql(text, List.of(), List.of());
    }

    boolean hasParameters() {
        return !types.isEmpty();
    }

    void bind(PreparedStatement statement, int row) throws SQLException {
        for (int i = 0; i < types.size(); i++) {
            int number = rows.get(row).get(i);
            if (number == NULL) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, types.get(i).object(number));
            }
        }
    }

    /** The same statement with one more row of parameters. */
    Sql andAlso(Dice dice, int range) {
        List<List<Integer>> more = new ArrayList<>(rows);
        more.add(types.stream()
                .map(type -> dice.chance(5) ? NULL : dice.below(range))
                .toList());
        return new Sql(text, types, more);
    }

    @Override
    public String toString() {
        return hasParameters() ? text + " " + types + " " + rows : text;
    }
}
