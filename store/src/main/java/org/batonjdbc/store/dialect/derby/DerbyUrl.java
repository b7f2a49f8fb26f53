package org.batonjdbc.store.dialect.derby;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.batonjdbc.store.dialect.FilePlace;

/** What can be read off a URL of Derby without connecting. */
final class DerbyUrl {
    private static final String PREFIX = "jdbc:derby:";
    private static final String MEMORY = "memory:";
    private static final String DIRECTORY = "directory:";

    private DerbyUrl() {}

    /** Whether the store is a server's. */
    static boolean isRemote(String jdbcUrl) {
        return place(jdbcUrl).startsWith("//");
    }

    static boolean isInMemory(String jdbcUrl) {
        return place(jdbcUrl).startsWith(MEMORY);
    }

    /** Without what makes the store, or makes it anew. */
    static String existingOnly(String jdbcUrl) {
        return Arrays.stream(jdbcUrl.split(";"))
                .filter(part -> !part.toLowerCase(Locale.ROOT).startsWith("create="))
                .collect(Collectors.joining(";"));
    }

    /** A new store in memory; where names sort, and what texts are equal, is settled when it is made. */
    static Optional<String> scratch(String jdbcUrl) {
        if (isRemote(jdbcUrl)) {
            return Optional.empty();
        }
        String settings = Arrays.stream(jdbcUrl.split(";"))
                .filter(part -> {
                    String name = part.toLowerCase(Locale.ROOT);
                    return name.startsWith("territory=") || name.startsWith("collation=");
                })
                .map(part -> ";" + part)
                .collect(Collectors.joining());
        return Optional.of(PREFIX + MEMORY + "baton-" + UUID.randomUUID() + ";create=true" + settings);
    }

    /** Where a connection is refused because the store has just been closed; one in memory goes with that. */
    static Optional<String> closing(String jdbcUrl) {
        return isRemote(jdbcUrl)
                ? Optional.empty()
                : Optional.of(PREFIX + place(jdbcUrl) + (isInMemory(jdbcUrl) ? ";drop=true" : ";shutdown=true"));
    }

    /** Where the rows are. */
    static String where(String jdbcUrl) {
        return files(jdbcUrl).map(path -> FilePlace.of(path.toString())).orElseGet(() -> place(jdbcUrl));
    }

    /** The directory of a store in files. */
    static Optional<Path> directory(String jdbcUrl) {
        return files(jdbcUrl).map(Path::getParent);
    }

    private static Optional<Path> files(String jdbcUrl) {
        String place = place(jdbcUrl);
        if (isRemote(jdbcUrl) || isInMemory(jdbcUrl) || place.startsWith("jar:") || place.startsWith("classpath:")) {
            return Optional.empty();
        }
        String path = place.startsWith(DIRECTORY) ? place.substring(DIRECTORY.length()) : place;
        return Optional.of(Path.of(System.getProperty("derby.system.home", ""))
                .resolve(path)
                .toAbsolutePath());
    }

    private static String place(String jdbcUrl) {
        return jdbcUrl.substring(PREFIX.length()).split(";", 2)[0];
    }
}
