package org.batonjdbc.driver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.upgrade.Replication;
import org.batonjdbc.store.upgrade.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies behind a logical connection: the physical one that it works on now, those that result sets are still read
 * from after a move, its open statements, and what the application has set. {@link Execution} runs statements,
 * {@link Transaction} knows what they have done.
 *
 * <p>A session moves when a switchover has passed: before a statement that begins a transaction, or in a transaction that
 * has only read and is no stricter than READ COMMITTED. It takes a connection of the store that is active now, sets there
 * what the application had set, and statements prepare themselves again when they are used next.
 *
 * <p>{@code lock} admits one thread at a time, as the engines' own connections do; only certain reads when no upgrade runs
 * go past it, straight to the engine. It belongs to one connection and is never waited for by another one.
 */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Home home;
    private final ReentrantLock lock = new ReentrantLock();
    private final SessionState state = new SessionState();
    private final OpenStatements statements = new OpenStatements();
    private final List<Link> lingering = new ArrayList<>(0);
    private final Transaction transaction;
    private final Execution execution;
    private Route route;
    private Link link;
    private boolean reusable = true;
    private volatile boolean closed;

    private Session(Home home) {
        this.home = home;
        this.transaction = new Transaction(this, home);
        this.execution = new Execution(this);
    }

    /** A session on the store that is active now. */
    static Session open(Home home) throws SQLException {
        Session session = new Session(home);
        try {
            Route now = home.routes().get();
            session.enter(session.connect(now), now);
            return session;
        } catch (SQLException | RuntimeException | Error e) {
            session.transaction.leave();
            throw e;
        }
    }

    Home home() {
        return home;
    }

    Transaction transaction() {
        return transaction;
    }

    Execution execution() {
        return execution;
    }

    ReentrantLock lock() {
        return lock;
    }

    SessionState state() {
        return state;
    }

    OpenStatements statements() {
        return statements;
    }

    /** The physical connection that statements run on now. */
    Link link() {
        return link;
    }

    /** Whether a certain read that is prepared on that link may run there at once, because nothing at all is going on. */
    @SuppressWarnings("ReferenceEquality") // the same route, not an equal one: each change makes a new one
    boolean isPlain(Link on) {
        return on == link && home.routes().get() == route && transaction.isPlain();
    }

    /** The physical connection of the active store, for what reads or sets; moves there first if need be. */
    Connection ready() throws SQLException {
        checkOpen();
        lock.lock();
        try {
            follow(false);
            return link.physical();
        } finally {
            lock.unlock();
        }
    }

    void checkOpen() throws SQLException {
        if (closed) {
            throw SqlState.REFUSED.error("the connection is closed");
        }
    }

    /** What its transactions have to feed; null if no upgrade runs. */
    Replication replication() {
        return route.replication();
    }

    /** What is done in the session must not be seen by the next user of its physical connection. */
    void spoil() {
        reusable = false;
    }

    /**
     * Goes to where a statement belongs: to another store if a switchover has passed and the transaction allows it.
     *
     * @param mayWrite whether the statement may write; then it must not run on a store that is not active any more
     * @throws SQLException 40001 if the transaction can neither go nor stay, and is rolled back
     */
    @SuppressWarnings("ReferenceEquality") // as above
    void follow(boolean mayWrite) throws SQLException {
        Route now = home.routes().get();
        boolean broken = transaction.lostItsLink();
        if (now == route && !broken) {
            return;
        }
        if (!broken && now.epoch() == route.epoch() && now.store() == route.store()) {
            adopt(now);
        } else if (broken || transaction.mayMove(link.physical())) {
            Link old = link;
            enter(connect(now), now);
            leave(old, broken);
        } else if (mayWrite) {
            throw transaction.passedBy();
        }
    }

    private Link connect(Route now) throws SQLException {
        Connection pooled = home.connector().connect(now.store());
        Link next = null;
        try {
            Link opened = new Link(this, now.store(), pooled);
            state.replay(pooled);
            if (link != null && !transaction.lostItsLink()) {
                state.carry(link.physical(), opened.physical());
            }
            opened.autoCommit(transaction.autoCommit());
            next = opened;
        } finally {
            if (next == null) {
                home.discarder().discard(now.store(), pooled);
            }
        }
        return next;
    }

    private void enter(Link next, Route now) {
        link = next;
        transaction.on(next.physical());
        adopt(now);
    }

    private void adopt(Route now) {
        transaction.capture(
                route == null ? null : route.replication(),
                now,
                () -> home.routes().get());
        route = now;
    }

    /** Lets go of the link that was used before, at once or when nothing is read from it any more. */
    private void leave(Link old, boolean broken) {
        lingering.add(old);
        Closing closing = new Closing();
        for (RoutedStatement statement : statements.all()) {
            closing.run(() -> statement.leave(old));
        }
        closing.run(() -> {
            if (broken) {
                lingering.remove(old);
                old.discard();
            } else {
                releaseIfUnused(old);
            }
        });
        try {
            closing.end();
        } catch (SQLException e) {
            // The application is on the other store already and cannot do anything about it.
            LOG.warn("a connection of the store that was active before could not be given back", e);
        }
    }

    /** A result set or statement on that link was closed. */
    void released(Link on) throws SQLException {
        if (on != link && on != null) {
            lock.lock();
            try {
                releaseIfUnused(on);
            } finally {
                lock.unlock();
            }
        }
    }

    private void releaseIfUnused(Link old) throws SQLException {
        if (!lingering.contains(old) || old.hasLooseRows()) {
            return;
        }
        for (RoutedStatement statement : statements.all()) {
            if (statement.isReadFrom(old)) {
                return;
            }
        }
        lingering.remove(old);
        old.release(isReusable());
    }

    private boolean isReusable() {
        return reusable && state.isUndoneByPool() && !transaction.lostItsLink();
    }

    /** Whether the application, or the engine, has closed the connection. */
    boolean isClosed() throws SQLException {
        return closed || (!transaction.lostItsLink() && link.physical().isClosed());
    }

    /** Rolls back what is open and gives everything back. */
    void close() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            Closing closing = new Closing();
            for (RoutedStatement statement : statements.all()) {
                closing.run(statement::closeDelegate);
            }
            closing.run(transaction::close);
            closing.run(() -> link.release(isReusable()));
            for (Link old : List.copyOf(lingering)) {
                closing.run(() -> old.release(isReusable()));
            }
            lingering.clear();
            transaction.leave();
            closing.run(home.released()::run);
            closing.end();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the physical connections under whoever uses them, without waiting for their thread. */
    void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlState.BAD_OPTION.error("abort needs an executor");
        }
        if (!closed) {
            closed = true;
            executor.execute(() -> {
                try {
                    abort();
                } catch (SQLException e) {
                    LOG.warn("a connection could not be aborted in full", e);
                }
            });
        }
    }

    private void abort() throws SQLException {
        Closing closing = new Closing();
        closing.run(link::discard);
        for (Link old : List.copyOf(lingering)) {
            closing.run(old::discard);
        }
        transaction.leave();
        closing.run(home.released()::run);
        closing.end();
    }

    /** The store of the session, for messages. */
    String whereabouts() {
        return closed
                ? "no store: it is closed"
                : String.valueOf(link.store() == null ? "a store" : link.store().url());
    }
}
