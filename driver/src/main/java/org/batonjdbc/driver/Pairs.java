package org.batonjdbc.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.batonjdbc.driver.jdbc.Home;
import org.batonjdbc.driver.jdbc.RoutedConnection;
import org.batonjdbc.driver.management.PairRegistration;
import org.batonjdbc.driver.sql.Meanings;
import org.batonjdbc.driver.sql.Skeleton;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.upgrade.Rehearsal;
import org.batonjdbc.driver.upgrade.UpgradeVerbs;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.dialect.Dialect;
import org.batonjdbc.store.engine.Place;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.upgrade.Pair;

/**
 * The pairs of this JVM, one for each set of stores, whatever URL they were named in. A pair is opened with its first
 * connection, and closed with its last one unless an upgrade needs it, so that a database in memory which lives as long
 * as its connections vanishes as it would with the engine's own driver.
 *
 * <p>Thread-safe: the map is concurrent, and what happens to one pair is guarded by its entry's own lock, which is held
 * while the pair is opened, because whoever else wants it can only wait, and closed. The wait has a deadline.
 */
final class Pairs {
    /** Those of this JVM. */
    static final Pairs ALL = new Pairs();

    private static final long OPENING_SECONDS = 60;

    /** Statement texts of one pair whose meaning is remembered. */
    private static final int MEANINGS = 4096;

    private final ConcurrentMap<Set<StoreUrl>, Entry> entries = new ConcurrentHashMap<>();

    private static final class Entry {
        final ReentrantLock lock = new ReentrantLock();
        final FailoverUrl url;
        final Rehearsal rehearsal;
        /** Written under the lock, read by whoever opens another pair. */
        volatile Pair pair;

        Meanings meanings;
        PairRegistration registration;
        int connections;
        boolean closed;

        /** Stores that are this pair's or nobody's, whether it works with them already or not; guarded by the pairs. */
        private final List<Place> claimed = new ArrayList<>();

        Entry(FailoverUrl url) {
            this.url = url;
            this.rehearsal = new Rehearsal(url.options().observe());
        }

        /** Where that store is, as this pair would find it. */
        Place place(StoreUrl store) {
            return Place.of(
                    store, url.options().settings(url.first(), url.second()).jars());
        }
    }

    /** A new logical connection to the pair that the URL names, opening the pair if need be. */
    Connection connect(FailoverUrl url, PairCredentials credentials) throws SQLException {
        Entry entry = enter(url, credentials);
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                leave(entry);
            }
        };
        try {
            return RoutedConnection.open(home(entry, credentials, leave));
        } catch (SQLException | RuntimeException | Error e) {
            leave.run();
            throw e;
        }
    }

    private UpgradeVerbs verbs(Entry entry, Pair pair, PairCredentials credentials) {
        return new UpgradeVerbs(pair, credentials, entry.url.options().preferences(), entry.rehearsal, store -> {
            Place place = entry.place(store);
            claim(entry, store, place);
            return () -> unclaim(entry, place);
        });
    }

    private Home home(Entry entry, PairCredentials credentials, Runnable leave) {
        Pair pair = entry.pair;
        Options options = entry.url.options();
        return new Home(
                pair::route,
                pair.gate(),
                store -> pair.connect(store, credentials),
                Store::discard,
                entry.meanings,
                verbs(entry, pair, credentials),
                entry.rehearsal,
                options.holdTimeout(),
                options.ddl(),
                leave);
    }

    private Entry enter(FailoverUrl url, PairCredentials credentials) throws SQLException {
        while (true) {
            Entry entry = entries.computeIfAbsent(key(url), stores -> new Entry(url));
            lock(entry);
            try {
                if (!entry.closed) {
                    checkSame(entry.url, url);
                    if (entry.pair == null) {
                        open(entry, credentials);
                    }
                    entry.connections++;
                    return entry;
                }
            } finally {
                entry.lock.unlock();
            }
        }
    }

    private void open(Entry entry, PairCredentials credentials) throws SQLException {
        try {
            FailoverUrl url = entry.url;
            for (StoreUrl store : key(url)) {
                claim(entry, store, entry.place(store));
            }
            Pair pair = Pair.open(url.options().settings(url.first(), url.second()), credentials);
            String engine = pair.route()
                    .store()
                    .dialect()
                    .map(Dialect::engine)
                    .orElse(url.first().jdbcUrl());
            entry.meanings = new Meanings(Syntax.of(engine), MEANINGS);
            if (pair.route().isReplicating()) {
                Skeleton.load();
            }
            entry.registration = PairRegistration.open(pair, verbs(entry, pair, credentials));
            entry.pair = pair;
        } finally {
            if (entry.pair == null) {
                remove(entry);
            }
        }
    }

    /**
     * Two pairs on one store would take the upgrade of each other for one whose process has ended. Looking whether another has
     * it and taking it are one step, so that of two that want it at once exactly one gets it.
     */
    private synchronized void claim(Entry entry, StoreUrl store, Place place) throws SQLException {
        for (Entry other : entries.values()) {
            if (other != entry && uses(other, place)) {
                throw SqlState.BAD_OPTION.error("store " + store + " is in use in this process as one of " + other.url
                        + "; name the same stores in the same way in all URLs, or close those connections first");
            }
        }
        entry.claimed.add(place);
    }

    private synchronized void unclaim(Entry entry, Place place) {
        entry.claimed.remove(place);
    }

    private static boolean uses(Entry entry, Place place) {
        Pair open = entry.pair;
        return entry.claimed.stream().anyMatch(place::isSame) || (open != null && open.uses(place));
    }

    private void leave(Entry entry) {
        entry.lock.lock();
        try {
            entry.connections--;
            if (entry.connections == 0 && entry.pair.isIdle()) {
                end(entry);
            }
        } finally {
            entry.lock.unlock();
        }
    }

    /** Closes the pair of these stores though an upgrade has run in it, unless connections are open; for undeploying. */
    boolean close(FailoverUrl url) throws SQLException {
        Entry entry = entries.get(key(url));
        if (entry == null) {
            return true;
        }
        lock(entry);
        try {
            if (entry.connections > 0) {
                return false;
            }
            if (!entry.closed) {
                end(entry);
            }
            return true;
        } finally {
            entry.lock.unlock();
        }
    }

    /** Whoever wants the same stores waits until the worker has ended: two of them would apply one log. */
    private void end(Entry entry) {
        try {
            entry.registration.close();
            entry.pair.close();
        } finally {
            remove(entry);
        }
    }

    private void remove(Entry entry) {
        entry.closed = true;
        entries.remove(key(entry.url), entry);
    }

    private static void lock(Entry entry) throws SQLException {
        try {
            if (!entry.lock.tryLock(OPENING_SECONDS, TimeUnit.SECONDS)) {
                throw SqlState.TIMED_OUT.error("the stores of " + entry.url + " are being opened by another thread for"
                        + " more than " + OPENING_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TIMED_OUT.error("interrupted while the stores of " + entry.url + " are being opened", e);
        }
    }

    private static void checkSame(FailoverUrl open, FailoverUrl asked) throws SQLException {
        if (!open.first().equals(asked.first())) {
            throw SqlState.BAD_OPTION.error("these stores are in use in the order " + open
                    + "; name them in the same order, a switchover does not change it");
        }
        Optional<Option> different = open.options().differsIn(asked.options());
        if (different.isPresent()) {
            Option option = different.get();
            throw SqlState.BAD_OPTION.error("option " + option.key() + " of " + open + " is "
                    + open.options().text(option) + " in the connections that are open, and "
                    + asked.options().text(option) + " here; give the same options in all URLs of a pair");
        }
    }

    private static Set<StoreUrl> key(FailoverUrl url) {
        Set<StoreUrl> stores = new HashSet<>();
        stores.add(url.first());
        if (url.second() != null) {
            stores.add(url.second());
        }
        return stores;
    }
}
