package org.batonjdbc.store.dialect.hsqldb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.NameProbe;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.dialect.SchemaScript;

/** HSQLDB 2.x; what takes more than a statement stands in the class that knows the matter. */
public final class HsqldbDialect implements Dialect {
    /** Of a row with a handful of columns, with its entry in the primary key; measured. */
    private static final long BYTES_PER_ROW = 280;

    private static final long BYTES_PER_FURTHER_INDEX = 60;

    private final RowTriggers rowTriggers = new HsqldbRowTriggers();

    @Override
    public String engine() {
        return "HSQLDB";
    }

    @Override
    public String quote(String identifier) {
        return HsqldbNames.quote(identifier);
    }

    @Override
    public boolean outlivesProcess(String jdbcUrl) {
        return !HsqldbUrl.isInMemory(jdbcUrl);
    }

    /** HSQLDB writes to its log half a second after the commit, unless it is told to wait for nothing: that writes it out. */
    @Override
    public void makeDurable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long delay;
            try (ResultSet row = statement.executeQuery("SELECT PROPERTY_VALUE FROM"
                    + " INFORMATION_SCHEMA.SYSTEM_PROPERTIES WHERE PROPERTY_NAME = 'hsqldb.write_delay_millis'")) {
                row.next();
                delay = row.getLong(1);
            }
            if (delay > 0) {
                try {
                    statement.execute("SET FILES WRITE DELAY 0 MILLIS");
                } finally {
                    statement.execute("SET FILES WRITE DELAY " + delay + " MILLIS");
                }
            }
        }
    }

    @Override
    public Optional<String> place(String jdbcUrl) {
        return HsqldbUrl.where(jdbcUrl);
    }

    @Override
    public String existingOnly(String jdbcUrl) {
        return HsqldbUrl.existingOnly(jdbcUrl);
    }

    @Override
    public boolean isAbsent(SQLException e) {
        return HsqldbErrors.isAbsent(e);
    }

    @Override
    public boolean isInUse(SQLException e) {
        return HsqldbErrors.isInUse(e);
    }

    @Override
    public Optional<String> scratch(String jdbcUrl) {
        return HsqldbUrl.scratch(jdbcUrl);
    }

    @Override
    public Optional<Path> directory(String jdbcUrl) {
        return HsqldbUrl.directory(jdbcUrl);
    }

    @Override
    public Catalog catalog(Connection connection) throws SQLException {
        return HsqldbCatalog.read(connection);
    }

    /** H2 builds most of what HSQLDB writes, once the settings, users and roles are left out. */
    @Override
    public boolean exportsTo(Dialect other) {
        return Dialect.super.exportsTo(other) || other.engine().equals("H2");
    }

    @Override
    public SchemaScript exportSchema(Connection connection, Catalog catalog, Set<TableName> excluded, Dialect upgraded)
            throws SQLException {
        return HsqldbSchema.export(connection, catalog, excluded, !engine().equals(upgraded.engine()));
    }

    @Override
    public void build(Connection connection, List<String> statements) throws SQLException {
        HsqldbSchema.build(connection, statements);
    }

    @Override
    public void dropUserTriggers(Connection connection, Set<TableName> tables) throws SQLException {
        HsqldbUserTriggers.drop(connection, tables);
    }

    /** PUBLIC is the one schema that is there again at once. */
    @Override
    public void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> schemas = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA")) {
                while (rows.next()) {
                    String schema = rows.getString(1);
                    if (HsqldbNames.isUsers(schema) || schema.equals(HsqldbNames.BATON)) {
                        schemas.add(schema);
                    }
                }
            }
            for (String schema : schemas) {
                statement.execute("DROP SCHEMA " + quote(schema) + " CASCADE");
            }
        }
    }

    @Override
    public void shutDown(Connection connection, String jdbcUrl) throws SQLException {
        if (isEmbedded(jdbcUrl)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        }
    }

    @Override
    public Object read(ResultSet rows, int index, Column column) throws SQLException {
        return HsqldbValues.read(rows, index, column);
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        HsqldbValues.bind(statement, index, value, column);
    }

    @Override
    public String parameter(Column column) {
        return "?";
    }

    @Override
    public String upsert(Table table, int rows) {
        return HsqldbWrites.upsert(table, rows);
    }

    @Override
    public String insert(Table table, int rows) {
        return HsqldbWrites.insert(table, rows);
    }

    @Override
    public boolean isDuplicateKey(SQLException e) {
        return HsqldbErrors.isDuplicateKey(e);
    }

    @Override
    public boolean isSerializationFailure(SQLException e) {
        return HsqldbErrors.isSerializationFailure(e);
    }

    /** The switch is the whole store's. */
    @Override
    public void follow(Connection connection, boolean following) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET DATABASE REFERENTIAL INTEGRITY " + (following ? "FALSE" : "TRUE"));
        }
    }

    @Override
    public List<Counter> counters(Connection connection, List<Table> tables) throws SQLException {
        return HsqldbCounters.read(connection, tables);
    }

    @Override
    public void advance(Connection connection, List<Counter> counters) throws SQLException {
        HsqldbCounters.advance(connection, counters);
    }

    @Override
    public boolean isEmbedded(String jdbcUrl) {
        return !HsqldbUrl.isRemote(jdbcUrl);
    }

    @Override
    public Optional<RowTriggers> rowTriggers() {
        return Optional.of(rowTriggers);
    }

    @Override
    public String version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public Footprint footprint(Connection connection, String jdbcUrl, Catalog catalog) throws SQLException {
        long bytes = 0;
        try (Statement statement = connection.createStatement()) {
            for (Table table : catalog.tables()) {
                try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + quote(table.name()))) {
                    rows.next();
                    bytes += rows.getLong(1)
                            * (BYTES_PER_ROW
                                    + BYTES_PER_FURTHER_INDEX * table.uniques().size());
                }
            }
        }
        return new Footprint(bytes, directory(jdbcUrl).orElse(null));
    }

    /** The engine lives in this process. */
    @Override
    public Optional<Integer> dataModel(Connection connection) {
        return Optional.of(System.getProperty("os.arch").contains("64") ? 64 : 32);
    }

    @Override
    public Optional<String> missingPrivilege(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SYSTEM_USERS WHERE USER_NAME = CURRENT_USER AND ADMIN")) {
            rows.next();
            return rows.getInt(1) > 0 ? Optional.empty() : Optional.of("DBA");
        }
    }

    @Override
    public boolean isReserved(Connection connection, String word) throws SQLException {
        return NameProbe.STANDARD.isReserved(connection, word);
    }
}
