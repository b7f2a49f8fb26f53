package org.batonjdbc.shell.session;

import java.nio.file.Path;

/** Where the files of the person who runs the program are: {@code ~/.baton}, or what {@code BATON_CONFIG} names. */
public record Configuration(Path directory) {
    /** That of this process. */
    public static Configuration ofProcess() {
        String named = System.getProperty("baton.config", System.getenv("BATON_CONFIG"));
        return new Configuration(named == null ? Path.of(System.getProperty("user.home"), ".baton") : Path.of(named));
    }

    /** Named connections. */
    public Path profiles() {
        return directory.resolve("profiles");
    }

    /** Run when the interactive shell starts. */
    public Path startUp() {
        return directory.resolve("init.sql");
    }

    /** What was typed. */
    public Path history() {
        return directory.resolve("history");
    }
}
