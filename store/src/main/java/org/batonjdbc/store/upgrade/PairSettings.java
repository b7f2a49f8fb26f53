package org.batonjdbc.store.upgrade;

import java.nio.file.Path;
import java.time.Duration;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.engine.EngineJars;

/**
 * The values of the failover URL that the store module works with; equal ones belong to the same pair.
 *
 * @param first the store that is active until a switchover says otherwise
 * @param second the other store; null until UPGRADE START TO names it
 * @param engines where engine jars are looked for first; null for nowhere in particular
 * @param poolSize most physical connections to one store for one user
 * @param drainTimeout how long START may wait for transactions in flight
 * @param chunkRows rows that one chunk of the copy reads
 * @param maxLogBytes size of the change log beyond which the upgrade is given up
 * @param log where changes are logged
 */
public record PairSettings(
        StoreUrl first,
        StoreUrl second,
        Path engines,
        int poolSize,
        Duration drainTimeout,
        int chunkRows,
        long maxLogBytes,
        LogKind log) {
    /** Where engines are looked for. */
    public EngineJars jars() {
        return engines == null ? EngineJars.standard() : EngineJars.in(engines);
    }
    /** Where changes are logged until they are applied. */
    public enum LogKind {
        /** In a table if either store outlives the process, else in memory. */
        AUTO,
        /** In a table of the active store. */
        TABLE,
        /** In the heap. */
        MEMORY
    }
}
