package org.batonjdbc.shell.command;

import java.io.IOException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.batonjdbc.shell.output.Column;
import org.batonjdbc.shell.output.ResultPrinter;
import org.batonjdbc.shell.session.Session;

/** A short result that a command puts together itself; it is printed as the results of statements are. */
final class Listing {
    private final List<Column> columns;
    private final List<Object[]> rows = new ArrayList<>();

    Listing(String... labels) {
        columns = Arrays.stream(labels)
                .map(label -> new Column(label, Types.VARCHAR))
                .toList();
    }

    void add(String... values) {
        rows.add(Arrays.copyOf(values, values.length, Object[].class));
    }

    void print(Session session) throws IOException {
        ResultPrinter printer = session.printer();
        printer.begin(columns);
        for (Object[] row : rows) {
            printer.row(row);
        }
        printer.end(true);
        session.out().flush();
    }
}
