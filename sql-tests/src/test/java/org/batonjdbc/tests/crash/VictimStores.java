package org.batonjdbc.tests.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two stores in files of one directory, of which the second is not there yet. */
record VictimStores(Path directory) {
    static VictimStores in(Path parent) throws IOException {
        return new VictimStores(Files.createTempDirectory(parent, "stores"));
    }

    String url() {
        return "jdbc:baton:failover:(" + first() + "),(" + last() + ")?chunkRows=100&engines="
                + System.getProperty("baton.engines");
    }

    /** The store that serves at first. */
    String first() {
        return "h2:1.4.200@jdbc:h2:file:" + directory.resolve("old");
    }

    /** The store that serves in the end. */
    String last() {
        return "h2:2.5.252@jdbc:h2:file:" + directory.resolve("new") + ";MODE=LEGACY";
    }

    /** Loses the file of the second store, as a disk might. */
    void loseLast() throws IOException {
        Files.deleteIfExists(directory.resolve("new.mv.db"));
    }
}
