package org.batonjdbc.store.dialect.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.dialect.NameProbe;
import org.batonjdbc.store.dialect.Obstacle;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.dialect.SchemaScript;
import org.batonjdbc.store.dialect.UnsortedScript;

/** Apache Derby 10.14 and later; what takes more than a statement stands in the class that knows the matter. */
public final class DerbyDialect implements Dialect {
    /** In a statement that follows the schema in which it is to be compiled. */
    private static final Pattern SET_SCHEMA = Pattern.compile("(?s)(SET SCHEMA \"[^;]*\");\n(.*)");

    /** The longest that bytes may be outside of a large object. */
    private static final int LONGEST_BINARY = 32_672;

    private final KeyTriggers keyTriggers = new DerbyKeyTriggers();

    @Override
    public String engine() {
        return "Derby";
    }

    @Override
    public String quote(String identifier) {
        return DerbyNames.quote(identifier);
    }

    @Override
    public boolean outlivesProcess(String jdbcUrl) {
        return !DerbyUrl.isInMemory(jdbcUrl);
    }

    @Override
    public String existingOnly(String jdbcUrl) {
        return DerbyUrl.existingOnly(jdbcUrl);
    }

    @Override
    public boolean isAbsent(SQLException e) {
        return DerbyErrors.isAbsent(e);
    }

    @Override
    public boolean isInUse(SQLException e) {
        return DerbyErrors.isInUse(e);
    }

    @Override
    public Optional<String> scratch(String jdbcUrl) {
        return DerbyUrl.scratch(jdbcUrl);
    }

    @Override
    public Optional<String> place(String jdbcUrl) {
        return Optional.of(DerbyUrl.where(jdbcUrl));
    }

    @Override
    public Optional<Path> directory(String jdbcUrl) {
        return DerbyUrl.directory(jdbcUrl);
    }

    @Override
    public Catalog catalog(Connection connection) throws SQLException {
        return DerbyCatalog.read(connection);
    }

    /** Derby was retired, and its users move to H2. */
    @Override
    public boolean exportsTo(Dialect other) {
        return Dialect.super.exportsTo(other) || other.engine().equals("H2");
    }

    @Override
    public SchemaScript exportSchema(Connection connection, Catalog catalog, Set<TableName> excluded, Dialect upgraded)
            throws SQLException {
        return DerbySchema.export(connection, catalog, excluded, !engine().equals(upgraded.engine()));
    }

    @Override
    public void build(Connection connection, List<String> statements) throws SQLException {
        String before = connection.getSchema();
        try (Statement statement = connection.createStatement()) {
            try {
                new UnsortedScript(statements).run(sql -> build(connection, statement, sql));
            } finally {
                // A user's own schema need not be there.
                if (connection.getMetaData().getSchemas(null, before).next()) {
                    statement.execute("SET SCHEMA " + quote(before));
                }
            }
        }
    }

    private static void build(Connection connection, Statement statement, String sql) throws SQLException {
        var compiled = SET_SCHEMA.matcher(sql);
        if (Parked.waits(sql)) {
            Parked.add(connection, sql);
        } else if (sql.startsWith("CREATE SCHEMA ")) {
            DerbyOwnObjects.createSchema(
                    statement,
                    sql.substring("CREATE SCHEMA \"".length(), sql.length() - 1).replace("\"\"", "\""));
        } else if (compiled.matches()) {
            statement.execute(compiled.group(1));
            statement.execute(compiled.group(2));
        } else {
            statement.execute(sql);
        }
    }

    @Override
    public void dropUserTriggers(Connection connection, Set<TableName> tables) throws SQLException {
        DerbyTriggers.drop(connection, tables);
    }

    @Override
    public void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            DerbyOwnObjects.drop(statement, schema -> DerbyNames.isUsers(schema) || schema.equals(DerbyNames.BATON));
        }
    }

    @Override
    public Optional<String> closing(String jdbcUrl) {
        return DerbyUrl.closing(jdbcUrl);
    }

    @Override
    public Optional<String> closingEngine() {
        return Optional.of("jdbc:derby:;shutdown=true;deregister=true");
    }

    @Override
    public boolean isClosed(SQLException e) {
        return DerbyErrors.isClosed(e);
    }

    @Override
    public Object read(ResultSet rows, int index, Column column) throws SQLException {
        return DerbyValues.read(rows, index, column);
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        DerbyValues.bind(statement, index, value, column);
    }

    @Override
    public String parameter(Column column) {
        return DerbyValues.parameter(column);
    }

    @Override
    public String selected(Column column) {
        return DerbyValues.selected(column, quote(column.name()));
    }

    @Override
    public String limited(String query, int rows) {
        return query + " FETCH FIRST " + rows + " ROWS ONLY";
    }

    @Override
    public boolean upserts() {
        return false;
    }

    /** MERGE of Derby takes rows from tables alone. */
    @Override
    public String upsert(Table table, int rows) {
        throw new UnsupportedOperationException("Derby has no statement that inserts or overwrites rows");
    }

    @Override
    public String insert(Table table, int rows) {
        return DerbyWrites.insert(table, rows);
    }

    @Override
    public boolean isDuplicateKey(SQLException e) {
        return DerbyErrors.isDuplicateKey(e);
    }

    @Override
    public boolean isSerializationFailure(SQLException e) {
        return DerbyErrors.isSerializationFailure(e);
    }

    @Override
    public boolean isTimeout(SQLException e) {
        return DerbyErrors.isTimeout(e);
    }

    /** Nobody can switch them off, so they are dropped, and made again when the store serves. */
    @Override
    public void follow(Connection connection, boolean following) throws SQLException {
        if (following) {
            Parked.park(connection);
        } else {
            Parked.restore(connection);
        }
    }

    @Override
    public List<Counter> counters(Connection connection, List<Table> tables) throws SQLException {
        return DerbyCounters.read(connection, tables);
    }

    @Override
    public void advance(Connection connection, List<Counter> counters) throws SQLException {
        DerbyCounters.advance(connection, counters);
    }

    @Override
    public boolean isEmbedded(String jdbcUrl) {
        return !DerbyUrl.isRemote(jdbcUrl);
    }

    /** The triggers call a class of Baton's, which a server does not have. */
    @Override
    public boolean captures(String jdbcUrl) {
        return isEmbedded(jdbcUrl);
    }

    @Override
    public Optional<RowTriggers> rowTriggers() {
        return Optional.empty();
    }

    @Override
    public Optional<KeyTriggers> keyTriggers() {
        return Optional.of(keyTriggers);
    }

    @Override
    public void createSchema(Statement statement, String schema) throws SQLException {
        DerbyOwnObjects.createSchema(statement, schema);
    }

    @Override
    public void dropSchema(Statement statement, String schema) throws SQLException {
        DerbyOwnObjects.drop(statement, schema::equals);
    }

    @Override
    public void createTable(Statement statement, TableName table, String columns) throws SQLException {
        DerbyOwnObjects.createTable(statement, table, columns);
    }

    @Override
    public void dropTable(Statement statement, TableName table) throws SQLException {
        DerbyOwnObjects.dropTable(statement, table);
    }

    @Override
    public void grantToAll(Statement statement, String privilege, TableName table) throws SQLException {
        DerbyOwnObjects.grantToAll(statement, privilege, table);
    }

    @Override
    public String binaryType(int length) {
        return length > LONGEST_BINARY ? "BLOB(" + length + ")" : "VARCHAR(" + length + ") FOR BIT DATA";
    }

    /** By its current schema the triggers know it. */
    @Override
    public void prepareWorker(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            DerbyOwnObjects.createSchema(statement, DerbyNames.BATON);
            statement.execute("SET SCHEMA " + quote(DerbyNames.BATON));
        }
    }

    @Override
    public String version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public Footprint footprint(Connection connection, String jdbcUrl, Catalog catalog) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT SUM(CAST(NUMALLOCATEDPAGES AS BIGINT) * PAGESIZE)"
                        + " FROM TABLE(SYSCS_DIAG.SPACE_TABLE()) T")) {
            row.next();
            return new Footprint(row.getLong(1), directory(jdbcUrl).orElse(null));
        }
    }

    /** An embedded engine lives in this process; of a server nobody can tell. */
    @Override
    public Optional<Integer> dataModel(Connection connection) throws SQLException {
        return isEmbedded(connection.getMetaData().getURL())
                ? Optional.of(System.getProperty("os.arch").contains("64") ? 64 : 32)
                : Optional.empty();
    }

    @Override
    public Optional<String> missingPrivilege(Connection connection) throws SQLException {
        return DerbyObstacles.missingPrivilege(connection);
    }

    @Override
    public List<Obstacle> obstacles(Connection connection, Set<TableName> excluded) throws SQLException {
        return DerbyObstacles.find(connection, excluded);
    }

    @Override
    public List<Obstacle> obstaclesToOther(Connection connection, Set<TableName> excluded) throws SQLException {
        return DerbyObstacles.toOther(connection, excluded);
    }

    @Override
    public boolean isReserved(Connection connection, String word) throws SQLException {
        return NameProbe.STANDARD.isReserved(connection, word);
    }

    @Override
    public String length(Column column) {
        return "LENGTH(" + quote(column.name()) + ")";
    }
}
