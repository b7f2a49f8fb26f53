package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Column.Identity;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.dialect.ScriptToken;

/**
 * Exports a schema from the catalog, in the order of Derby's own dblook. What was compiled in a schema is compiled in the
 * same one again: such a statement follows its SET SCHEMA. With an excluded table goes whatever names it.
 */
final class DerbySchema {
    private static final String SCHEMAS = "SELECT SCHEMANAME FROM SYS.SYSSCHEMAS ORDER BY SCHEMANAME";
    private static final String VIEWS = "SELECT S.SCHEMANAME, T.TABLENAME, C.SCHEMANAME, V.VIEWDEFINITION"
            + " FROM SYS.SYSVIEWS V JOIN SYS.SYSTABLES T ON T.TABLEID = V.TABLEID"
            + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
            + " JOIN SYS.SYSSCHEMAS C ON C.SCHEMAID = V.COMPILATIONSCHEMAID ORDER BY S.SCHEMANAME, T.TABLENAME";

    private final Connection connection;
    private final Catalog catalog;
    private final Set<TableName> left;
    private final boolean forOther;

    private DerbySchema(Connection connection, Catalog catalog, Set<TableName> excluded, boolean forOther) {
        this.connection = connection;
        this.catalog = catalog;
        this.left = new HashSet<>(excluded);
        this.forOther = forOther;
    }

    /** With {@code forOther}, in words that other engines know too, and without what only Derby has. */
    static SchemaScript export(Connection connection, Catalog catalog, Set<TableName> excluded, boolean forOther)
            throws SQLException {
        return new DerbySchema(connection, catalog, excluded, forOther).script();
    }

    private SchemaScript script() throws SQLException {
        List<String> tables = new ArrayList<>();
        each(SCHEMAS, row -> {
            if (DerbyNames.isUsers(row.getString(1))) {
                tables.add((forOther ? "CREATE SCHEMA IF NOT EXISTS " : "CREATE SCHEMA ")
                        + DerbyNames.quote(row.getString(1)));
            }
        });
        tables.addAll(DerbyCounters.definitions(connection));
        if (!forOther) {
            tables.addAll(DerbyRoutines.types(connection));
            tables.addAll(DerbyRoutines.routines(connection));
        }
        tables.addAll(tables());
        List<String> constraints = new ArrayList<>();
        DerbyConstraints keys = new DerbyConstraints(connection, catalog, left);
        tables.addAll(keys.keys());
        constraints.addAll(keys.others());
        if (!forOther) {
            constraints.addAll(always());
        }
        List<String> views = new ArrayList<>();
        views.addAll(DerbyRoutines.synonyms(connection, left));
        views.addAll(views());
        return new SchemaScript(
                tables, constraints, views, forOther ? List.of() : DerbyTriggers.definitions(connection, left));
    }

    /** Something made of each row of a query. */
    @FunctionalInterface
    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String query, Taker taker) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                taker.take(rows);
            }
        }
    }

    private List<String> tables() throws SQLException {
        Map<TableName, List<String>> columns = new TreeMap<>();
        each(DerbyCatalog.COLUMNS, row -> {
            TableName name = new TableName(row.getString(1), row.getString(2));
            if (DerbyNames.isUsers(name.schema()) && !left.contains(name)) {
                columns.computeIfAbsent(name, table -> new ArrayList<>()).add(column(row));
            }
        });
        return columns.entrySet().stream()
                .map(table -> inSchema(
                        table.getKey().schema(),
                        "CREATE TABLE " + DerbyNames.quote(table.getKey()) + " (" + String.join(", ", table.getValue())
                                + ")"))
                .toList();
    }

    /** Baton must be able to write identity columns: those that Derby always numbers become so at the switchover. */
    private String column(ResultSet row) throws SQLException {
        Column column = DerbyCatalog.column(row);
        String fallback = row.getString(5);
        StringBuilder text = new StringBuilder(DerbyNames.quote(column.name()))
                .append(' ')
                .append(forOther ? DerbyTypes.standard(column) : declared(column, row.getString(4)));
        if (column.identity() != Identity.NONE) {
            text.append(" GENERATED BY DEFAULT AS IDENTITY (START WITH ")
                    .append(row.getLong(7))
                    .append(forOther ? " INCREMENT BY " : ", INCREMENT BY ")
                    .append(row.getLong(8))
                    .append(')');
        } else if (column.computed()) {
            text.append(' ').append(fallback);
        } else if (fallback != null) {
            text.append(" DEFAULT ").append(fallback);
        }
        return text.append(column.nullable() ? "" : " NOT NULL").toString();
    }

    private static String declared(Column column, String whole) {
        return column.nullable() ? whole : whole.substring(0, whole.length() - " NOT NULL".length());
    }

    private List<String> always() {
        List<String> statements = new ArrayList<>();
        for (Table table : catalog.tables()) {
            for (Column column : table.columns()) {
                if (column.identity() == Identity.ALWAYS && !left.contains(table.name())) {
                    statements.add(Parked.alwaysNumbered(table.name(), column.name()));
                }
            }
        }
        return statements;
    }

    private List<String> views() throws SQLException {
        List<String> views = new ArrayList<>();
        each(VIEWS, row -> {
            TableName name = new TableName(row.getString(1), row.getString(2));
            String text = row.getString(4);
            if (names(text, left)) {
                left.add(name);
            } else {
                views.add(inSchema(row.getString(3), text));
            }
        });
        return views;
    }

    /** Whether a statement names one of these tables, with or without its schema. */
    static boolean names(String text, Set<TableName> tables) {
        Set<String> names = tables.stream().map(TableName::name).collect(Collectors.toSet());
        UnaryOperator<String> upper = word -> word.toUpperCase(java.util.Locale.ROOT);
        return !tables.isEmpty()
                && ScriptToken.of(text).stream()
                        .filter(ScriptToken::isName)
                        .anyMatch(token -> names.contains(token.isWord() ? upper.apply(token.text()) : token.text()));
    }

    /** A statement whose names without a schema mean those of this one. */
    static String inSchema(String schema, String statement) {
        return "SET SCHEMA " + DerbyNames.quote(schema) + ";\n" + statement;
    }
}
