package org.batonjdbc.store.dialect.derby;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.UnsortedScript;

/** Makes and drops objects in an engine that knows neither IF EXISTS nor CASCADE. */
final class DerbyOwnObjects {
    private static final String NO_AUTHORIZATION = "42Z60";

    private DerbyOwnObjects() {}

    /** Statements that take effect as a whole. */
    @FunctionalInterface
    interface Step {
        void run(Statement statement) throws SQLException;
    }

    /** Runs DDL as one transaction of a connection in autocommit mode, or inside the one that is open. */
    static void asOne(Connection connection, Step step) throws SQLException {
        boolean own = connection.getAutoCommit();
        boolean done = false;
        if (own) {
            connection.setAutoCommit(false);
        }
        try (Statement statement = connection.createStatement()) {
            step.run(statement);
            if (own) {
                connection.commit();
            }
            done = true;
        } finally {
            if (own) {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    static boolean isThere(Statement statement, TableName table) throws SQLException {
        return !texts(
                        statement,
                        "SELECT T.TABLENAME FROM SYS.SYSTABLES T JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
                                + " WHERE S.SCHEMANAME = " + DerbyNames.literal(table.schema()) + " AND T.TABLENAME = "
                                + DerbyNames.literal(table.name()))
                .isEmpty();
    }

    static void createSchema(Statement statement, String schema) throws SQLException {
        if (texts(statement, "SELECT SCHEMANAME FROM SYS.SYSSCHEMAS WHERE SCHEMANAME = " + DerbyNames.literal(schema))
                .isEmpty()) {
            statement.execute("CREATE SCHEMA " + DerbyNames.quote(schema));
        }
    }

    static void createTable(Statement statement, TableName table, String columns) throws SQLException {
        if (!isThere(statement, table)) {
            statement.execute("CREATE TABLE " + DerbyNames.quote(table) + "(" + columns + ")");
        }
    }

    static void dropTable(Statement statement, TableName table) throws SQLException {
        if (isThere(statement, table)) {
            statement.execute("DROP TABLE " + DerbyNames.quote(table));
        }
    }

    /** Where nobody needs privileges there is nothing to grant. */
    static void grantToAll(Statement statement, String privilege, TableName table) throws SQLException {
        try {
            statement.execute("GRANT " + privilege + " ON " + DerbyNames.quote(table) + " TO PUBLIC");
        } catch (SQLException e) {
            if (!NO_AUTHORIZATION.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Drops these schemas and all that is in them, each object as soon as nothing needs it any more. */
    static void drop(Statement statement, Predicate<String> schemas) throws SQLException {
        List<String> drops = new ArrayList<>();
        for (String query : List.of(
                "SELECT S.SCHEMANAME, T.TRIGGERNAME, 'DROP TRIGGER ', '' FROM SYS.SYSTRIGGERS T"
                        + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID",
                "SELECT S.SCHEMANAME, A.ALIAS, 'DROP SYNONYM ', '' FROM SYS.SYSALIASES A"
                        + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = A.SCHEMAID WHERE A.ALIASTYPE = 'S'",
                "SELECT S.SCHEMANAME, T.TABLENAME, CASE T.TABLETYPE WHEN 'V' THEN 'DROP VIEW ' ELSE 'DROP TABLE ' END, ''"
                        + " FROM SYS.SYSTABLES T JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
                        + " WHERE T.TABLETYPE IN ('T', 'V') ORDER BY T.TABLETYPE DESC",
                "SELECT S.SCHEMANAME, A.ALIAS, CASE A.ALIASTYPE WHEN 'F' THEN 'DROP FUNCTION ' WHEN 'P' THEN"
                        + " 'DROP PROCEDURE ' WHEN 'G' THEN 'DROP DERBY AGGREGATE ' ELSE 'DROP TYPE ' END,"
                        + " CASE WHEN A.ALIASTYPE IN ('A', 'G') THEN ' RESTRICT' ELSE '' END FROM SYS.SYSALIASES A"
                        + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = A.SCHEMAID WHERE A.ALIASTYPE <> 'S'",
                "SELECT S.SCHEMANAME, Q.SEQUENCENAME, 'DROP SEQUENCE ', ' RESTRICT' FROM SYS.SYSSEQUENCES Q"
                        + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = Q.SCHEMAID")) {
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    if (schemas.test(rows.getString(1))) {
                        drops.add(rows.getString(3)
                                + DerbyNames.quote(new TableName(rows.getString(1), rows.getString(2)))
                                + rows.getString(4));
                    }
                }
            }
        }
        for (DerbyConstraints.ForeignKey key : DerbyConstraints.foreignKeys(statement.getConnection(), Set.of())) {
            if (schemas.test(key.table().schema())) {
                drops.add(0, key.drop());
            }
        }
        for (String schema : texts(statement, "SELECT SCHEMANAME FROM SYS.SYSSCHEMAS")) {
            if (schemas.test(schema) && !schema.equals("APP")) {
                drops.add("DROP SCHEMA " + DerbyNames.quote(schema) + " RESTRICT");
            }
        }
        new UnsortedScript(drops).run(statement);
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
}
