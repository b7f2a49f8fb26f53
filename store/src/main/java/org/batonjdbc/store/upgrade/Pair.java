package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.engine.Place;
import org.batonjdbc.store.engine.PoolSettings;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.gate.Gate;
import org.batonjdbc.store.gate.Pass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active and the upgraded store behind one failover URL; it knows the epoch and who is active.
 *
 * <p>Any thread may call the public methods. {@code route} is replaced by the worker, behind the closed gate if the active
 * store changes; {@code this} guards which stores are open and the worker.
 */
public final class Pair implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pair.class);
    private static final Duration ACQUIRE = Duration.ofSeconds(30);
    private static final Pattern LAST_NAME = Pattern.compile("([A-Za-z0-9_.-]+)/?(?:[;?&].*)?$");

    private final PairSettings settings;
    private final String name;
    private final Gate gate = new Gate();
    private final Claims claims = new Claims();
    private final Upgrade upgrade;
    /** Every credentials that connections were opened with, so that a switchover can open theirs ahead of it. */
    private final Set<PairCredentials> users = ConcurrentHashMap.newKeySet();

    private final Store first;
    /** Where the second store of the failover URL is; null if there is none. */
    private final Place second;

    private volatile Route route;
    /** The store that does not serve the application; null while none is open. */
    private volatile Store other;
    /** What the failover URL or the operator names as the upgraded store; null if nothing does, or it is active. */
    private volatile StoreUrl otherUrl;

    /** The store that the last upgrade has replaced; null if there is none, or everybody has left it. */
    private volatile Departure departure;

    private Worker worker;
    private boolean closed;

    private Pair(PairSettings settings, Store first) {
        this.settings = settings;
        this.first = first;
        this.second = settings.second() == null ? null : Place.of(settings.second(), settings.jars());
        this.name = nameOf(settings.first());
        this.otherUrl = settings.second();
        this.upgrade = new Upgrade(this, Clock.systemUTC());
        this.route = new Route(0, first, null);
    }

    /**
     * Opens the active store, and the other one as far as it must be asked who is active.
     *
     * @throws SQLException the engine's own if the active store cannot be opened; 55000 if the store that is named has
     *     been replaced by one that is not named, or cannot be reached
     */
    public static Pair open(PairSettings settings, PairCredentials credentials) throws SQLException {
        Store first = openStore(settings, settings.first());
        Pair pair = new Pair(settings, first);
        try {
            pair.users.add(credentials);
            new Recovery(pair, credentials, Clock.systemUTC()).run();
            return pair;
        } catch (SQLException | RuntimeException | Error e) {
            pair.close();
            throw e;
        }
    }

    private static Store openStore(PairSettings settings, StoreUrl url) throws SQLException {
        return Store.open(url, settings.jars(), new PoolSettings(settings.poolSize(), ACQUIRE));
    }

    /** A store that is not the pair's, to look at it; the caller closes it. */
    Store open(StoreUrl url) throws SQLException {
        return openStore(settings, url);
    }

    private static String nameOf(StoreUrl url) {
        Matcher matcher = LAST_NAME.matcher(url.jdbcUrl());
        return matcher.find() ? matcher.group(1) : "store";
    }

    /** A short name for threads and messages, such as {@code orders}. */
    public String name() {
        return name;
    }

    /** Admits writing transactions. */
    public Gate gate() {
        return gate;
    }

    /** The stores that are no other process's. */
    Claims claims() {
        return claims;
    }

    /** Where a transaction that begins now goes; a volatile read. */
    public Route route() {
        return route;
    }

    /** The upgrade of this pair. */
    public Upgrade upgrade() {
        return upgrade;
    }

    /** A physical connection to one of the pair's stores, from its pool; closing it gives it back. */
    public Connection connect(Store store, PairCredentials credentials) throws SQLException {
        users.add(credentials);
        return store.connect(credentialsFor(store, credentials));
    }

    /**
     * A physical connection to the store that does not serve, to look at it.
     *
     * @throws SQLException 55000 if no upgrade has opened it
     */
    public Connection connectToOther(PairCredentials credentials) throws SQLException {
        Store open = other;
        if (open == null) {
            throw SqlState.REFUSED.error("pair " + name + " has no upgraded store; run UPGRADE START first");
        }
        return open.connect(credentialsFor(open, credentials));
    }

    /** With which of the two credentials this store is entered: those of the second unless it is the first. */
    Credentials credentialsFor(Store store, PairCredentials credentials) {
        return store == first ? credentials.first() : credentialsFor(store.place(), credentials);
    }

    /** The same, of a store that need not be open. */
    Credentials credentialsFor(Place place, PairCredentials credentials) {
        return place.isSame(first.place()) ? credentials.first() : credentials.second();
    }

    /**
     * Whether nothing would be lost by closing the pair: no upgrade runs, and when it is opened again the control rows
     * tell who is active, which they can unless the pair has moved to a store that its settings do not name.
     */
    public boolean isIdle() {
        return upgrade.status().phase() == Phase.IDLE
                && (route.epoch() == 0 || isNamed(route.store().url()));
    }

    private boolean isNamed(StoreUrl url) {
        return settings.second() != null && (url.equals(settings.first()) || url.equals(settings.second()));
    }

    /** Whether this pair works with that store, whichever of its URLs or verbs has named it. */
    public boolean uses(Place place) {
        Store open = other;
        return place.isSame(first.place())
                || place.isSame(route.store().place())
                || (second != null && place.isSame(second))
                || (open != null && place.isSame(open.place()));
    }

    /** Whether that is another name of the store. */
    boolean isNameOf(Store store, String name) throws SQLException {
        return Place.of(StoreUrl.parse(name), settings.jars()).isSame(store.place());
    }

    PairSettings settings() {
        return settings;
    }

    Store first() {
        return first;
    }

    /** Takes effect for every transaction that begins from now on; the other store is the one that was active before. */
    synchronized void route(Route newRoute) {
        if (newRoute.store() != route.store()) {
            other = route.store();
            otherUrl = other.url();
        }
        route = newRoute;
    }

    /** The other store's name without passwords, null if none is named. */
    String otherName() {
        Store open = other;
        StoreUrl url = open == null ? otherUrl : open.url();
        return url == null ? null : url.toString();
    }

    /** The other store, if it is named; it is opened, but not connected to. */
    Optional<Store> named() throws SQLException {
        return otherUrl == null ? Optional.empty() : Optional.of(openOther(otherUrl));
    }

    /**
     * The store to upgrade to, as the operator or else the failover URL names it.
     *
     * @throws SQLException 22023 if nobody does
     */
    StoreUrl target(StoreUrl named) throws SQLException {
        StoreUrl target = named == null ? otherUrl : named;
        if (target == null) {
            throw SqlState.BAD_OPTION.error("no upgraded store is named; write UPGRADE START TO"
                    + " '[engine@]jdbc:...', or name it second in the failover URL");
        }
        return target;
    }

    /** Opens the other store, or returns it if it is open already. */
    synchronized Store openOther(StoreUrl url) throws SQLException {
        if (other == null || !other.url().equals(url)) {
            dropOther();
            other = openStore(settings, url);
            otherUrl = url;
        }
        return other;
    }

    /** Closes the other store, and forgets it if the failover URL does not name it. */
    synchronized void forgetOther() {
        dropOther();
        otherUrl = second == null || second.isSame(route.store().place()) ? null : settings.second();
    }

    /** Closes the other store's connections; it can be opened again. */
    synchronized void dropOther() {
        if (other != null) {
            other.close();
            other = null;
        }
    }

    /** After a switchover that is complete: lets go of the store that was replaced, and of its engine, as soon as it can. */
    synchronized void releaseOther(PairCredentials credentials) {
        endDeparture();
        departure = new Departure(other, credentialsFor(other, credentials));
        other = null;
        otherUrl = null;
    }

    /** Whether no store is on its way out any more; called by the worker again and again. */
    boolean isAlone() {
        Departure leaving = departure;
        if (leaving != null && leaving.isOver()) {
            departure = null;
        }
        return departure == null;
    }

    private void endDeparture() {
        if (departure != null) {
            departure.end();
            departure = null;
        }
    }

    /** Opens as many connections as will be wanted at once after the switchover. */
    void warm(Store store, PairCredentials own) throws SQLException {
        for (PairCredentials user : users) {
            Credentials credentials = credentialsFor(store, user);
            try {
                store.warm(credentials, Math.min(gate.connections() + 1, settings.poolSize()));
            } catch (SQLException e) {
                if (user.equals(own)) {
                    throw e;
                }
                // Not every user of the past needs to be one of the new store; its own connections would tell.
                LOG.warn("pair {}: {} cannot enter {}: {}", name, credentials, store, e.toString());
            }
        }
    }

    /** The pair's thread, which is started when it is first needed. */
    synchronized Worker worker() throws SQLException {
        if (closed) {
            throw SqlState.REFUSED.error("pair " + name + " is closed");
        }
        if (worker == null) {
            worker = Worker.start("baton-" + name);
        }
        return worker;
    }

    /** Runs something while no writing transaction but one's own is in flight. */
    <T> T behindGate(Pass own, Duration patience, Callable<T> action) throws SQLException {
        return withGateClosed(() -> {
            int left = gate.drain(own, patience).size();
            if (left > 0) {
                throw SqlState.TIMED_OUT.error(left + " transactions in flight did not end within "
                        + patience.toMillis() + " ms; nothing was changed. Try again, or raise drainTimeout");
            }
            return action.call();
        });
    }

    /** Runs something while no new writing transaction is admitted; opens the gate whatever happens. */
    <T> T withGateClosed(Callable<T> action) throws SQLException {
        gate.close();
        try {
            return action.call();
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TIMED_OUT.error("interrupted behind the closed gate", e);
        } catch (Exception e) {
            // A Callable may throw anything; none does but what is caught above, and callers can handle nothing else.
            throw SqlState.REFUSED.error("failed behind the closed gate: " + e, e);
        } finally {
            gate.open();
        }
    }

    /** Ends the worker and closes both stores; a second call does nothing. */
    @Override
    public void close() {
        Worker running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = worker;
        }
        if (running != null) {
            running.close();
        }
        synchronized (this) {
            route.store().close();
            dropOther();
            endDeparture();
        }
        claims.close();
    }
}
