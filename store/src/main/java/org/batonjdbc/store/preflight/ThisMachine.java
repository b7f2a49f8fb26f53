package org.batonjdbc.store.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.batonjdbc.store.dialect.Dialect;

/** The process that Baton runs in, and its disks. Stateless. */
final class ThisMachine implements Machine {
    @Override
    public long freeHeap(long wanted) {
        long free = free();
        if (free >= wanted) {
            return free;
        }
        // what counts as used may be garbage; an upgrade is not refused for that
        System.gc();
        return free();
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    @Override
    public long maximumHeap() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).getUsableSpace();
    }

    @Override
    public Optional<Integer> dataModel(Dialect dialect, Connection connection) throws SQLException {
        return dialect.dataModel(connection);
    }
}
