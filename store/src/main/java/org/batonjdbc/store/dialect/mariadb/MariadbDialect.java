package org.batonjdbc.store.dialect.mariadb;

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
import org.batonjdbc.store.catalog.UserTrigger;
import org.batonjdbc.store.dialect.Counter;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.KeyTriggers;
import org.batonjdbc.store.dialect.NameProbe;
import org.batonjdbc.store.dialect.Obstacle;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.dialect.SchemaScript;

/** MariaDB 10.11 and later; what takes more than a statement stands in the class that knows the matter. */
public final class MariadbDialect implements Dialect {
    private static final NameProbe NAMES = new NameProbe(
            Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*"), "SELECT %1$s FROM (SELECT 'baton' AS %1$s) AS T");
    private static final Pattern BULK = Pattern.compile("(?i)([?&])useBulkStmts(?:ForInserts)?=[^&]*&?");
    private static final Pattern CREATES = Pattern.compile("(?i)createDatabaseIfNotExist=true");
    private static final int LONGEST_VARBINARY = 16_000;
    private static final String MISSING =
            "SELECT GROUP_CONCAT(n.p SEPARATOR ', ') FROM (SELECT 'SELECT' AS p UNION SELECT 'INSERT' UNION SELECT"
                    + " 'UPDATE' UNION SELECT 'DELETE' UNION SELECT 'CREATE' UNION SELECT 'DROP' UNION SELECT 'ALTER' UNION"
                    + " SELECT 'INDEX' UNION SELECT 'REFERENCES' UNION SELECT 'TRIGGER' UNION SELECT 'EXECUTE' UNION SELECT"
                    + " 'CREATE ROUTINE' UNION SELECT 'ALTER ROUTINE' UNION SELECT 'CREATE VIEW' UNION SELECT 'SHOW VIEW'"
                    + " UNION SELECT 'CREATE TEMPORARY TABLES') n WHERE n.p NOT IN (SELECT PRIVILEGE_TYPE FROM"
                    + " information_schema.USER_PRIVILEGES WHERE IS_GRANTABLE = 'YES' AND GRANTEE = CONCAT('''',"
                    + " REPLACE(CURRENT_USER(), '@', '''@'''), ''''))";

    private static final List<String> WORKER = List.of(
            "SET SESSION sql_mode = '" + Session.MODE + "'",
            "SET SESSION time_zone = '+00:00'",
            // The following store never cascades, and takes every row that the other one had taken.
            "SET SESSION foreign_key_checks = 0",
            "SET SESSION check_constraint_checks = 0",
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE",
            "SET SESSION wait_timeout = 31536000",
            "SET SESSION max_statement_time = 0",
            "SET SESSION idle_transaction_timeout = 0",
            "SET SESSION idle_write_transaction_timeout = 0",
            // Whoever waits for a table holds up all behind him.
            "SET SESSION lock_wait_timeout = 5",
            "SET SESSION sql_safe_updates = 0",
            "SET " + NotingSql.WORKER);

    private final KeyTriggers keyTriggers = new MariadbKeyTriggers();

    @Override
    public String engine() {
        return "MariaDB";
    }

    @Override
    public String quote(String identifier) {
        return MariadbNames.quote(identifier);
    }

    @Override
    public boolean outlivesProcess(String jdbcUrl) {
        return true;
    }

    /**
     * Without the driver's bulk protocol, which it uses for batches unless told otherwise: on a table with a trigger the
     * server (10.11.5) ends such an INSERT at the first row that is there already, and reports success.
     */
    @Override
    public String opened(String jdbcUrl) {
        String without = BULK.matcher(jdbcUrl).replaceAll("$1");
        char last = without.charAt(without.length() - 1);
        String separator = without.indexOf('?') < 0 ? "?" : last == '?' || last == '&' ? "" : "&";
        return without + separator + "useBulkStmts=false&useBulkStmtsForInserts=false";
    }

    @Override
    public String existingOnly(String jdbcUrl) {
        return CREATES.matcher(opened(jdbcUrl)).replaceAll("createDatabaseIfNotExist=false");
    }

    @Override
    public boolean isAbsent(SQLException e) {
        return e.getErrorCode() == MariadbErrors.NO_DATABASE;
    }

    @Override
    public Catalog catalog(Connection connection) throws SQLException {
        return MariadbCatalog.read(connection);
    }

    @Override
    public SchemaScript exportSchema(Connection connection, Catalog catalog, Set<TableName> excluded, Dialect upgraded)
            throws SQLException {
        return MariadbSchema.export(connection, catalog, excluded);
    }

    @Override
    public void build(Connection connection, List<String> statements) throws SQLException {
        MariadbSchema.build(connection, statements);
    }

    @Override
    public void dropUserTriggers(Connection connection, Set<TableName> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (UserTrigger trigger : catalog(connection).triggers()) {
                if (tables.contains(trigger.table())) {
                    statement.execute("DROP TRIGGER "
                            + quote(new TableName(trigger.table().schema(), trigger.name())));
                }
            }
        }
    }

    @Override
    public void clear(Connection connection) throws SQLException {
        MariadbSchema.clear(connection);
        try (Statement statement = connection.createStatement()) {
            dropSchema(statement, MariadbNames.BATON);
        }
    }

    @Override
    public Object read(ResultSet rows, int index, Column column) throws SQLException {
        return MariadbValues.read(rows, index, column);
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        MariadbValues.bind(statement, index, value);
    }

    @Override
    public String parameter(Column column) {
        return MariadbValues.parameter(column);
    }

    @Override
    public String selected(Column column) {
        return MariadbValues.value(column, quote(column.name()));
    }

    @Override
    public String limited(String query, int rows) {
        return query + " LIMIT " + rows;
    }

    @Override
    public String upsert(Table table, int rows) {
        return MariadbWrites.upsert(table, rows);
    }

    @Override
    public String insert(Table table, int rows) {
        return MariadbWrites.insert(table, rows);
    }

    @Override
    public boolean isDuplicateKey(SQLException e) {
        return MariadbErrors.isDuplicateKey(e);
    }

    @Override
    public boolean isSerializationFailure(SQLException e) {
        return MariadbErrors.isSerializationFailure(e);
    }

    @Override
    public boolean isTimeout(SQLException e) {
        return MariadbErrors.isTimeout(e);
    }

    /** Foreign keys act and check for all sessions but those that {@link #prepareWorker} has prepared. */
    @Override
    public void follow(Connection connection, boolean following) {}

    @Override
    public List<Counter> counters(Connection connection, List<Table> tables) throws SQLException {
        return MariadbCounters.read(connection, tables);
    }

    @Override
    public void advance(Connection connection, List<Counter> counters) throws SQLException {
        MariadbCounters.advance(connection, counters);
    }

    @Override
    public boolean isEmbedded(String jdbcUrl) {
        return false;
    }

    @Override
    public Optional<RowTriggers> rowTriggers() {
        return Optional.empty();
    }

    @Override
    public boolean hidesBegin() {
        return true;
    }

    @Override
    public Optional<KeyTriggers> keyTriggers() {
        return Optional.of(keyTriggers);
    }

    /** Names in it are told apart by their bytes, as they are in a catalog. */
    @Override
    public void createSchema(Statement statement, String schema) throws SQLException {
        statement.execute(
                "CREATE DATABASE IF NOT EXISTS " + quote(schema) + " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
        statement.execute("GRANT EXECUTE ON " + quote(schema) + ".* TO PUBLIC");
    }

    /** What triggers need that could not be dropped, or that keep out writers of a store that was replaced, stays. */
    @Override
    public void dropSchema(Statement statement, String schema) throws SQLException {
        if (MariadbKeyTriggers.areLeft(statement)) {
            for (String table : MariadbKeyTriggers.texts(
                    statement,
                    "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '" + schema
                            + "' AND TABLE_NAME NOT RLIKE '^(NOTES|ADMITTED|OPEN)_'")) {
                dropTable(statement, new TableName(schema, table));
            }
            return;
        }
        statement.execute("DROP DATABASE IF EXISTS " + quote(schema));
        try {
            statement.execute("REVOKE EXECUTE ON " + quote(schema) + ".* FROM PUBLIC");
        } catch (SQLException e) {
            if (!MariadbErrors.NO_GRANT.contains(e.getErrorCode())) {
                throw e;
            }
        }
    }

    @Override
    public boolean hasTable(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public String binaryType(int length) {
        return length <= LONGEST_VARBINARY ? "VARBINARY(" + length + ")" : "LONGBLOB";
    }

    @Override
    public boolean claim(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION wait_timeout = 31536000");
        }
        return "1".equals(Session.text(connection, "SELECT GET_LOCK('" + MariadbNames.BATON + "', 5)"));
    }

    @Override
    public void prepareWorker(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : WORKER) {
                statement.execute(setting);
            }
        }
    }

    @Override
    public String version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public Footprint footprint(Connection connection, String jdbcUrl, Catalog catalog) throws SQLException {
        String bytes = Session.text(
                connection,
                "SELECT COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) FROM information_schema.TABLES WHERE TABLE_SCHEMA ="
                        + " DATABASE()");
        return new Footprint(Long.parseLong(bytes), null);
    }

    @Override
    public Optional<Integer> dataModel(Connection connection) throws SQLException {
        String machine = Session.text(connection, "SELECT @@version_compile_machine");
        return machine == null ? Optional.empty() : Optional.of(machine.contains("64") ? 64 : 32);
    }

    /** For all databases, because Baton's is one of its own. */
    @Override
    public Optional<String> missingPrivilege(Connection connection) throws SQLException {
        return Optional.ofNullable(Session.text(connection, MISSING))
                .map(missing -> missing + " ON *.* WITH GRANT OPTION");
    }

    @Override
    public List<Obstacle> obstacles(Connection connection, Set<TableName> excluded) throws SQLException {
        return MariadbObstacles.find(connection, excluded);
    }

    /** Statements, views and routines may name the database that they use. */
    @Override
    public Optional<Obstacle> mismatch(Connection active, Connection upgraded) throws SQLException {
        String query = "SELECT DATABASE()";
        String here = Session.text(active, query);
        String there = Session.text(upgraded, query);
        return here != null && here.equals(there)
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        true,
                        "database " + there,
                        "the active store's is called " + here + ", and statements may use that name",
                        "create a database " + here + " on the upgraded server and name it in the URL"));
    }

    @Override
    public boolean isReserved(Connection connection, String word) throws SQLException {
        return NAMES.isReserved(connection, word);
    }
}
