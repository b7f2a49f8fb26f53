package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.dialect.RowSink;

/**
 * Row triggers in SQL, which work in an embedded store as on a server: they see what cascades, MERGE, routines and other
 * triggers do. A row of {@code BATON.ADMITTED} says which sessions have a transaction that is admitted, and to whom; the
 * notes refer to it by a foreign key, so a write of any other session is refused.
 */
final class DerbyKeyTriggers implements KeyTriggers {
    private static final TableName ADMITTED = new TableName(DerbyNames.BATON, "ADMITTED");
    private static final String PROBE = CaptureTrigger.class.getName();
    private static final String TRIGGERS = "SELECT T.TRIGGERNAME FROM SYS.SYSTRIGGERS T JOIN SYS.SYSSCHEMAS S"
            + " ON S.SCHEMAID = T.SCHEMAID WHERE S.SCHEMANAME = '" + DerbyNames.BATON + "'";
    private static final String NOTES = "SELECT T.TABLENAME FROM SYS.SYSTABLES T JOIN SYS.SYSSCHEMAS S"
            + " ON S.SCHEMAID = T.SCHEMAID WHERE S.SCHEMANAME = '" + DerbyNames.BATON
            + "' AND T.TABLENAME LIKE 'NOTES_%'";
    private static final String ROUTINES = "SELECT A.ALIAS FROM SYS.SYSALIASES A JOIN SYS.SYSSCHEMAS S"
            + " ON S.SCHEMAID = A.SCHEMAID WHERE S.SCHEMANAME = '" + DerbyNames.BATON + "'";

    private static final String ADMIT = "INSERT INTO \"BATON\".\"ADMITTED\" VALUES (BATON.SESSION_NUMBER(), ?)";
    private static final String DISMISS = "DELETE FROM \"BATON\".\"ADMITTED\" WHERE SESSION_NUMBER = ?";

    @Override
    public void attach(Connection connection, ClassLoader engine, List<Table> tables, RowSink sink)
            throws SQLException {
        DerbyOwnObjects.asOne(connection, statement -> {
            drop(statement);
            DerbyOwnObjects.createSchema(statement, DerbyNames.BATON);
            statement.execute(
                    "CREATE FUNCTION BATON.SESSION_NUMBER() RETURNS INT LANGUAGE JAVA PARAMETER STYLE JAVA NO SQL"
                            + " EXTERNAL NAME '" + PROBE + ".session'");
            statement.execute(
                    "CREATE PROCEDURE BATON.LET_THROUGH(IN THROUGH BOOLEAN) LANGUAGE JAVA PARAMETER STYLE JAVA"
                            + " NO SQL EXTERNAL NAME '" + PROBE + ".letThrough'");
            statement.execute("CREATE TABLE " + DerbyNames.quote(ADMITTED)
                    + "(SESSION_NUMBER INT NOT NULL PRIMARY KEY, PAIR VARCHAR(64) NOT NULL CHECK (PAIR = "
                    + DerbyNames.literal(sink.name()) + "))");
            DerbyOwnObjects.grantToAll(statement, "INSERT, DELETE", ADMITTED);
            Notes notes = Notes.of(tables);
            for (String sql : notes.create()) {
                statement.execute(sql);
            }
            for (TableName table : notes.tables()) {
                DerbyOwnObjects.grantToAll(statement, "SELECT, DELETE", table);
            }
            statement.execute("CALL BATON.LET_THROUGH(FALSE)");
        });
    }

    @Override
    public void detach(Connection connection, ClassLoader engine) throws SQLException {
        DerbyOwnObjects.asOne(connection, DerbyKeyTriggers::drop);
    }

    /** They stay, and refuse everybody but Baton's own sessions. */
    @Override
    public void fence(Connection connection, ClassLoader engine) {}

    private static void drop(Statement statement) throws SQLException {
        for (String trigger : DerbyOwnObjects.texts(statement, TRIGGERS)) {
            statement.execute("DROP TRIGGER " + baton(trigger));
        }
        for (String notes : DerbyOwnObjects.texts(statement, NOTES)) {
            statement.execute("DROP TABLE " + baton(notes));
        }
        DerbyOwnObjects.dropTable(statement, ADMITTED);
        for (String routine : DerbyOwnObjects.texts(statement, ROUTINES)) {
            statement.execute((routine.equals("LET_THROUGH") ? "DROP PROCEDURE " : "DROP FUNCTION ") + baton(routine));
        }
    }

    private static String baton(String name) {
        return DerbyNames.quote(new TableName(DerbyNames.BATON, name));
    }

    /** What is noted from now on belongs to nobody, and needs nobody who is admitted. */
    @Override
    public void letThrough(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!DerbyOwnObjects.texts(statement, ROUTINES).isEmpty()) {
                statement.execute("CALL BATON.LET_THROUGH(TRUE)");
            }
        }
    }

    @Override
    public void admit(Connection connection, RowSink sink) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADMIT)) {
            statement.setString(1, sink.name());
            statement.executeUpdate();
        }
    }

    @Override
    public void changed(Connection connection, List<Table> tables, RowSink sink, Taker taker) throws SQLException {
        int session;
        try (PreparedStatement statement = connection.prepareStatement("VALUES BATON.SESSION_NUMBER()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            session = row.getInt(1);
        }
        Notes notes = Notes.of(tables);
        try (Images images = new Images(connection)) {
            for (Notes.Sort sort : notes.sorts()) {
                if (read(connection, sort, session, tables, images, taker)) {
                    forget(connection, sort, session);
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(DISMISS)) {
            statement.setInt(1, session);
            statement.executeUpdate();
        }
    }

    /** Whether there were any. */
    private static boolean read(
            Connection connection, Notes.Sort sort, int session, List<Table> tables, Images images, Taker taker)
            throws SQLException {
        boolean any = false;
        try (PreparedStatement statement = connection.prepareStatement(sort.selectOwn())) {
            statement.setInt(1, session);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    any = true;
                    Table table = tables.get(row.getInt(1));
                    List<Column> columns = table.keyColumns();
                    Object[] key = new Object[columns.size()];
                    for (int i = 0; i < key.length; i++) {
                        key[i] = DerbyValues.read(row, i + 3, columns.get(i));
                    }
                    taker.take(table, key, row.getInt(2), images.of(table, key));
                }
            }
        }
        return any;
    }

    private static void forget(Connection connection, Notes.Sort sort, int session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                sort.cursorOnOwn(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
            statement.setInt(1, session);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    row.deleteRow();
                }
            }
        }
    }

    /** Rows as a transaction sees them, by their keys; used by the thread that works with the connection. */
    private static final class Images implements AutoCloseable {
        private final Connection connection;
        private final Map<Table, PreparedStatement> statements = new IdentityHashMap<>();

        Images(Connection connection) {
            this.connection = connection;
        }

        /** Null if there is no such row; large objects are left for later. */
        Object[] of(Table table, Object[] key) throws SQLException {
            PreparedStatement statement = statements.get(table);
            if (statement == null) {
                statement = connection.prepareStatement(Notes.image(table));
                statements.put(table, statement);
            }
            List<Column> keyColumns = table.keyColumns();
            for (int i = 0; i < key.length; i++) {
                DerbyValues.bind(statement, i + 1, key[i], keyColumns.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                Object[] image = new Object[table.columns().size()];
                for (int i = 0; i < image.length; i++) {
                    Column column = table.columns().get(i);
                    image[i] = column.kind().isLob()
                            ? row.getInt(i + 1) == 1 ? Lob.LATER : null
                            : DerbyValues.read(row, i + 1, column);
                }
                return image;
            }
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement : new ArrayList<>(statements.values())) {
                statement.close();
            }
        }
    }
}
