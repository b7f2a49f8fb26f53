package org.batonjdbc.store.preflight;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.dialect.Dialect.Footprint;

/** There is twice the room for the upgraded store that the active one takes: in the heap, or on its disk. */
final class SpaceRule implements Rule {
    private final boolean onDisk;

    private SpaceRule(boolean onDisk) {
        this.onDisk = onDisk;
    }

    /** For an upgraded store that lives in this process. */
    static SpaceRule memory() {
        return new SpaceRule(false);
    }

    /** For an upgraded store that has files on this machine. */
    static SpaceRule disk() {
        return new SpaceRule(true);
    }

    @Override
    public String name() {
        return onDisk ? "disk" : "memory";
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.to()
                .map(dialect -> onDisk
                        ? dialect.directory(facts.upgradedUrl()).isPresent()
                        : !dialect.outlivesProcess(facts.upgradedUrl()))
                .orElse(false);
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        long used = footprint(facts).bytes();
        long wanted = 2 * used;
        long there = onDisk
                ? usable(facts, directory(facts).orElseThrow())
                : facts.machine().freeHeap(wanted);
        if (there >= wanted) {
            return;
        }
        String needs = "the active store takes " + Size.of(used) + ", so an upgrade needs " + Size.of(wanted)
                + " besides, and " + Size.of(there) + " are free";
        if (onDisk) {
            findings.error(
                    name(),
                    directory(facts).orElseThrow(),
                    needs + " on the upgraded store's disk",
                    "free some space there, or name an upgraded store on another disk");
        } else {
            findings.error(
                    name(),
                    facts.request().upgraded(),
                    needs + " in this process's heap",
                    "start the application with a larger heap, such as -Xmx"
                            + (facts.machine().maximumHeap() + wanted - there) / (1 << 20) + "m, or leave tables out");
        }
    }

    private static Optional<Path> directory(Facts facts) {
        return facts.to().flatMap(dialect -> dialect.directory(facts.upgradedUrl()));
    }

    private static Footprint footprint(Facts facts) throws SQLException {
        Catalog copied = new Catalog(facts.copied(), facts.catalog().triggers());
        return facts.from().footprint(facts.active(), facts.activeUrl(), copied);
    }

    private static long usable(Facts facts, Path directory) throws SQLException {
        try {
            return facts.machine().usableSpace(directory);
        } catch (IOException e) {
            throw new SQLException("the free space of " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String passed(Facts facts) {
        return onDisk
                ? "the upgraded store's disk has twice the space that the active store takes"
                : "the heap has twice the memory that the active store takes";
    }
}
