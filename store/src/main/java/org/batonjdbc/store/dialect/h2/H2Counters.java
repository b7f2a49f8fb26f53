package org.batonjdbc.store.dialect.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;

/**
 * Sequences and identity columns: what they hand out next, and how they are set beyond what another store has handed
 * out. An identity column of 1.4.200 is a hidden sequence, one of 2.x is not; both restart by the same statement.
 */
final class H2Counters {
    private static final List<String> STANDARD = List.of(
            "SELECT SEQUENCE_SCHEMA AS S, SEQUENCE_NAME AS T, NULL AS C, BASE_VALUE AS NEXT, NULL AS LAST,"
                    + " INCREMENT AS STEP, MINIMUM_VALUE AS LOWEST, MAXIMUM_VALUE AS HIGHEST,"
                    + " CYCLE_OPTION = 'YES' AS CYCLES FROM INFORMATION_SCHEMA.SEQUENCES",
            "SELECT TABLE_SCHEMA AS S, TABLE_NAME AS T, COLUMN_NAME AS C, IDENTITY_BASE AS NEXT, NULL AS LAST,"
                    + " IDENTITY_INCREMENT AS STEP, IDENTITY_MINIMUM AS LOWEST, IDENTITY_MAXIMUM AS HIGHEST,"
                    + " IDENTITY_CYCLE = 'YES' AS CYCLES FROM INFORMATION_SCHEMA.COLUMNS WHERE IS_IDENTITY = 'YES'");
    private static final String OLD = "SELECT SEQUENCE_SCHEMA AS S, SEQUENCE_NAME AS T, NULL AS C, NULL AS NEXT,"
            + " CURRENT_VALUE AS LAST, INCREMENT AS STEP, MIN_VALUE AS LOWEST, MAX_VALUE AS HIGHEST,"
            + " IS_CYCLE AS CYCLES, IS_GENERATED FROM INFORMATION_SCHEMA.SEQUENCES";
    private static final String OLD_IDENTITIES = "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, SEQUENCE_NAME"
            + " FROM INFORMATION_SCHEMA.COLUMNS WHERE SEQUENCE_NAME IS NOT NULL";

    private H2Counters() {}

    static List<Counter> read(Connection connection, List<Table> tables) throws SQLException {
        Set<TableName> wanted = tables.stream().map(Table::name).collect(Collectors.toSet());
        List<Counter> counters = new ArrayList<>();
        for (State state : states(connection)) {
            if (state.column == null) {
                counters.add(state.counter(state.next));
            } else if (wanted.contains(state.owner)) {
                counters.add(state.counter(beyondRows(connection, state)));
            }
        }
        return counters;
    }

    /** The next value, beyond the largest (or smallest, for one that runs down) in the rows. */
    private static long beyondRows(Connection connection, State state) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + (state.step > 0 ? "MAX(" : "MIN(")
                        + H2Names.quote(state.column) + ") FROM " + H2Names.quote(state.owner))) {
            rows.next();
            long last = rows.getLong(1);
            if (rows.wasNull()) {
                return state.next;
            }
            long beyond = plus(last, state.step);
            return state.step > 0 ? Math.max(beyond, state.next) : Math.min(beyond, state.next);
        }
    }

    static void advance(Connection connection, List<Counter> counters) throws SQLException {
        Map<List<String>, State> here = new HashMap<>();
        for (State state : states(connection)) {
            here.put(identity(state.owner, state.column), state);
        }
        boolean firstGeneration = H2Names.isFirstGeneration(connection);
        try (Statement statement = connection.createStatement()) {
            for (Counter counter : counters) {
                State state = here.get(identity(counter.owner(), counter.column()));
                if (state == null) {
                    throw SqlState.REFUSED.error("there is no "
                            + (counter.column() == null ? "sequence " : "identity column " + counter.column() + " of ")
                            + counter.owner() + " whose next value could be set to " + counter.next()
                            + "; create it as it is on the other store, and try again");
                }
                if (state.isBehind(counter.next())) {
                    restart(statement, state, counter.next(), firstGeneration);
                }
            }
        }
    }

    private static void restart(Statement statement, State state, long next, boolean firstGeneration)
            throws SQLException {
        boolean exhausted = next > state.highest || next < state.lowest;
        String start = " RESTART WITH " + Math.max(state.lowest, Math.min(state.highest, next));
        // H2 2.x computes a negative cache for what runs down by ones, and then refuses to alter it.
        boolean cacheless = state.step == -1 && !firstGeneration;
        if (state.column != null) {
            statement.execute("ALTER TABLE " + H2Names.quote(state.owner) + " ALTER COLUMN "
                    + H2Names.quote(state.column) + start + (cacheless ? " SET NO CACHE" : ""));
            return;
        }
        statement.execute("ALTER SEQUENCE " + H2Names.quote(state.owner) + start + (cacheless ? " NO CACHE" : ""));
        if (exhausted) {
            // The other store has handed out the last value already: it must not be handed out here.
            statement.execute("SELECT NEXT VALUE FOR " + H2Names.quote(state.owner));
        }
    }

    private static List<State> states(Connection connection) throws SQLException {
        List<State> states = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (H2Names.hasStandardCatalog(connection)) {
                for (String query : STANDARD) {
                    try (ResultSet rows = statement.executeQuery(query)) {
                        while (rows.next()) {
                            states.add(State.read(rows));
                        }
                    }
                }
            } else {
                addOld(states, statement);
            }
        }
        states.removeIf(state -> !H2Names.isUsers(state.owner.schema()));
        return states;
    }

    /** Joined here, because the catalog would be made anew for each of its rows. */
    private static void addOld(List<State> states, Statement statement) throws SQLException {
        Map<TableName, State> hidden = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(OLD)) {
            while (rows.next()) {
                State state = State.read(rows);
                if (rows.getBoolean("IS_GENERATED")) {
                    hidden.put(state.owner, state);
                } else {
                    states.add(state);
                }
            }
        }
        try (ResultSet rows = statement.executeQuery(OLD_IDENTITIES)) {
            while (rows.next()) {
                State state = hidden.get(new TableName(rows.getString(1), rows.getString(4)));
                if (state != null) {
                    states.add(state.of(new TableName(rows.getString(1), rows.getString(2)), rows.getString(3)));
                }
            }
        }
    }

    private static List<String> identity(TableName owner, String column) {
        return column == null ? List.of(owner.schema(), owner.name()) : List.of(owner.schema(), owner.name(), column);
    }

    /** The sum, or the end of the range that it runs over. */
    private static long plus(long value, long step) {
        long sum = value + step;
        if (((value ^ sum) & (step ^ sum)) >= 0) {
            return sum;
        }
        return step > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /**
     * A counter with its bounds.
     *
     * @param next the next value; beyond the bounds when all have been handed out
     */
    private record State(
            TableName owner, String column, long next, long step, long lowest, long highest, boolean cycles) {
        static State read(ResultSet row) throws SQLException {
            long step = row.getLong("STEP");
            long lowest = row.getLong("LOWEST");
            long highest = row.getLong("HIGHEST");
            long next = row.getLong("NEXT");
            if (row.wasNull()) {
                long last = row.getLong("LAST");
                next = plus(!row.wasNull() ? last : step > 0 ? highest : lowest, step);
            }
            return new State(
                    new TableName(row.getString("S"), row.getString("T")),
                    row.getString("C"),
                    next,
                    step,
                    lowest,
                    highest,
                    row.getBoolean("CYCLES"));
        }

        State of(TableName table, String identityColumn) {
            return new State(table, identityColumn, next, step, lowest, highest, cycles);
        }

        Counter counter(long value) {
            return new Counter(owner, column, value, step);
        }

        boolean isBehind(long value) {
            return cycles ? next != value : step > 0 ? next < value : next > value;
        }
    }
}
