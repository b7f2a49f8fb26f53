package org.batonjdbc.driver.jdbc;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * A connection to whichever store of a pair is active. It outlives switchovers: what the application has set in it, and
 * its statements, move along.
 */
public final class RoutedConnection implements ConnectionForwards {
    private final Session session;
    private final Steering steering;

    private RoutedConnection(Session session) {
        this.session = session;
        this.steering = new Steering(session);
    }

    /** Opens a connection to the store that is active now. */
    public static Connection open(Home home) throws SQLException {
        return new RoutedConnection(Session.open(home));
    }

    Session session() {
        return session;
    }

    Steering steering() {
        return steering;
    }

    /** The physical connection to the active store. */
    @Override
    public Connection delegate() throws SQLException {
        return session.ready();
    }

    @Override
    public <V> V handed(V value) {
        return RoutedArray.handed(value, session.link(), null);
    }

    /** Rows that belong to no statement of the application. */
    ResultSet loose(ResultSet raw) throws SQLException {
        session.link().remember(raw);
        return new RoutedResultSet(session.link(), null, raw);
    }

    // ---- statements

    /** Prepares something where the session is now, and wraps it. */
    private <S extends Statement, R> R prepare(Work<Connection, S> preparation, Wrap<S, R> wrap) throws SQLException {
        session.checkOpen();
        session.lock().lock();
        try {
            session.follow(false);
            Link link = session.link();
            return wrap.of(preparation.with(link.physical()), link);
        } finally {
            session.lock().unlock();
        }
    }

    /** Makes Baton's statement of a raw one. */
    @FunctionalInterface
    private interface Wrap<S, R> {
        R of(S raw, Link link) throws SQLException;
    }

    private Statement statement(Work<Connection, Statement> preparation) throws SQLException {
        return prepare(preparation, (raw, link) -> new RoutedStatement(this, preparation, raw, link));
    }

    private PreparedStatement prepared(String sql, Work<Connection, PreparedStatement> preparation)
            throws SQLException {
        Command command = Command.of(sql, session.home().meanings());
        Work<Connection, PreparedStatement> work = RoutedStatement.isUpgrade(command)
                ? physical -> physical.prepareStatement(RoutedPreparedStatement.STAND_IN)
                : preparation;
        return prepare(work, (raw, link) -> {
            link.tidyBehind(command);
            return new RoutedPreparedStatement(this, command, work, raw, link);
        });
    }

    private CallableStatement called(String sql, Work<Connection, CallableStatement> preparation) throws SQLException {
        Command command = Command.of(sql, session.home().meanings());
        return prepare(preparation, (raw, link) -> new RoutedCallableStatement(this, command, preparation, raw, link));
    }

    @Override
    public Statement createStatement() throws SQLException {
        return statement(Connection::createStatement);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return statement(to -> to.createStatement(type, concurrency));
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return statement(to -> to.createStatement(type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepared(sql, to -> to.prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepared(sql, to -> to.prepareStatement(sql, type, concurrency));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepared(sql, to -> to.prepareStatement(sql, type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        return prepared(sql, to -> to.prepareStatement(sql, keys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] keys) throws SQLException {
        int[] copy = keys.clone();
        return prepared(sql, to -> to.prepareStatement(sql, copy));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] keys) throws SQLException {
        String[] copy = keys.clone();
        return prepared(sql, to -> to.prepareStatement(sql, copy));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return called(sql, to -> to.prepareCall(sql));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return called(sql, to -> to.prepareCall(sql, type, concurrency));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return called(sql, to -> to.prepareCall(sql, type, concurrency, holdability));
    }

    // ---- transactions

    /** Does something with the transaction while no other thread does. */
    private <T> T transact(Work<Transaction, T> work) throws SQLException {
        session.checkOpen();
        session.lock().lock();
        try {
            return work.with(session.transaction());
        } finally {
            session.lock().unlock();
        }
    }

    private void steer(Action<Transaction> action) throws SQLException {
        transact(transaction -> {
            action.on(transaction);
            return null;
        });
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        steer(transaction -> transaction.autoCommit(autoCommit));
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return transact(Transaction::autoCommit);
    }

    @Override
    public void commit() throws SQLException {
        steer(Transaction::commit);
    }

    @Override
    public void rollback() throws SQLException {
        steer(Transaction::rollback);
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return transact(transaction -> transaction.setSavepoint(null));
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return transact(transaction -> transaction.setSavepoint(name));
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        steer(transaction -> transaction.rollback(savepoint));
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        steer(transaction -> transaction.releaseSavepoint(savepoint));
    }

    // ---- what is set in the session

    /** Sets something here, and on each store that the connection moves to. */
    private void set(String method, Action<Connection> action) throws SQLException {
        steer(transaction -> {
            session.ready();
            action.on(session.link().pooled());
            session.state().set(method, action);
        });
    }

    /** Sets something for which some engines commit. */
    private void setForTransactions(String method, Action<Connection> action) throws SQLException {
        steer(transaction -> {
            transaction.checkNothingCaptured(method);
            set(method, action);
        });
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        setForTransactions("setReadOnly", to -> to.setReadOnly(readOnly));
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return delegate().isReadOnly();
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        set("setCatalog", to -> to.setCatalog(catalog));
    }

    @Override
    public String getCatalog() throws SQLException {
        return delegate().getCatalog();
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        set("setSchema", to -> to.setSchema(schema));
    }

    @Override
    public String getSchema() throws SQLException {
        return delegate().getSchema();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        setForTransactions("setTransactionIsolation", to -> to.setTransactionIsolation(level));
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return delegate().getTransactionIsolation();
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        set("setHoldability", to -> to.setHoldability(holdability));
    }

    @Override
    public int getHoldability() throws SQLException {
        return delegate().getHoldability();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        set("setTypeMap", to -> to.setTypeMap(map));
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        return delegate().getTypeMap();
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        set("setNetworkTimeout", to -> to.setNetworkTimeout(executor, milliseconds));
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return delegate().getNetworkTimeout();
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        setClientInfo("setClientInfo " + name, to -> to.setClientInfo(name, value));
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        Properties copy = new Properties();
        copy.putAll(properties);
        setClientInfo("setClientInfo", to -> to.setClientInfo(copy));
    }

    private void setClientInfo(String method, Action<Connection> action) throws SQLClientInfoException {
        try {
            set(method, action);
        } catch (SQLClientInfoException e) {
            throw e;
        } catch (SQLException e) {
            throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
        }
    }

    @Override
    public String getClientInfo(String name) throws SQLException {
        return delegate().getClientInfo(name);
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        return delegate().getClientInfo();
    }

    @Override
    public void setShardingKey(java.sql.ShardingKey key) throws SQLException {
        set("setShardingKey", to -> to.setShardingKey(key));
    }

    @Override
    public void setShardingKey(java.sql.ShardingKey key, java.sql.ShardingKey superKey) throws SQLException {
        set("setShardingKey", to -> to.setShardingKey(key, superKey));
    }

    @Override
    public boolean setShardingKeyIfValid(java.sql.ShardingKey key, int timeout) throws SQLException {
        return delegate().setShardingKeyIfValid(key, timeout);
    }

    @Override
    public boolean setShardingKeyIfValid(java.sql.ShardingKey key, java.sql.ShardingKey superKey, int timeout)
            throws SQLException {
        return delegate().setShardingKeyIfValid(key, superKey, timeout);
    }

    @Override
    public void beginRequest() throws SQLException {
        delegate().beginRequest();
    }

    @Override
    public void endRequest() throws SQLException {
        delegate().endRequest();
    }

    // ---- the connection itself

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        session.checkOpen();
        return new RoutedDatabaseMetaData(this);
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return delegate().getWarnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        delegate().clearWarnings();
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return !isClosed() && delegate().isValid(timeout);
    }

    @Override
    public boolean isClosed() throws SQLException {
        return session.isClosed();
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        session.abort(executor);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : Wrapping.unwrap(this, delegate(), type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || Wrapping.wraps(this, delegate(), type);
    }

    @Override
    public String toString() {
        return "Baton connection on " + session.whereabouts();
    }
}
