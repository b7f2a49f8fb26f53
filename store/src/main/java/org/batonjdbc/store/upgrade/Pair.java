package org.batonjdbc.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.engine.Store;
import org.batonjdbc.store.gate.Gate;

/** (signatures only; being written) */
public final class Pair implements AutoCloseable {
    /** Opens the active store, and the other one as far as it must be asked who is active. */
    public static Pair open(PairSettings settings, PairCredentials credentials) throws SQLException { throw new UnsupportedOperationException(); }

    /** A short name for threads and messages, such as {@code orders}. */
    public String name() { throw new UnsupportedOperationException(); }

    /** Admits writing transactions. */
    public Gate gate() { throw new UnsupportedOperationException(); }

    /** Where a transaction that begins now goes; a volatile read. */
    public Route route() { throw new UnsupportedOperationException(); }

    /** A physical connection to one of the pair's stores, from its pool; closing it gives it back. */
    public Connection connect(Store store, PairCredentials credentials) throws SQLException { throw new UnsupportedOperationException(); }

    /** The upgrade of this pair. */
    public Upgrade upgrade() { throw new UnsupportedOperationException(); }

    /** Whether nothing would be lost by closing the pair: no upgrade runs or has run in this process. */
    public boolean isIdle() { throw new UnsupportedOperationException(); }

    /** Ends the worker and closes both stores' pools. */
    @Override
    public void close() { throw new UnsupportedOperationException(); }
}
