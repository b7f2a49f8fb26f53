package org.batonjdbc.store.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;
import org.batonjdbc.store.catalog.ValueKind;

/**
 * Everything in which one engine differs from another; nothing else in Baton asks which engine it is. Implementations
 * are stateless and safe for any thread. Connections are the caller's: a dialect neither commits (but where the engine's
 * own DDL does) nor closes them.
 */
public interface Dialect extends OwnObjects {
    /** The engine's name, such as {@code H2}. */
    String engine();

    /** Whether a store of that URL keeps its rows when the process ends. */
    boolean outlivesProcess(String jdbcUrl);

    /**
     * Returns when everything that is committed would still be there if the process, or the machine, died now. Engines that
     * write later than they commit need to be told; the connection is in autocommit mode.
     */
    default void makeDurable(Connection connection) throws SQLException {}

    /** The URL with which connections are opened: as it is, but for options of the driver under which capture fails. */
    default String opened(String jdbcUrl) {
        return jdbcUrl;
    }

    /** The URL to look at a store without creating it: connecting fails where there is none. */
    String existingOnly(String jdbcUrl);

    /** Whether what was thrown by connecting to {@link #existingOnly} says that there is no such store yet. */
    default boolean isAbsent(SQLException e) {
        return false;
    }

    /** Whether what was thrown by connecting says that another process has the store, and shares it with nobody. */
    default boolean isInUse(SQLException e) {
        return false;
    }

    /**
     * The URL of a new store of the same engine and settings, in memory, that goes with its last connection; empty where
     * the engine has none, or another process's engine is the one that matters.
     */
    default Optional<String> scratch(String jdbcUrl) {
        return Optional.empty();
    }

    /**
     * What a URL says of where the rows are, without options: the same text however it writes the place; empty for a database
     * without a name, which each connection has of its own. The URL may have lost its passwords.
     */
    default Optional<String> place(String jdbcUrl) {
        return Optional.of(jdbcUrl);
    }

    /** The directory on this machine in which the store has its files, or will have them; empty if it has none here. */
    default Optional<Path> directory(String jdbcUrl) {
        return Optional.empty();
    }

    /** What the store holds for its users, without Baton's own schema. */
    Catalog catalog(Connection connection) throws SQLException;

    // ---- schema

    /** Whether a schema that this engine exports is, but for single objects, one that the other builds. */
    default boolean exportsTo(Dialect other) {
        return engine().equals(other.engine());
    }

    /**
     * The engine's own export of its schema, sorted by when the statements may run; without the excluded tables, and
     * for another engine without what only this one has, such as settings and users.
     */
    SchemaScript exportSchema(Connection connection, Catalog catalog, Set<TableName> excluded, Dialect upgraded)
            throws SQLException;

    /**
     * Runs statements that {@link #exportSchema} of this engine (of any older release) made, allowing for what the
     * release they come from wrote differently.
     *
     * @throws SQLException naming the statement that the engine refuses
     */
    void build(Connection connection, List<String> statements) throws SQLException;

    /** Drops the users' own triggers on these tables, which must never fire while Baton writes. */
    void dropUserTriggers(Connection connection, Set<TableName> tables) throws SQLException;

    /** Removes everything from a store that was built by Baton, users' objects and Baton's alike; CANCEL's last step. */
    void clear(Connection connection) throws SQLException;

    /**
     * Shuts the store down for all its connections if it lives in this process, which is the end of a database in memory;
     * does nothing where the store is a server's.
     */
    default void shutDown(Connection connection, String jdbcUrl) throws SQLException {}

    /**
     * The URL to which a connection is asked for to shut the store down, with an error that says {@link #isClosed}; empty
     * where {@link #shutDown} does it all.
     */
    default Optional<String> closing(String jdbcUrl) {
        return Optional.empty();
    }

    /** As {@link #closing}, for an engine that no store is open in any more, and that would leave something running. */
    default Optional<String> closingEngine() {
        return Optional.empty();
    }

    /** Whether what was thrown by connecting to {@link #closing} or {@link #closingEngine} says that it is done. */
    default boolean isClosed(SQLException e) {
        return false;
    }

    // ---- rows

    /** Reads a column's value into the carrier of its kind; large objects come as handles of the open connection. */
    Object read(ResultSet rows, int index, Column column) throws SQLException;

    /** Binds a value in its kind's carrier to a parameter that is written to this column; null is allowed. */
    void bind(PreparedStatement statement, int index, Object value, Column column) throws SQLException;

    /** How a parameter for this column is written in SQL, such as {@code ?} or {@code CAST(? AS ...)}. */
    String parameter(Column column);

    /** How a column is selected so that {@link #read} gets its exact value; the quoted name, for most. */
    default String selected(Column column) {
        return quote(column.name());
    }

    /** A query that returns so many rows at most; for engines that plan it better when they know. */
    default String limited(String query, int rows) {
        return query;
    }

    /** Whether there is such a statement as {@link #upsert}; else rows are removed, and inserted. */
    default boolean upserts() {
        return true;
    }

    /** A statement that inserts or overwrites this many rows with values for all columns of the table. */
    String upsert(Table table, int rows);

    /** A statement that inserts this many rows with values for all columns, identity columns included. */
    String insert(Table table, int rows);

    /** Whether an exception says that a unique key is already there. */
    boolean isDuplicateKey(SQLException e);

    /** Whether an exception, or one along its chain, says that the engine gave up a transaction: a deadlock, or a conflict. */
    boolean isSerializationFailure(SQLException e);

    /** Whether an exception says that a statement has run into its timeout. */
    default boolean isTimeout(SQLException e) {
        return e instanceof SQLTimeoutException;
    }

    /**
     * Turns the store into a follower, on which foreign keys neither act nor check, or back into a store that serves
     * applications. Where the engine has the switch per session, it holds for this connection.
     */
    void follow(Connection connection, boolean following) throws SQLException;

    // ---- counters

    /** The next value of each sequence and identity column of the named tables, never below MAX(column) + 1. */
    List<Counter> counters(Connection connection, List<Table> tables) throws SQLException;

    /** Sets the counters so that the next values are these; where a counter is there already, nothing is done. */
    void advance(Connection connection, List<Counter> counters) throws SQLException;

    // ---- capture

    /** Whether a store of that URL lives in this process, so that its triggers can call back. */
    boolean isEmbedded(String jdbcUrl);

    /** How this engine calls back for each changed row, where it can; empty where statements must be understood. */
    Optional<RowTriggers> rowTriggers();

    /** How this engine notes the keys of changed rows by itself, where it is a server that can. */
    default Optional<KeyTriggers> keyTriggers() {
        return Optional.empty();
    }

    /** Whether changes of a store of that URL can be captured. */
    default boolean captures(String jdbcUrl) {
        return keyTriggers().isPresent() || isEmbedded(jdbcUrl);
    }

    /**
     * Takes away what an INSERT, of a query that begins with WITH, has left in its session where that is dangerous; commits
     * nothing, and does nothing on engines that leave nothing.
     *
     * @param sql the text of the INSERT; what is not named in it was left by others, and stays
     */
    default void tidyBehindWith(Connection connection, String sql) throws SQLException {}

    /** Whether the driver says that autocommit is on also in a transaction that BEGIN, as SQL text, has begun. */
    default boolean hidesBegin() {
        return false;
    }

    /** The one of both that this engine has. */
    default Optional<? extends CaptureTriggers> captureTriggers() {
        return rowTriggers().isPresent() ? rowTriggers() : keyTriggers();
    }

    // ---- Baton's own sessions

    /** Prepares a session in which Baton works, and nobody else ever will; in either store of an upgrade. */
    default void prepareWorker(Connection connection) throws SQLException {}

    /**
     * Claims the store for this process, for as long as the connection lives; waits a moment for one that is just ending.
     *
     * @return false if another process has it
     */
    default boolean claim(Connection connection) throws SQLException {
        return true;
    }

    // ---- preflight

    /** What an upgrade would leave behind or could not carry, as far as it is not in the statements that it would run. */
    default List<Obstacle> obstacles(Connection connection, Set<TableName> excluded) throws SQLException {
        return List.of();
    }

    /** As {@link #obstacles}, and besides, when the upgraded store is another engine's. */
    default List<Obstacle> obstaclesToOther(Connection connection, Set<TableName> excluded) throws SQLException {
        return List.of();
    }

    /** What a store without tables holds all the same, such as {@code view PUBLIC.V}; empty where that is not known. */
    default List<String> besidesTables(Connection connection) throws SQLException {
        return List.of();
    }

    /** What keeps these two stores of this engine from standing for one another, whatever they hold. */
    default Optional<Obstacle> mismatch(Connection active, Connection upgraded) throws SQLException {
        return Optional.empty();
    }

    /** The engine's version as it reports it, such as {@code 1.4.200}. */
    String version(Connection connection) throws SQLException;

    /** What the store takes of memory or disk, and of which. */
    Footprint footprint(Connection connection, String jdbcUrl, Catalog catalog) throws SQLException;

    /** The data model of the process in which the store lives, 32 or 64; empty where the engine does not say. */
    Optional<Integer> dataModel(Connection connection) throws SQLException;

    /** What the connection's user may not do but an upgrade needs, in the engine's words; empty if nothing. */
    Optional<String> missingPrivilege(Connection connection) throws SQLException;

    /** Whether an unquoted identifier of that spelling is refused, or means something else, on this store. */
    boolean isReserved(Connection connection, String word) throws SQLException;

    /** What an operator can do so that statements may go on using these reserved words as names. */
    default String allowingWords(List<String> words) {
        return "quote these names in the application's statements: " + String.join(", ", words);
    }

    /** An expression of how many characters or bytes a column's value has. */
    default String length(Column column) {
        return (column.kind() == ValueKind.BINARY ? "OCTET_LENGTH(" : "CHAR_LENGTH(") + quote(column.name()) + ")";
    }

    /**
     * The space that a store takes.
     *
     * @param bytes as the engine reports or as Baton estimates from its rows
     * @param files the directory that holds its files; null for a store in memory
     */
    record Footprint(long bytes, Path files) {}
}
