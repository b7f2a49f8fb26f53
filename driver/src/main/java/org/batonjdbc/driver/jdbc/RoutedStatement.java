package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.driver.sql.StatementKind;
import org.batonjdbc.driver.upgrade.UpgradeVerbs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement that runs wherever its connection is. Its delegate belongs to one physical connection; after a move another
 * is made when the statement is used next, with the same settings, while the old one serves what is still read from it.
 */
class RoutedStatement implements StatementForwards {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedStatement.class);

    private final RoutedConnection connection;
    private final Session session;
    private final Work<Connection, ? extends Statement> preparation;
    private final OpenStatements.Entry entry;
    private final Results results = new Results();
    private Statement delegate;
    private Link link;
    private Map<String, Action<Statement>> settings = Map.of();
    private List<Command> batch;
    private SQLWarning warnings;
    private boolean closesOnCompletion;
    private volatile boolean closed;

    /** Whether an UPGRADE statement that runs is to end; set by other threads. */
    private volatile boolean cancelled;

    /** Takes over a delegate that was just prepared on that link. */
    RoutedStatement(
            RoutedConnection connection,
            Work<Connection, ? extends Statement> preparation,
            Statement first,
            Link link) {
        this.connection = connection;
        this.session = connection.session();
        this.preparation = preparation;
        this.delegate = first;
        this.link = link;
        this.entry = session.statements().add(this);
    }

    final Session session() {
        return session;
    }

    /** Where the delegate is; null if there is none at the moment. */
    final Link link() {
        return link;
    }

    /** The delegate, on whatever connection it is. */
    @Override
    public Statement delegate() throws SQLException {
        return delegate != null ? delegate : renewed();
    }

    private Statement renewed() throws SQLException {
        session.checkOpen();
        session.lock().lock();
        try {
            return onLink();
        } finally {
            session.lock().unlock();
        }
    }

    /** The delegate on the physical connection that the session works on now. Called under the session's lock. */
    final Statement onLink() throws SQLException {
        Link now = session.link();
        if (delegate == null || link != now) {
            Statement next = preparation.with(now.physical());
            Statement old = delegate;
            Link before = link;
            delegate = next;
            link = now;
            for (Action<Statement> setting : settings.values()) {
                setting.on(next);
            }
            replay(next);
            if (old != null) {
                results.forget();
                old.close();
                session.released(before);
            }
        }
        return delegate;
    }

    /** What it runs has turned out to mean more than its text says; it is about to be run again. */
    void learned(Command writing) throws SQLException {}

    /** Sets again on a new delegate what has been set besides the settings of every statement. */
    void replay(Statement next) throws SQLException {}

    /** What makes another session the same as this statement made this one. */
    Action<Connection> repetition(Command command) {
        String sql = command.sql();
        return physical -> {
            try (Statement again = physical.createStatement()) {
                again.execute(sql);
            }
        };
    }

    @Override
    public final void setting(String name, Action<Statement> action) throws SQLException {
        action.on(delegate());
        if (settings.isEmpty()) {
            settings = new LinkedHashMap<>();
        }
        settings.put(name, action);
    }

    // ---- running

    /** Runs a statement of the application by the rules of its transaction. */
    final <T> T run(Command command, Work<Statement, T> work) throws SQLException {
        session.checkOpen();
        session.lock().lock();
        try {
            results.begin();
            warnings = null;
            return command.isControl()
                    ? connection.steering().run(this, command, work)
                    : session.execution().run(this, command, work);
        } finally {
            session.lock().unlock();
        }
    }

    /** Runs again, as what it is, a query that has gone straight to the engine and was refused a change there. */
    final <T> T runAsWrite(Command command, Work<Statement, T> work) throws SQLException {
        session.lock().lock();
        try {
            return session.execution().runAsWrite(this, command, work);
        } finally {
            session.lock().unlock();
        }
    }

    /**
     * A query that is read whole where Baton commits behind it, so that no rows could be fetched later; in autocommit mode
     * engines read it so themselves.
     */
    final <T> Work<Statement, T> whole(Work<Statement, T> query) {
        return to -> {
            int fetched = session.transaction().endsWithStatement() ? to.getFetchSize() : 0;
            if (fetched == 0) {
                return query.with(to);
            }
            to.setFetchSize(0);
            try {
                return query.with(to);
            } finally {
                restoreFetchSize(to, fetched);
            }
        };
    }

    /** The query has run, and must not fail for this: H2 refuses even its own default if it is more than the rows wanted. */
    private static void restoreFetchSize(Statement to, int rows) {
        try {
            if (!to.isClosed()) {
                to.setFetchSize(rows);
            }
        } catch (SQLException e) {
            LOG.debug("the fetch size is the engine's default from now on", e);
        }
    }

    private Command command(String sql) {
        return Command.of(sql, session.home().meanings());
    }

    /** Runs an UPGRADE statement, which has one result set. */
    final ResultSet upgrade(String sql) throws SQLException {
        session.checkOpen();
        results.begin();
        warnings = null;
        cancelled = false;
        Transaction transaction = session.transaction();
        return results.own(new AnswerRows(
                this,
                session.home()
                        .verbs()
                        .run(sql, transaction.pass(), transaction.hasWritten(), new UpgradeVerbs.Caller() {
                            @Override
                            public boolean hasCancelled() {
                                return cancelled;
                            }

                            @Override
                            public void warn(SQLWarning warning) {
                                warnings = warning;
                            }
                        })));
    }

    static boolean isUpgrade(Command command) {
        return command.meaning().kind() == StatementKind.UPGRADE;
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        Command command = command(sql);
        if (isUpgrade(command)) {
            return upgrade(sql);
        }
        return wrap(results.current(run(command, whole(to -> to.executeQuery(sql)))));
    }

    private boolean execute(String sql, Work<Statement, Boolean> work) throws SQLException {
        Command command = command(sql);
        if (isUpgrade(command)) {
            upgrade(sql);
            return true;
        }
        return results.pending(run(command, whole(work)));
    }

    private <T> T update(String sql, T none, Work<Statement, T> work) throws SQLException {
        Command command = command(sql);
        if (isUpgrade(command)) {
            upgrade(sql);
            return none;
        }
        return run(command, work);
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return execute(sql, to -> to.execute(sql));
    }

    @Override
    public boolean execute(String sql, int keys) throws SQLException {
        return execute(sql, to -> to.execute(sql, keys));
    }

    @Override
    public boolean execute(String sql, int[] keys) throws SQLException {
        return execute(sql, to -> to.execute(sql, keys));
    }

    @Override
    public boolean execute(String sql, String[] keys) throws SQLException {
        return execute(sql, to -> to.execute(sql, keys));
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return update(sql, 0, to -> to.executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int keys) throws SQLException {
        return update(sql, 0, to -> to.executeUpdate(sql, keys));
    }

    @Override
    public int executeUpdate(String sql, int[] keys) throws SQLException {
        return update(sql, 0, to -> to.executeUpdate(sql, keys));
    }

    @Override
    public int executeUpdate(String sql, String[] keys) throws SQLException {
        return update(sql, 0, to -> to.executeUpdate(sql, keys));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return update(sql, 0L, to -> to.executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int keys) throws SQLException {
        return update(sql, 0L, to -> to.executeLargeUpdate(sql, keys));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] keys) throws SQLException {
        return update(sql, 0L, to -> to.executeLargeUpdate(sql, keys));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] keys) throws SQLException {
        return update(sql, 0L, to -> to.executeLargeUpdate(sql, keys));
    }

    // ---- batches: the texts wait here, so that a move finds them

    @Override
    public void addBatch(String sql) throws SQLException {
        delegate();
        if (batch == null) {
            batch = new ArrayList<>();
        }
        batch.add(command(sql));
    }

    @Override
    public void clearBatch() throws SQLException {
        batch = null;
        delegate().clearBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return runBatch(Statement::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return runBatch(Statement::executeLargeBatch);
    }

    private <T> T runBatch(Work<Statement, T> work) throws SQLException {
        if (batch == null) {
            return work.with(delegate());
        }
        List<Command> texts = batch;
        batch = null;
        return run(Command.ofBatch(texts), to -> {
            for (Command text : texts) {
                to.addBatch(text.sql());
            }
            return work.with(to);
        });
    }

    // ---- results

    final ResultSet wrap(ResultSet raw) {
        return raw == null ? null : new RoutedResultSet(link, this, raw);
    }

    final Results results() {
        return results;
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return results.hasOwn()
                ? results.own()
                : wrap(results.current(delegate().getResultSet()));
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return results.hasOwn() ? -1 : delegate().getUpdateCount();
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return results.hasOwn() ? -1 : delegate().getLargeUpdateCount();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return results.hasOwn() ? results.endOwn() : results.pending(delegate().getMoreResults());
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        if (results.hasOwn()) {
            return results.endOwn();
        }
        if (current == KEEP_CURRENT_RESULT) {
            results.keepCurrent();
        }
        return results.pending(delegate().getMoreResults(current));
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return wrap(results.keep(delegate().getGeneratedKeys()));
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return warnings != null || results.hasOwn() ? warnings : delegate().getWarnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        warnings = null;
        delegate().clearWarnings();
    }

    /** Adds a warning of Baton's, before those of the engine. */
    final void warn(SQLWarning warning) throws SQLException {
        SQLWarning engine = delegate().getWarnings();
        if (engine != null) {
            warning.setNextWarning(engine);
        }
        warnings = warning;
    }

    @Override
    public final Connection getConnection() {
        return connection;
    }

    // ---- moving and closing

    /** Whether rows that were selected on that link, or other outcomes of the last execution there, can still be asked for. */
    boolean isReadFrom(Link on) {
        return link == on && !closed && results.areOpen();
    }

    /** The session leaves that link; returns whether the statement still needs it. */
    final boolean leave(Link old) throws SQLException {
        if (link != old || isReadFrom(old)) {
            return link == old;
        }
        Statement unused = delegate;
        delegate = null;
        link = null;
        unused.close();
        return false;
    }

    @Override
    public void cancel() throws SQLException {
        cancelled = true;
        session.home().verbs().wakeWaiting();
        Statement running = delegate;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        session.lock().lock();
        try {
            session.statements().remove(entry);
            closeDelegate();
            session.released(link);
        } finally {
            session.lock().unlock();
        }
    }

    final void closeDelegate() throws SQLException {
        closed = true;
        if (delegate != null) {
            delegate.close();
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || (delegate != null && delegate.isClosed());
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        setting("closeOnCompletion", Statement::closeOnCompletion);
        closesOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        return closesOnCompletion; // H2 1.4.200 says true and never does it
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, delegate(), type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return Wrapping.wraps(this, delegate(), type);
    }

    @Override
    public String toString() {
        return String.valueOf(delegate);
    }
}
