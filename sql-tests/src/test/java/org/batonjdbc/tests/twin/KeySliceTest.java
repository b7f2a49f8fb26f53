package org.batonjdbc.tests.twin;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.batonjdbc.driver.sql.Skeleton;
import org.batonjdbc.driver.sql.Slice;
import org.batonjdbc.driver.sql.Syntax;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A query that is sliced from the text of an UPDATE or DELETE (target, alias, condition, order and limit) selects exactly
 * the rows that the statement then changes. The engine itself says which those are: OLD TABLE.
 */
class KeySliceTest {
    private static final int SCHEMAS = 12;
    private static final int STATEMENTS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"1.4.200", "2.5.252"})
    void theSliceSelectsTheRowsThatTheStatementChanges(String release) throws Exception {
        int compared = 0;
        for (long seed = 1; seed <= SCHEMAS; seed++) {
            Dice dice = new Dice(seed);
            Schema schema = new SchemaMaker(dice).make();
            StatementMaker statements = new StatementMaker(dice, schema, false);
            String mode = schema.mode() == Schema.Mode.MYSQL
                    ? ";MODE=MySQL"
                    : "1.4.200".equals(release) ? "" : ";MODE=LEGACY";
            try (Twin twin = Twin.empty(release, mode);
                    Connection connection = twin.connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : schema.ddl()) {
                    statement.execute(sql);
                }
                for (Sql sql : statements.filling()) {
                    statement.execute(sql.text());
                }
                connection.setAutoCommit(false);
                for (int i = 0; i < STATEMENTS; i++) {
                    Sql sql = statements.updateOrDelete();
                    if (compare(statement, sql.text(), statements.table())) {
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(SCHEMAS * STATEMENTS / 4);
    }

    /** Returns whether the statement could be run. */
    private static boolean compare(Statement statement, String sql, Table table) throws SQLException {
        List<String> changed;
        try {
            changed = rows(statement, "SELECT " + keys(table, "") + " FROM OLD TABLE (" + sql + ")");
        } catch (SQLException e) {
            return false; // the statement itself fails, as many random ones do
        } finally {
            statement.getConnection().rollback();
        }
        String slice = slice(sql, table);
        assertThat(rows(statement, slice)).as("%s\n%s", sql, slice).isEqualTo(changed);
        return true;
    }

    private static String slice(String sql, Table table) {
        Skeleton skeleton = Skeleton.of(sql, Syntax.H2).orElseThrow(() -> new AssertionError("no skeleton: " + sql));
        Optional<Slice> where;
        Optional<Slice> orderBy;
        Optional<Slice> limit;
        if (skeleton instanceof Skeleton.Update update) {
            where = update.where();
            orderBy = update.orderBy();
            limit = update.limit();
        } else {
            Skeleton.Delete delete = (Skeleton.Delete) skeleton;
            where = delete.where();
            orderBy = delete.orderBy();
            limit = delete.limit();
        }
        String alias = skeleton.target().alias().map(part -> "z").orElse("");
        return "SELECT " + keys(table, alias.isEmpty() ? "" : alias + ".") + " FROM "
                + skeleton.target().slice().in(sql) + " " + alias
                + where.map(part -> " WHERE " + part.in(sql)).orElse("")
                + orderBy.map(part -> " ORDER BY " + part.in(sql)).orElse("")
                + limit.map(part -> " " + part.in(sql)).orElse("");
    }

    private static String keys(Table table, String alias) {
        return table.key().stream().map(column -> alias + column.name()).collect(joining(", "));
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return Values.canonical(Values.read(rows)).stream().sorted().toList();
        }
    }
}
