package org.batonjdbc.store.dialect.hsqldb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.batonjdbc.store.dialect.FilePlace;

/** What can be read off a URL of HSQLDB without connecting. */
final class HsqldbUrl {
    private static final String PREFIX = "jdbc:hsqldb:";
    private static final String FILE = "file:";

    private HsqldbUrl() {}

    static boolean isInMemory(String jdbcUrl) {
        String place = place(jdbcUrl).toLowerCase(Locale.ROOT);
        return place.startsWith("mem:") || place.equals(".");
    }

    /** Whether the store is a server's. */
    static boolean isRemote(String jdbcUrl) {
        return place(jdbcUrl).toLowerCase(Locale.ROOT).startsWith("h");
    }

    static String existingOnly(String jdbcUrl) {
        return jdbcUrl + ";ifexists=true";
    }

    /** Where the rows are; HSQLDB takes no notice of case in names that are no paths. */
    static Optional<String> where(String jdbcUrl) {
        String place = place(jdbcUrl);
        String name = place.toLowerCase(Locale.ROOT);
        if (isInMemory(jdbcUrl)) {
            return Optional.of(name.equals(".") ? "mem:." : name);
        }
        if (isRemote(jdbcUrl) || name.startsWith("res:")) {
            return Optional.of(name);
        }
        return Optional.of(FilePlace.of((name.startsWith(FILE) ? place.substring(FILE.length()) : place) + ".script"));
    }

    /** The directory of a store in files. */
    static Optional<Path> directory(String jdbcUrl) {
        String place = place(jdbcUrl);
        if (isInMemory(jdbcUrl)
                || isRemote(jdbcUrl)
                || place.toLowerCase(Locale.ROOT).startsWith("res:")) {
            return Optional.empty();
        }
        String path = place.toLowerCase(Locale.ROOT).startsWith(FILE) ? place.substring(FILE.length()) : place;
        if (path.startsWith("~/")) {
            path = System.getProperty("user.home") + path.substring(1);
        }
        return Optional.ofNullable(Path.of(path).toAbsolutePath().getParent());
    }

    /** A new store in memory with the same settings. */
    static Optional<String> scratch(String jdbcUrl) {
        if (isRemote(jdbcUrl)) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(jdbcUrl.split(";")));
        parts.set(0, PREFIX + "mem:baton-" + UUID.randomUUID());
        parts.removeIf(part -> part.toLowerCase(Locale.ROOT).startsWith("ifexists="));
        return Optional.of(String.join(";", parts) + ";shutdown=true");
    }

    private static String place(String jdbcUrl) {
        return jdbcUrl.substring(PREFIX.length()).split(";", 2)[0];
    }
}
