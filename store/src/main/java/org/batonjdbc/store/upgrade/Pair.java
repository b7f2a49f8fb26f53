package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.gate.Gate;

/** (signatures only; being written) */
public final class Pair implements AutoCloseable {
    /** Opens the active store, and the other one as far as it must be asked who is active. */
    public static Pair open(PairSettings settings, PairCredentials credentials) throws SQLException {
        return null;
    }

    /** A short name for threads and messages, such as {@code orders}. */
    public String name() {
        return null;
    }

    /** Admits writing transactions. */
    public Gate gate() {
        return null;
    }

    /** Where a transaction that begins now goes; a volatile read. */
    public Route route() {
        return null;
    }

    /** A physical connection to one of the pair's stores, from its pool; closing it gives it back. */
    public Connection connect(Store store, PairCredentials credentials) throws SQLException {
        return null;
    }

    /** The upgrade of this pair. */
    public Upgrade upgrade() {
        return null;
    }

    /** Whether nothing would be lost by closing the pair: no upgrade runs or has run in this process. */
    public boolean isIdle() {
        return false;
    }

    /** Ends the worker and closes both stores' pools. */
    @Override
    public void close() {}
}
