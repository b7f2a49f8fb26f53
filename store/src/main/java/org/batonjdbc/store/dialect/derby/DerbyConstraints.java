package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;

/** Indexes and constraints as statements, without those of tables that are left out. */
final class DerbyConstraints {
    private static final String SCHEMA_AND_TABLE =
            " JOIN SYS.SYSTABLES T ON T.TABLEID = C.TABLEID" + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID";
    private static final String COLUMNS = "SELECT REFERENCEID, COLUMNNUMBER, COLUMNNAME FROM SYS.SYSCOLUMNS";
    private static final String KEYS = "SELECT S.SCHEMANAME, T.TABLENAME, C.CONSTRAINTNAME, C.TYPE, C.STATE,"
            + " G.DESCRIPTOR, T.TABLEID FROM SYS.SYSCONSTRAINTS C" + SCHEMA_AND_TABLE
            + " JOIN SYS.SYSKEYS K ON K.CONSTRAINTID = C.CONSTRAINTID"
            + " JOIN SYS.SYSCONGLOMERATES G ON G.CONGLOMERATEID = K.CONGLOMERATEID"
            + " WHERE C.TYPE IN ('P', 'U') ORDER BY C.TYPE, S.SCHEMANAME, T.TABLENAME, C.CONSTRAINTNAME";
    private static final String INDEXES = "SELECT S.SCHEMANAME, T.TABLENAME, C.CONGLOMERATENAME, C.DESCRIPTOR,"
            + " T.TABLEID FROM SYS.SYSCONGLOMERATES C" + SCHEMA_AND_TABLE
            + " WHERE C.ISINDEX AND NOT C.ISCONSTRAINT AND T.TABLETYPE = 'T'"
            + " ORDER BY S.SCHEMANAME, T.TABLENAME, C.CONGLOMERATENAME";
    private static final String CHECKS =
            "SELECT S.SCHEMANAME, T.TABLENAME, C.CONSTRAINTNAME, K.CHECKDEFINITION, C.STATE"
                    + " FROM SYS.SYSCONSTRAINTS C" + SCHEMA_AND_TABLE
                    + " JOIN SYS.SYSCHECKS K ON K.CONSTRAINTID = C.CONSTRAINTID ORDER BY 1, 2, 3";
    private static final String FOREIGN_KEYS = "SELECT S.SCHEMANAME, T.TABLENAME, C.CONSTRAINTNAME, G.DESCRIPTOR,"
            + " T.TABLEID, PS.SCHEMANAME, P.TABLENAME, PG.DESCRIPTOR, P.TABLEID, F.DELETERULE, F.UPDATERULE, C.STATE"
            + " FROM SYS.SYSCONSTRAINTS C" + SCHEMA_AND_TABLE
            + " JOIN SYS.SYSFOREIGNKEYS F ON F.CONSTRAINTID = C.CONSTRAINTID"
            + " JOIN SYS.SYSCONGLOMERATES G ON G.CONGLOMERATEID = F.CONGLOMERATEID"
            + " JOIN SYS.SYSCONSTRAINTS PC ON PC.CONSTRAINTID = F.KEYCONSTRAINTID"
            + " JOIN SYS.SYSTABLES P ON P.TABLEID = PC.TABLEID JOIN SYS.SYSSCHEMAS PS ON PS.SCHEMAID = P.SCHEMAID"
            + " JOIN SYS.SYSKEYS PK ON PK.CONSTRAINTID = PC.CONSTRAINTID"
            + " JOIN SYS.SYSCONGLOMERATES PG ON PG.CONGLOMERATEID = PK.CONGLOMERATEID ORDER BY 1, 2, 3";

    private final Connection connection;
    private final Set<TableName> left;
    private final Map<String, Map<Integer, String>> columns = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final Map<TableName, List<String>> wanted = new HashMap<>();
    private final Set<TableName> keyed = new HashSet<>();

    DerbyConstraints(Connection connection, Catalog catalog, Set<TableName> left) throws SQLException {
        this.connection = connection;
        this.left = left;
        for (Table table : catalog.tables()) {
            wanted.put(
                    table.name(), table.keyColumns().stream().map(Column::name).toList());
        }
        each(
                COLUMNS,
                row -> true,
                row -> columns.computeIfAbsent(row.getString(1), table -> new HashMap<>())
                        .put(row.getInt(2), row.getString(3)));
        each(KEYS, this::isWanted, row -> {
            List<String> on = names(row.getString(6), row.getString(7), false);
            String kind = row.getString(4).equals("P") ? " PRIMARY KEY (" : " UNIQUE (";
            sort(table(row), on, add(row, kind + quoted(on) + ")" + deferred(row.getString(5))));
        });
        each(INDEXES, this::isWanted, row -> {
            boolean unique = row.getString(4).startsWith("UNIQUE");
            String sql = "CREATE " + (unique ? "UNIQUE " : "") + "INDEX "
                    + DerbyNames.quote(new TableName(row.getString(1), row.getString(3))) + " ON "
                    + DerbyNames.quote(table(row)) + " ("
                    + String.join(", ", names(row.getString(4), row.getString(5), true)) + ")";
            sort(table(row), unique ? names(row.getString(4), row.getString(5), false) : List.of(), sql);
        });
        each(
                CHECKS,
                this::isWanted,
                row -> others.add(DerbySchema.inSchema(
                        row.getString(1), add(row, " CHECK " + row.getString(4) + deferred(row.getString(5))))));
        foreignKeys(connection, left).forEach(key -> others.add(key.create()));
    }

    /** A foreign key, and what makes it. */
    record ForeignKey(TableName table, String name, String create) {
        String drop() {
            return "ALTER TABLE " + DerbyNames.quote(table) + " DROP CONSTRAINT " + DerbyNames.quote(name);
        }
    }

    /** Those between tables that are not left out. */
    static List<ForeignKey> foreignKeys(Connection connection, Set<TableName> left) throws SQLException {
        Map<String, Map<Integer, String>> columns = new HashMap<>();
        List<ForeignKey> found = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    columns.computeIfAbsent(rows.getString(1), table -> new HashMap<>())
                            .put(rows.getInt(2), rows.getString(3));
                }
            }
            try (ResultSet rows = statement.executeQuery(FOREIGN_KEYS)) {
                while (rows.next()) {
                    TableName parent = new TableName(rows.getString(6), rows.getString(7));
                    if (DerbyNames.isUsers(rows.getString(1))
                            && !left.contains(table(rows))
                            && !left.contains(parent)) {
                        String create = add(
                                rows,
                                " FOREIGN KEY (" + quoted(names(columns.get(rows.getString(5)), rows.getString(4)))
                                        + ") REFERENCES " + DerbyNames.quote(parent) + " ("
                                        + quoted(names(columns.get(rows.getString(9)), rows.getString(8))) + ")"
                                        + " ON DELETE " + action(rows.getString(10)) + " ON UPDATE "
                                        + action(rows.getString(11)) + deferred(rows.getString(12)));
                        found.add(new ForeignKey(table(rows), rows.getString(3), create));
                    }
                }
            }
        }
        return found;
    }

    /** What makes each table's key, without which no row can be overwritten. */
    List<String> keys() {
        return keys;
    }

    /** What follows the copy. */
    List<String> others() {
        return others;
    }

    private void sort(TableName table, List<String> on, String sql) {
        boolean key = !on.isEmpty() && on.equals(wanted.get(table)) && keyed.add(table);
        (key ? keys : others).add(sql);
    }

    /** Takes rows of a query. */
    @FunctionalInterface
    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    /** Whether a row is wanted. */
    @FunctionalInterface
    private interface Test {
        boolean of(ResultSet row) throws SQLException;
    }

    private void each(String query, Test test, Taker taker) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                if (test.of(rows)) {
                    taker.take(rows);
                }
            }
        }
    }

    private boolean isWanted(ResultSet row) throws SQLException {
        return DerbyNames.isUsers(row.getString(1)) && !left.contains(table(row));
    }

    private static TableName table(ResultSet row) throws SQLException {
        return new TableName(row.getString(1), row.getString(2));
    }

    private static String add(ResultSet row, String constraint) throws SQLException {
        return "ALTER TABLE " + DerbyNames.quote(table(row)) + " ADD CONSTRAINT " + DerbyNames.quote(row.getString(3))
                + constraint;
    }

    private static String deferred(String state) {
        return switch (state) {
            case "e" -> " DEFERRABLE INITIALLY DEFERRED";
            case "i" -> " DEFERRABLE INITIALLY IMMEDIATE";
            default -> "";
        };
    }

    private static String action(String rule) {
        return switch (rule) {
            case "C" -> "CASCADE";
            case "U" -> "SET NULL";
            case "S" -> "RESTRICT";
            default -> "NO ACTION";
        };
    }

    private List<String> names(String descriptor, String table, boolean withOrder) {
        List<String> names = names(columns.get(table), descriptor);
        if (!withOrder) {
            return names;
        }
        List<String> ordered = new ArrayList<>();
        List<IndexPart> parts = IndexPart.of(descriptor);
        for (int i = 0; i < parts.size(); i++) {
            ordered.add(DerbyNames.quote(names.get(i)) + (parts.get(i).descending() ? " DESC" : ""));
        }
        return ordered;
    }

    private static List<String> names(Map<Integer, String> columns, String descriptor) {
        return IndexPart.of(descriptor).stream()
                .map(part -> columns.get(part.number()))
                .toList();
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(DerbyNames::quote).toList());
    }
}
