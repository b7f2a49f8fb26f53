package org.batonjdbc.tests.twin;

import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.tests.twin.Step.Batch;
import org.batonjdbc.tests.twin.Step.Control;
import org.batonjdbc.tests.twin.Step.Control.What;
import org.batonjdbc.tests.twin.Step.Execute;
import org.batonjdbc.tests.twin.Step.Execute.How;
import org.batonjdbc.tests.twin.Step.Refused;
import org.batonjdbc.tests.twin.Step.RowChange;
import org.batonjdbc.tests.twin.Step.RowChanges;
import org.batonjdbc.tests.twin.Step.TextBatch;

/** Makes random steps of several connections. */
final class StepMaker {
    private static final List<What> CONTROLS = List.of(What.values());

    private final Dice dice;
    private final StatementMaker statements;
    private final StatementMaker mixed;
    private final SessionMaker sessions;
    private final int connections;

    StepMaker(Dice dice, Schema schema, SessionMaker sessions, int connections, boolean deltas) {
        this.dice = dice;
        this.statements = new StatementMaker(dice, schema, deltas);
        this.mixed = new StatementMaker(dice, sessions.together(), deltas);
        this.sessions = sessions;
        this.connections = connections;
    }

    /** Rows to begin with. */
    void fill(List<Step> steps) {
        statements.filling().forEach(sql -> steps.add(new Execute(0, How.PLAIN, sql, false)));
    }

    void add(List<Step> steps, int count, boolean replicating) {
        for (int i = 0; i < count; i++) {
            steps.add(step(dice.chance(60) ? 0 : dice.below(connections), replicating));
        }
    }

    private Step step(int connection, boolean replicating) {
        int roll = dice.below(100);
        if (roll < 22) {
            return new Control(connection, dice.of(CONTROLS), dice.below(2));
        }
        if (roll < 32) {
            return batch(connection);
        }
        if (roll < 40) {
            List<String> texts = new ArrayList<>();
            for (int i = dice.between(2, 4); i > 0; i--) {
                texts.add(statements.change(false).text());
            }
            return new TextBatch(connection, texts);
        }
        if (roll < 46) {
            return rowChanges(connection);
        }
        if (roll < 48 && replicating) {
            return new Refused(connection, statements.refused().text());
        }
        if (roll < 53) {
            Sql sql = sessions.variable();
            return new Execute(connection, dice.of(How.PREPARED, How.KEPT), sql, !isChange(sql));
        }
        if (roll < 57) {
            return new Execute(connection, How.PLAIN, sessions.temporary(), false);
        }
        if (roll < 67) {
            Sql sql = mixed.change(false);
            return new Execute(connection, dice.of(How.PLAIN, How.KEPT), sql, !isChange(sql));
        }
        return execute(connection);
    }

    private static boolean isChange(Sql sql) {
        return sql.text().matches("(?s)(INSERT|UPDATE|DELETE|MERGE|REPLACE|SET|CREATE) .*");
    }

    private Step execute(int connection) {
        boolean parameters = dice.chance(30);
        Sql sql = parameters ? statements.change(true) : statements.any();
        How how = sql.hasParameters() || parameters
                ? dice.of(How.PREPARED, How.KEPT)
                : dice.of(How.PLAIN, How.PLAIN, How.PREPARED, How.KEPT, keys());
        boolean change = isChange(sql) && !sql.text().contains("; ");
        return new Execute(
                connection,
                change || how != How.UPDATE ? limited(how, sql) : How.PLAIN,
                sql,
                !change && !sql.text().startsWith("SELECT COUNT"));
    }

    /** Only an order makes it certain which rows are the first. */
    private How limited(How how, Sql sql) {
        boolean ordered = sql.text().startsWith("SELECT") && sql.text().contains(" ORDER BY ");
        return ordered && dice.chance(60) ? dice.of(How.LIMITED, How.LIMITED_KEPT) : how;
    }

    /** Generated keys hold the columns with defaults, which must be the same in both runs. */
    private How keys() {
        return statements.table() != null && statements.table().isRepeatable() ? How.KEYS : How.UPDATE;
    }

    private Step batch(int connection) {
        Sql sql = statements.change(true);
        if (!sql.hasParameters()) {
            return new Execute(connection, How.PREPARED, sql, false);
        }
        // With keys the engine runs the batch, and if elements of another kind fail, Baton says 40001: see its manual.
        boolean keys = dice.chance(25)
                && sql.text().matches("INSERT INTO(?!.*DUPLICATE KEY).*")
                && statements.table().isRepeatable();
        for (int i = dice.between(1, 6); i > 0; i--) {
            sql = sql.andAlso(dice, StatementMaker.RANGE);
        }
        return new Batch(connection, sql, keys);
    }

    private Step rowChanges(int connection) {
        Sql query = statements.updatable();
        if (!statements.table().primary()
                || statements.table().columns().stream().anyMatch(column -> column.type() == Type.GEOMETRY)) {
            // H2 takes the first unique index, in an order of its own, even if a row's value of it is NULL; and for a
            // geometry it needs a library.
            return new Execute(connection, How.PLAIN, query, false);
        }
        List<Column> columns = statements.table().written();
        List<RowChange> changes = new ArrayList<>();
        for (int i = dice.between(1, 4); i > 0; i--) {
            RowChange.Kind kind = dice.of(RowChange.Kind.UPDATE, RowChange.Kind.values());
            changes.add(new RowChange(
                    kind,
                    columns.stream()
                            .map(column -> number(column, kind == RowChange.Kind.INSERT))
                            .toList()));
        }
        return new RowChanges(connection, query.text(), columns, changes);
    }

    private int number(Column column, boolean inserts) {
        boolean given = inserts ? !column.nullable() || dice.chance(50) : dice.chance(30);
        return column.type().canBeParameter() && given ? dice.below(StatementMaker.RANGE) : -1;
    }
}
