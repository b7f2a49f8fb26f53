package org.batonjdbc.store.preflight;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.batonjdbc.store.dialect.Dialect;

/** What preflight must know of the machine; tests put another one in its place to see refusals. */
interface Machine {
    /** Bytes that the heap can still take, if need be after a collection that finds this many. */
    long freeHeap(long wanted);

    /** Bytes that the heap may have in all. */
    long maximumHeap();

    /** Bytes that can still be written to the directory, which need not exist yet. */
    long usableSpace(Path directory) throws IOException;

    /** The data model of the process that keeps the store, 32 or 64; empty where nobody says. */
    Optional<Integer> dataModel(Dialect dialect, Connection connection) throws SQLException;
}
