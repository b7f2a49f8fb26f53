package org.batonjdbc.store.dialect.h2;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.dialect.Counter;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.dialect.RowTriggers;
import org.batonjdbc.store.dialect.SchemaScript;

/**
 * H2 in all its releases from 1.4.200 on. Which generation a store is of is asked of its connection each time, so that
 * one object serves them all; what differs stands in the class that knows the matter.
 */
public final class H2Dialect implements Dialect {
    private final RowTriggers rowTriggers = new H2RowTriggers();

    @Override
    public String engine() {
        return "H2";
    }

    @Override
    public String quote(String identifier) {
        return H2Names.quote(identifier);
    }

    @Override
    public boolean outlivesProcess(String jdbcUrl) {
        return H2Facts.outlivesProcess(jdbcUrl);
    }

    /** H2 writes half a second after the commit, unless it is told to do so now. */
    @Override
    public void makeDurable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    @Override
    public Optional<String> place(String jdbcUrl) {
        return H2Url.place(jdbcUrl);
    }

    @Override
    public String existingOnly(String jdbcUrl) {
        return H2Facts.existingOnly(jdbcUrl);
    }

    @Override
    public boolean isAbsent(SQLException e) {
        return H2Errors.isAbsent(e);
    }

    @Override
    public boolean isInUse(SQLException e) {
        return H2Errors.isInUse(e);
    }

    @Override
    public Optional<String> scratch(String jdbcUrl) {
        return H2Url.scratch(jdbcUrl);
    }

    @Override
    public Optional<Path> directory(String jdbcUrl) {
        return H2Url.directory(jdbcUrl);
    }

    @Override
    public Catalog catalog(Connection connection) throws SQLException {
        return H2Catalog.read(connection);
    }

    @Override
    public SchemaScript exportSchema(Connection connection, Catalog catalog, Set<TableName> excluded, Dialect upgraded)
            throws SQLException {
        return H2Schema.export(connection, catalog, excluded);
    }

    @Override
    public void build(Connection connection, List<String> statements) throws SQLException {
        H2Build.run(connection, statements);
    }

    @Override
    public void dropUserTriggers(Connection connection, Set<TableName> tables) throws SQLException {
        H2UserTriggers.drop(connection, tables);
    }

    @Override
    public void tidyBehindWith(Connection connection, String sql) throws SQLException {
        if (H2Names.isFirstGeneration(connection)) {
            RemainingViews.remove(connection, sql);
        }
    }

    @Override
    public void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
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
        return H2Values.read(rows, index, column);
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException {
        H2Values.bind(statement, index, value, column);
    }

    @Override
    public String parameter(Column column) {
        return "?";
    }

    @Override
    public String upsert(Table table, int rows) {
        return H2Writes.upsert(table, rows);
    }

    @Override
    public String insert(Table table, int rows) {
        return H2Writes.insert(table, rows);
    }

    @Override
    public boolean isDuplicateKey(SQLException e) {
        return H2Errors.isDuplicateKey(e);
    }

    @Override
    public boolean isSerializationFailure(SQLException e) {
        return H2Errors.isSerializationFailure(e);
    }

    /** The switch is the whole store's, and it is back on when the store is opened again. */
    @Override
    public void follow(Connection connection, boolean following) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET REFERENTIAL_INTEGRITY " + (following ? "FALSE" : "TRUE"));
        }
    }

    @Override
    public List<Counter> counters(Connection connection, List<Table> tables) throws SQLException {
        return H2Counters.read(connection, tables);
    }

    @Override
    public void advance(Connection connection, List<Counter> counters) throws SQLException {
        H2Counters.advance(connection, counters);
    }

    @Override
    public boolean isEmbedded(String jdbcUrl) {
        return !H2Facts.isRemote(jdbcUrl) && !H2Facts.isSharedByProcesses(jdbcUrl);
    }

    @Override
    public Optional<RowTriggers> rowTriggers() {
        return Optional.of(rowTriggers);
    }

    @Override
    public String version(Connection connection) throws SQLException {
        return H2Facts.version(connection);
    }

    @Override
    public Footprint footprint(Connection connection, String jdbcUrl, Catalog catalog) throws SQLException {
        return H2Facts.footprint(connection, jdbcUrl, catalog);
    }

    @Override
    public Optional<Integer> dataModel(Connection connection) throws SQLException {
        return H2Facts.dataModel(connection);
    }

    @Override
    public Optional<String> missingPrivilege(Connection connection) throws SQLException {
        return H2Facts.missingPrivilege(connection);
    }

    @Override
    public List<String> besidesTables(Connection connection) throws SQLException {
        return H2Facts.besidesTables(connection);
    }

    @Override
    public String allowingWords(List<String> words) {
        return "add ;NON_KEYWORDS=" + String.join(",", words) + " to the upgraded store's URL";
    }

    /** LENGTH means characters of texts and bytes of binary values, and has done so in all releases. */
    @Override
    public String length(Column column) {
        return "LENGTH(" + quote(column.name()) + ")";
    }

    @Override
    public boolean isReserved(Connection connection, String word) throws SQLException {
        return H2Facts.isReserved(connection, word);
    }
}
