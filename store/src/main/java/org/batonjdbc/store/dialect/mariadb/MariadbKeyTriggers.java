package org.batonjdbc.store.dialect.mariadb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.dialect.RowSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Row triggers that note keys in a temporary table of the session: no session waits for another's notes, and what the
 * transaction takes back is gone from them. Whoever was not admitted has no such table, meets the real one behind it, and is
 * refused.
 */
final class MariadbKeyTriggers implements KeyTriggers {
    private static final Logger LOG = LoggerFactory.getLogger(MariadbKeyTriggers.class);
    private static final int FETCHED = 200;
    /** How many seconds a new trigger may wait for transactions that do not go through Baton. */
    private static final int PATIENCE = 5;
    /** How many seconds the removal of a trigger may wait; those who come later wait behind it. */
    private static final int SHORT_PATIENCE = 1;

    private static final int ADMITTED = -1;

    private static final String TRIGGERS =
            "SELECT CONCAT('DROP TRIGGER IF EXISTS `', REPLACE(TRIGGER_SCHEMA, '`', '``'),"
                    + " '`.`', TRIGGER_NAME, '`') FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() AND NOT ("
                    + MariadbNames.USERS_TRIGGER + ")";
    /** What stands in the name of a trigger for the upgrade that it belongs to. */
    private static final String SUFFIX = "SUBSTRING(TRIGGER_NAME, " + (MariadbNames.TRIGGER.length() + 1) + ", 16)";

    private static final String OPEN =
            "SELECT DISTINCT CONCAT('OPEN_', " + SUFFIX + ") FROM information_schema.TRIGGERS"
                    + " WHERE TRIGGER_SCHEMA = DATABASE() AND NOT (" + MariadbNames.USERS_TRIGGER + ")";
    private static final String NOBODYS =
            " AND SUBSTRING_INDEX(SUBSTRING_INDEX(<name>, '_', 2), '_', -1) NOT IN (SELECT " + SUFFIX
                    + " FROM information_schema.TRIGGERS WHERE NOT (" + MariadbNames.USERS_TRIGGER + "))";
    private static final List<String> LEFTOVERS = List.of(
            "SELECT CONCAT('DROP PROCEDURE IF EXISTS `" + MariadbNames.BATON + "`.`', ROUTINE_NAME, '`') FROM"
                    + " information_schema.ROUTINES WHERE ROUTINE_SCHEMA = '" + MariadbNames.BATON + "'"
                    + NOBODYS.replace("<name>", "ROUTINE_NAME"),
            "SELECT CONCAT('DROP TABLE IF EXISTS `" + MariadbNames.BATON + "`.`', TABLE_NAME, '`') FROM"
                    + " information_schema.TABLES WHERE TABLE_SCHEMA = '" + MariadbNames.BATON
                    + "' AND TABLE_NAME RLIKE '^(NOTES|ADMITTED|OPEN)_'" + NOBODYS.replace("<name>", "TABLE_NAME"));

    @Override
    public void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink)
            throws SQLException {
        Notes notes = new Notes(sink, tables);
        boolean attached = false;
        try (Session session = Session.plain(connection);
                Statement statement = session.createStatement()) {
            List<ForeignKey> keys = ForeignKey.read(connection);
            List<String> statements = new ArrayList<>(notes.create());
            List<String> triggers = new ArrayList<>();
            for (int i = 0; i < tables.size(); i++) {
                NotingSql noting = new NotingSql(notes, i, keys);
                statements.add(noting.createRows());
                triggers.addAll(noting.createTriggers());
            }
            // Not dropped before: at no moment may a write pass that nobody sees.
            List<String> earlier = texts(statement, TRIGGERS);
            patience(statement, PATIENCE);
            statements.addAll(triggers);
            for (String sql : statements) {
                statement.execute(sql);
            }
            for (String drop : earlier) {
                statement.execute(drop);
            }
            attached = true;
        } finally {
            drop(
                    connection,
                    attached
                            ? " AND FALSE"
                            : " AND " + SUFFIX + " = '" + notes.suffix().substring(1) + "'");
        }
    }

    /** They stay: nobody is admitted by them any more, so other processes that have not heard of the switchover are refused. */
    @Override
    public void fence(Connection connection, ClassLoader engine) {}

    /** Triggers that cannot be dropped, because somebody uses their table, let everything through. */
    @Override
    public void detach(Connection connection, ClassLoader engine) throws SQLException {
        letThrough(connection);
        drop(connection, "");
    }

    /** Drops triggers, and what none of them needs any more; not what is in use. */
    private static void drop(Connection connection, String which) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            patience(statement, SHORT_PATIENCE);
            tryAll(statement, TRIGGERS + which);
            for (String leftovers : LEFTOVERS) {
                tryAll(statement, leftovers);
            }
            statement.execute("SET SESSION lock_wait_timeout = DEFAULT");
        }
    }

    private static void tryAll(Statement statement, String query) throws SQLException {
        for (String drop : texts(statement, query)) {
            try {
                statement.execute(drop);
            } catch (SQLException e) {
                if (e.getErrorCode() != MariadbErrors.LOCK_WAIT) {
                    throw e;
                }
                LOG.warn("something of Baton's stays, and does nothing any more, because it is in use: {}", drop);
            }
        }
    }

    /** Whether any database of the server has triggers of Baton's, which need what is in Baton's schema. */
    static boolean areLeft(Statement statement) throws SQLException {
        return !texts(statement, TRIGGERS.replace("TRIGGER_SCHEMA = DATABASE() AND ", ""))
                .isEmpty();
    }

    @Override
    public void letThrough(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String open : texts(statement, OPEN)) {
                statement.execute("INSERT INTO " + MariadbNames.baton(open) + " VALUES (1)");
            }
        }
    }

    static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void patience(Statement statement, int seconds) throws SQLException {
        statement.execute("SET SESSION lock_wait_timeout = " + seconds);
    }

    @Override
    public void admit(Connection connection, RowSink sink) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CALL " + new Notes(sink, List.of()).admit() + "()");
        }
    }

    @Override
    public void changed(Connection connection, List<Table> tables, RowSink sink, Taker taker) throws SQLException {
        Notes notes = new Notes(sink, tables);
        List<Integer> numbers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("CALL " + notes.changed() + "()")) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        if (!numbers.remove(Integer.valueOf(ADMITTED))) {
            throw SqlState.RETRY.error(
                    "the transaction has lost what it had noted for the upgrade that is running, by a"
                            + " statement that resets its session; it is rolled back. Run it again without that");
        }
        for (int number : numbers) {
            changed(connection, "CALL " + notes.rows(number) + "()", tables.get(number), taker);
        }
    }

    private static void changed(Connection connection, String call, Table table, Taker taker) throws SQLException {
        List<Column> keyColumns = table.keyColumns();
        List<Column> columns = table.columns();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery(call)) {
                while (row.next()) {
                    int existed = row.getInt(1);
                    Object[] key = values(row, 2, keyColumns);
                    Object[] image = values(row, 2 + key.length, columns);
                    boolean there = image[table.key().get(0)] != null;
                    // Of a row that may have been there nothing is expected.
                    taker.take(table, key, (there ? 1 : 0) - existed, there ? image : null);
                }
            }
        }
    }

    private static Object[] values(ResultSet row, int first, List<Column> columns) throws SQLException {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = MariadbValues.read(row, first + i, columns.get(i));
        }
        return values;
    }
}
