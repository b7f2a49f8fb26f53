package org.batonjdbc.tests.twin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What belongs to a connection alone: the values of its variables, and its temporary tables with their rows. */
final class Holdings {
    /** One that only ever holds numbers comes first. */
    static final List<String> VARIABLES = List.of("@N", "@x1", "@X2", "@X3");

    private final List<Temporary> temporaries;

    Holdings(List<Temporary> temporaries) {
        this.temporaries = temporaries;
    }

    /** All of it, as text in which the same looks the same, whatever release it comes from. */
    List<String> of(Connection connection) {
        List<String> all = new ArrayList<>();
        for (String variable : VARIABLES) {
            all.add(variable + " " + read(connection, "VALUES (" + variable + ")"));
        }
        for (Temporary table : temporaries) {
            all.add(table.name() + " " + read(connection, "SELECT * FROM " + table.name()));
        }
        return all;
    }

    private static String read(Connection connection, String query) {
        return Outcome.of(() -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery(query)) {
                        return Values.canonical(Values.read(rows)).stream()
                                .sorted()
                                .toList()
                                .toString();
                    }
                })
                .toString();
    }

    /** Moves it from a connection that is not used any more to one of another raw engine. */
    void move(Connection from, Connection to) throws SQLException {
        for (String variable : VARIABLES) {
            try (Statement select = from.createStatement();
                    ResultSet rows = select.executeQuery("VALUES (" + variable + ")")) {
                String type = rows.getMetaData().getColumnTypeName(1);
                Object value = Values.read(rows).get(0).get(0);
                boolean named = value instanceof String && !type.contains("CHAR");
                String set = "SET " + variable + " = " + (named ? "CAST(? AS " + type + ")" : "?");
                try (PreparedStatement statement = to.prepareStatement(set)) {
                    statement.setObject(1, value instanceof List<?> elements ? elements.toArray() : value);
                    statement.execute();
                }
            }
        }
        for (Temporary table : temporaries) {
            table.move(from, to);
        }
    }
}
