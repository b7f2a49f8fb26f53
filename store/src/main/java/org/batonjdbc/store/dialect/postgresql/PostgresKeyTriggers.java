package org.batonjdbc.store.dialect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.dialect.RowSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statement triggers with transition tables, in plpgsql: they see what cascades, rules of conflict, MERGE, routines and
 * other triggers have done, and cost one statement for each of the application's. A setting that lasts as long as the
 * transaction says whom the transaction reports to; one without it is refused.
 */
final class PostgresKeyTriggers implements KeyTriggers {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresKeyTriggers.class);
    private static final int FETCHED = 200;
    /** How long a new trigger may wait for writers that do not go through Baton. */
    private static final String PATIENCE = "5s";
    /** How long the removal of triggers may wait for readers; those who come later wait behind it. */
    private static final String SHORT_PATIENCE = "1s";

    /** Not a query, behind which a transaction could not choose its isolation any more. */
    private static final String ADMIT = "SET LOCAL " + NotingSql.SESSION + " = ";
    /** Constraints and triggers that wait for the commit come first: they may change rows. Nothing may after them. */
    private static final String SETTLE = "SET CONSTRAINTS ALL IMMEDIATE";

    /** The engine does not hold a commit to the application's timeout either. The transaction's last act, so nothing sees it. */
    private static final String NO_TIMEOUT = "SET LOCAL statement_timeout = 0";

    private static final String NOTED = "SELECT pg_catalog.current_setting('" + NotingSql.NOTED
            + "', true), pg_catalog.current_setting('" + NotingSql.SESSION
            + "', true), pg_catalog.set_config('" + NotingSql.SESSION + "', 'committing', true)";

    private static final String FUNCTIONS = "SELECT pg_catalog.quote_ident(n.nspname) || '.' ||"
            + " pg_catalog.quote_ident(p.proname)"
            + " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = '"
            + PostgresNames.BATON + "'";
    private static final String NOTING = " AND p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype";
    private static final String TRIGGERS = "SELECT pg_catalog.format('DROP TRIGGER %I ON %I.%I', t.tgname, n.nspname,"
            + " c.relname) FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid"
            + " JOIN pg_catalog.pg_namespace f ON f.oid = p.pronamespace WHERE NOT t.tgisinternal AND f.nspname = '"
            + PostgresNames.BATON + "'";
    private static final String NOTES = "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = '" + PostgresNames.BATON + "' AND c.relkind = 'r' AND c.relname LIKE 'NOTES\\_%'";

    /** Stands for the name of an object in a condition. */
    private static final String NAME = "<name>";

    /** A group of statements that takes effect as a whole. */
    @FunctionalInterface
    private interface Step {
        void run(Statement statement) throws SQLException;
    }

    @Override
    public void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink)
            throws SQLException {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            statements.addAll(new NotingSql(tables.get(i), i, sink).create());
        }
        asOne(connection, PATIENCE, statement -> {
            List<String> earlier = texts(statement, FUNCTIONS + NOTING);
            for (String sql : statements) {
                statement.execute(sql);
            }
            // Not before: at no moment may a write pass that nobody sees.
            for (String function : earlier) {
                statement.execute(NotingSql.silence(function));
            }
        });
        drop(connection, NotingSql.otherThan(sink, NAME));
    }

    /** They stay: nobody is admitted by them any more, so other processes that have not heard of the switchover are refused. */
    @Override
    public void fence(Connection connection, ClassLoader engine) {}

    /** They let the worker of any process through, and go on refusing whoever has not heard of the switchover. */
    @Override
    public void unfence(Connection connection, ClassLoader engine) {}

    @Override
    public void detach(Connection connection, ClassLoader engine) throws SQLException {
        letThrough(connection);
        drop(connection, "");
    }

    /**
     * Triggers first become silent, which needs no lock on the tables. To drop them needs one that waits for readers; what
     * cannot be dropped for them stays, does nothing, and goes with the next upgrade.
     */
    private static void drop(Connection connection, String which) throws SQLException {
        try {
            asOne(connection, SHORT_PATIENCE, statement -> {
                for (String drop : texts(statement, TRIGGERS + which.replace(NAME, "t.tgname"))) {
                    statement.execute(drop);
                }
                for (String function : texts(statement, FUNCTIONS + which.replace(NAME, "p.proname"))) {
                    statement.execute("DROP FUNCTION " + function + "()");
                }
                for (String notes : texts(statement, NOTES + which.replace(NAME, "c.relname"))) {
                    statement.execute("DROP TABLE " + notes);
                }
            });
        } catch (SQLException e) {
            if (!SqlState.TIMED_OUT.code().equals(e.getSQLState())) {
                throw e;
            }
            LOG.warn(
                    "triggers of Baton's stay, and do nothing any more, because their tables are in use: {}",
                    e.toString());
        }
    }

    @Override
    public void letThrough(Connection connection) throws SQLException {
        asOne(connection, SHORT_PATIENCE, statement -> {
            for (String function : texts(statement, FUNCTIONS + NOTING)) {
                statement.execute(NotingSql.silence(function));
            }
        });
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void asOne(Connection connection, String patience, Step step) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '" + patience + "'");
            step.run(statement);
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void admit(Connection connection, RowSink sink) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ADMIT + PostgresNames.literal(sink.name()));
        }
    }

    @Override
    public void changed(Connection connection, List<Table> tables, RowSink sink, Taker taker) throws SQLException {
        String noted;
        try (Statement statement = connection.createStatement()) {
            statement.execute(NO_TIMEOUT + "; " + SETTLE + "; " + NOTED);
            statement.getMoreResults();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                noted = row.getString(1);
                if (!sink.name().equals(row.getString(2))) {
                    throw SqlState.RETRY.error(
                            "the transaction has reset its settings (RESET ALL), and with them what it has"
                                    + " changed for the upgrade that is running; it is rolled back. Run it again without that");
                }
            }
        }
        if (noted == null || noted.isEmpty()) {
            return;
        }
        StringTokenizer numbers = new StringTokenizer(noted, ",");
        while (numbers.hasMoreTokens()) {
            int number = Integer.parseInt(numbers.nextToken());
            changed(connection, NotingSql.select(sink, number), tables.get(number), taker);
        }
    }

    private static void changed(Connection connection, String query, Table table, Taker taker) throws SQLException {
        List<Column> keyColumns = table.keyColumns();
        List<Column> columns = table.columns();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Object[] key = values(row, 2, keyColumns);
                    Object[] image = values(row, 2 + key.length, columns);
                    boolean there = image[table.key().get(0)] != null;
                    taker.take(table, key, row.getInt(1), there ? image : null);
                }
            }
        }
    }

    private static Object[] values(ResultSet row, int first, List<Column> columns) throws SQLException {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = PostgresValues.read(row, first + i, columns.get(i));
        }
        return values;
    }
}
