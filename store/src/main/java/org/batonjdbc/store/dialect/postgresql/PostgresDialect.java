package org.batonjdbc.store.dialect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.batonjdbc.store.SqlState;
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

/** PostgreSQL 13 and later; what takes more than a statement stands in the class that knows the matter. */
public final class PostgresDialect implements Dialect {
    private static final String REPLICA = "SET session_replication_role = replica";
    /** A setting since 14. */
    private static final String NEVER_IDLE =
            "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings"
                    + " WHERE name = 'idle_session_timeout'";

    private static final String DENIED = "42501";
    /** The number of the lock that stands for a database in the middle of an upgrade: the letters BATON. */
    private static final long CLAIM = 0x4241544F4EL;

    private final KeyTriggers keyTriggers = new PostgresKeyTriggers();

    @Override
    public String engine() {
        return "PostgreSQL";
    }

    @Override
    public String quote(String identifier) {
        return PostgresNames.quote(identifier);
    }

    @Override
    public boolean outlivesProcess(String jdbcUrl) {
        return true;
    }

    /** What is written to its log is written in order: a commit that waits for the disk brings all before it there, too. */
    @Override
    public void makeDurable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_catalog.set_config('synchronous_commit', 'on', true), pg_catalog.txid_current()");
        }
    }

    @Override
    public Optional<String> place(String jdbcUrl) {
        return Optional.of(jdbcUrl.split("\\?", 2)[0]);
    }

    /** Connecting creates no database. */
    @Override
    public String existingOnly(String jdbcUrl) {
        return jdbcUrl;
    }

    @Override
    public Catalog catalog(Connection connection) throws SQLException {
        return PostgresCatalog.read(connection);
    }

    @Override
    public SchemaScript exportSchema(Connection connection, Catalog catalog, Set<TableName> excluded, Dialect upgraded)
            throws SQLException {
        return PostgresSchema.export(connection, catalog, excluded);
    }

    @Override
    public void build(Connection connection, List<String> statements) throws SQLException {
        PostgresSchema.build(connection, statements);
    }

    /** They do not fire for what a session writes that {@link #prepareWorker} has prepared. */
    @Override
    public void dropUserTriggers(Connection connection, Set<TableName> tables) {}

    @Override
    public void clear(Connection connection) throws SQLException {
        PostgresSchema.clear(connection);
    }

    @Override
    public Object read(ResultSet rows, int index, Column column) throws SQLException {
        return PostgresValues.read(rows, index, column);
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        PostgresValues.bind(statement, index, value);
    }

    @Override
    public String parameter(Column column) {
        return PostgresValues.parameter(column);
    }

    /** By a name of its own, or ORDER BY would take the text for the column, and sort 10 before 9. */
    @Override
    public String selected(Column column) {
        return PostgresValues.text(column, quote(column.name())) + " AS \"baton's text\"";
    }

    /** Else it would sort the whole table for each chunk. */
    @Override
    public String limited(String query, int rows) {
        return query + " LIMIT " + rows;
    }

    @Override
    public String upsert(Table table, int rows) {
        return PostgresWrites.upsert(table, rows);
    }

    @Override
    public String insert(Table table, int rows) {
        return PostgresWrites.insert(table, rows);
    }

    @Override
    public boolean isDuplicateKey(SQLException e) {
        return PostgresErrors.isDuplicateKey(e);
    }

    @Override
    public boolean isSerializationFailure(SQLException e) {
        return PostgresErrors.isSerializationFailure(e);
    }

    @Override
    public boolean isTimeout(SQLException e) {
        return PostgresErrors.isTimeout(e);
    }

    /** Foreign keys act and check for all sessions but those that {@link #prepareWorker} has prepared. */
    @Override
    public void follow(Connection connection, boolean following) {}

    @Override
    public List<Counter> counters(Connection connection, List<Table> tables) throws SQLException {
        return PostgresCounters.read(connection, tables);
    }

    @Override
    public void advance(Connection connection, List<Counter> counters) throws SQLException {
        PostgresCounters.advance(connection, counters);
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

    @Override
    public void createSchema(Statement statement, String schema) throws SQLException {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quote(schema));
        statement.execute("GRANT USAGE ON SCHEMA " + quote(schema) + " TO PUBLIC");
    }

    @Override
    public String binaryType(int length) {
        return "BYTEA";
    }

    @Override
    public boolean claim(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '5s'");
            statement.execute("SELECT pg_catalog.pg_advisory_lock(" + CLAIM + ")");
            statement.execute(NEVER_IDLE);
            return true;
        } catch (SQLException e) {
            if (SqlState.TIMED_OUT.code().equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Neither triggers nor foreign keys act for it, values have their exact text, and nothing ends it for its slowness. */
    @Override
    public void prepareWorker(Connection connection) throws SQLException {
        Map<String, String> settings = new TreeMap<>(PostgresValues.SETTINGS);
        settings.put("search_path", "pg_catalog");
        settings.put("row_security", "off");
        settings.put("synchronous_commit", "on");
        settings.put("default_transaction_isolation", "read committed");
        settings.put("default_transaction_read_only", "off");
        settings.put("statement_timeout", "0");
        // Whoever waits for a table holds up all behind him.
        settings.put("lock_timeout", "2s");
        settings.put("idle_in_transaction_session_timeout", "0");
        settings.put(NotingSql.SESSION, NotingSql.WORKER);
        try (Statement statement = connection.createStatement()) {
            statement.execute(REPLICA);
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
            statement.execute(NEVER_IDLE);
        }
    }

    @Override
    public String version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public Footprint footprint(Connection connection, String jdbcUrl, Catalog catalog) throws SQLException {
        return new Footprint(
                Long.parseLong(text(connection, "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())")),
                null);
    }

    @Override
    public Optional<Integer> dataModel(Connection connection) throws SQLException {
        String version = text(connection, "SELECT pg_catalog.version()");
        return version.contains("64-bit")
                ? Optional.of(64)
                : version.contains("32-bit") ? Optional.of(32) : Optional.empty();
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public Optional<String> missingPrivilege(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(REPLICA);
                return Optional.empty();
            } finally {
                statement.execute("RESET session_replication_role");
            }
        } catch (SQLException e) {
            if (DENIED.equals(e.getSQLState())) {
                return Optional.of("SUPERUSER, or SET ON PARAMETER session_replication_role");
            }
            throw e;
        }
    }

    @Override
    public List<Obstacle> obstacles(Connection connection, Set<TableName> excluded) throws SQLException {
        return PostgresObstacles.find(connection, excluded);
    }

    @Override
    public boolean isReserved(Connection connection, String word) throws SQLException {
        return NameProbe.STANDARD.isReserved(connection, word);
    }

    @Override
    public String length(Column column) {
        return "pg_catalog.length(" + PostgresValues.text(column, quote(column.name())) + ")";
    }
}
