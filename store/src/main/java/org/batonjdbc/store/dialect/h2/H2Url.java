package org.batonjdbc.store.dialect.h2;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.batonjdbc.store.dialect.FilePlace;

/** What can be read off a URL of H2 without connecting. */
final class H2Url {
    private static final Pattern NO_FILES = Pattern.compile("(?i)^jdbc:h2:(mem|tcp|ssl|\\w*memfs|\\w*memlzf):.*");
    private static final Pattern FILE_SYSTEMS = Pattern.compile("^(?:[A-Za-z]{2,}:|[0-9]+:)+");

    /** Those behind a backslash belong to the statements of INIT. */
    private static final Pattern SEMICOLON = Pattern.compile("(?<!\\\\);");

    /** Settings that mean files, locks, logins and lifetime, none of which a scratch store has. */
    private static final Set<String> NOT_FOR_SCRATCH = Set.of(
            "USER",
            "PASSWORD",
            "PASSWORD_HASH",
            "CIPHER",
            "IFEXISTS",
            "FORBID_CREATION",
            "DB_CLOSE_DELAY",
            "DB_CLOSE_ON_EXIT",
            "FILE_LOCK",
            "ACCESS_MODE_DATA",
            "AUTO_SERVER",
            "AUTO_SERVER_PORT",
            "AUTO_RECONNECT",
            "OPEN_NEW",
            "RECOVER",
            "PAGE_SIZE",
            "TRACE_LEVEL_FILE",
            "TRACE_LEVEL_SYSTEM_OUT");

    private H2Url() {}

    /** The URL of a new store in memory with the settings that decide what statements mean. */
    static Optional<String> scratch(String jdbcUrl) {
        if (H2Facts.isRemote(jdbcUrl)) {
            return Optional.empty();
        }
        String[] parts = SEMICOLON.split(jdbcUrl, -1);
        List<String> kept = new ArrayList<>();
        kept.add("jdbc:h2:mem:baton-" + UUID.randomUUID());
        for (int i = 1; i < parts.length; i++) {
            String name = parts[i].split("=", 2)[0].strip().toUpperCase(Locale.ROOT);
            if (!NOT_FOR_SCRATCH.contains(name)) {
                kept.add(parts[i]);
            }
        }
        return Optional.of(String.join(";", kept));
    }

    /** Where the rows are. */
    static Optional<String> place(String jdbcUrl) {
        String place = jdbcUrl.substring("jdbc:h2:".length()).split(";", 2)[0];
        if (NO_FILES.matcher(jdbcUrl).matches()) {
            return Optional.of(place).filter(name -> !name.equals("mem:"));
        }
        return place.equals(".")
                ? Optional.empty()
                : Optional.of(FilePlace.of(FILE_SYSTEMS.matcher(place).replaceFirst("") + ".mv.db"));
    }

    /** Where the store's files are or will be. */
    static Optional<Path> directory(String jdbcUrl) {
        if (NO_FILES.matcher(jdbcUrl).matches()) {
            return Optional.empty();
        }
        String path = jdbcUrl.substring("jdbc:h2:".length()).split(";", 2)[0];
        path = FILE_SYSTEMS.matcher(path).replaceFirst("");
        if (path.startsWith("~")) {
            path = System.getProperty("user.home") + path.substring(1);
        }
        return Optional.ofNullable(Path.of(path).toAbsolutePath().getParent());
    }
}
