package org.batonjdbc.store.preflight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.SchemaScript;

/**
 * The active store's schema as the upgraded engine understands it, built in a scratch store.
 *
 * @param refused the statements that the upgraded engine did not run, in their order
 * @param built what there is after the others
 */
record Trial(List<Refusal> refused, Catalog built) {
    /** A statement or a view, and what the engine says of it. */
    record Refusal(String statement, SQLException reason) {}

    /** Builds the schema in the scratch store, statement by statement, so that every refusal is seen at once. */
    static Trial run(Facts facts) throws SQLException {
        SchemaScript script = facts.from()
                .exportSchema(
                        facts.active(),
                        facts.catalog(),
                        facts.excluded(),
                        facts.to().orElseThrow());
        Dialect to = facts.to().orElseThrow();
        Connection scratch = facts.scratch().orElseThrow();
        List<Refusal> refused = new ArrayList<>();
        for (List<String> part : List.of(script.tables(), script.constraints(), script.views())) {
            for (String statement : part) {
                try {
                    to.build(scratch, List.of(statement));
                } catch (SQLException e) {
                    refused.add(new Refusal(statement, e));
                }
            }
        }
        addBrokenViews(facts, scratch, refused);
        return new Trial(List.copyOf(refused), to.catalog(scratch));
    }

    /** Finds views that the engine has made without asking whether they work, as exported scripts may tell it to. */
    private static void addBrokenViews(Facts facts, Connection scratch, List<Refusal> refused) throws SQLException {
        Dialect to = facts.to().orElseThrow();
        try (ResultSet views = scratch.getMetaData().getTables(null, null, null, new String[] {"VIEW"})) {
            while (views.next()) {
                TableName view = new TableName(views.getString("TABLE_SCHEM"), views.getString("TABLE_NAME"));
                Optional<SQLException> broken = whyBroken(scratch, to.quote(view));
                if (broken.isPresent()
                        && whyBroken(facts.active(), facts.from().quote(view)).isEmpty()) {
                    refused.add(new Refusal("view " + view, broken.get()));
                }
            }
        }
    }

    /** What the engine says to a query of that view, which is compiled and not run. */
    private static Optional<SQLException> whyBroken(Connection connection, String view) {
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM " + view)) {
            query.getMetaData(); // some drivers compile no earlier
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    /** The column that stands for that one of the active store; empty if it was not built. */
    Optional<Column> column(TableName table, String column) {
        return built.table(table).stream()
                .flatMap(found -> found.columns().stream())
                .filter(found -> found.name().equals(column))
                .findFirst();
    }
}
