package org.batonjdbc.tests.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Compares what is in two stores, row by row, without anything of Baton's. */
final class Contents {
    private Contents() {}

    /** Compares every column of every table. */
    static void assertSame(String what, List<Table> tables, Connection one, Connection other) throws SQLException {
        for (Table table : tables) {
            assertSame(what, table, table.columns(), one, other);
        }
    }

    /** Compares what two runs of the same statements have in common. */
    static void assertRepeated(String what, List<Table> tables, Connection one, Connection other) throws SQLException {
        for (Table table : tables) {
            assertSame(what, table, table.repeatable(), one, other);
        }
    }

    private static void assertSame(String what, Table table, List<Column> columns, Connection one, Connection other)
            throws SQLException {
        List<String> expected = rows(table, columns, other);
        assertThat(rows(table, columns, one))
                .as("%s, table %s (%s)", what, table.name(), Table.names(columns))
                .isEqualTo(expected);
    }

    private static List<String> rows(Table table, List<Column> columns, Connection store) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + Table.names(columns) + " FROM " + table.name())) {
            return Values.canonical(Values.read(rows)).stream().sorted().toList();
        }
    }
}
