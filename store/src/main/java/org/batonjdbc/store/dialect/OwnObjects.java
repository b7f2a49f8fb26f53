package org.batonjdbc.store.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.batonjdbc.store.catalog.TableName;

/** How an engine makes and drops Baton's own schema and tables; what is here suits most. */
public interface OwnObjects {
    /** The identifier in the engine's quotes, with quotes inside it doubled: safe in any SQL text. */
    String quote(String identifier);

    /** The table's qualified name, quoted. */
    default String quote(TableName name) {
        return quote(name.schema()) + "." + quote(name.name());
    }

    /** Makes a schema for Baton, unless it is there, in which every user finds what is granted to him. */
    default void createSchema(Statement statement, String schema) throws SQLException {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quote(schema));
    }

    /** Drops the schema and all that is in it, if it is there. */
    default void dropSchema(Statement statement, String schema) throws SQLException {
        statement.execute("DROP SCHEMA IF EXISTS " + quote(schema) + " CASCADE");
    }

    /** Makes a table unless it is there; {@code columns} are what stands between the parentheses. */
    default void createTable(Statement statement, TableName table, String columns) throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS " + quote(table) + "(" + columns + ")");
    }

    /** Whether there is such a table. */
    default boolean hasTable(Connection connection, TableName table) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, table.schema(), table.name(), null)) {
            return tables.next();
        }
    }

    /** Drops a table if it is there. */
    default void dropTable(Statement statement, TableName table) throws SQLException {
        statement.execute("DROP TABLE IF EXISTS " + quote(table));
    }

    /** Lets every user do that with the table. */
    default void grantToAll(Statement statement, String privilege, TableName table) throws SQLException {
        statement.execute("GRANT " + privilege + " ON " + quote(table) + " TO PUBLIC");
    }

    /** The type of a column for so many bytes. */
    default String binaryType(int length) {
        return "VARBINARY(" + length + ")";
    }
}
