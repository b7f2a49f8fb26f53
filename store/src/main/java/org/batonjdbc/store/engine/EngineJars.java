package org.batonjdbc.store.engine;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.batonjdbc.store.Nearest;
import org.batonjdbc.store.SqlState;

/**
 * Finds the jars of an engine by its name, {@code h2:2.5.252}, {@code group:artifact:version} or the path of a jar: in
 * the directory of the option {@code engines}, then in {@code ~/.baton/engines}, then in the local Maven repository.
 * Nothing is ever downloaded. Immutable; every look-up looks at the disk again.
 */
public final class EngineJars {
    private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

    private final List<Path> directories;
    private final Path repository;

    private EngineJars(List<Path> directories, Path repository) {
        this.directories = List.copyOf(directories);
        this.repository = repository;
    }

    /** Looks in the places that need no option. */
    public static EngineJars standard() {
        return in(null);
    }

    /** Looks in that directory first, then in the standard places; null means only the latter. */
    public static EngineJars in(Path directory) {
        Path home = Path.of(System.getProperty("user.home"));
        List<Path> directories = new ArrayList<>();
        if (directory != null) {
            directories.add(directory);
        }
        directories.add(home.resolve(".baton").resolve("engines"));
        String repository = System.getProperty("maven.repo.local");
        return new EngineJars(
                directories, repository == null ? home.resolve(".m2").resolve("repository") : Path.of(repository));
    }

    /**
     * The jars to put into the engine's class loader, as absolute paths of existing files.
     *
     * @throws SQLException 22023 saying where was looked and what to do, or what engines there are
     */
    public List<Path> find(String engine, String jdbcUrl) throws SQLException {
        if (isPath(engine)) {
            return List.of(jarAt(engine));
        }
        String[] parts = engine.split(":", -1);
        for (String part : parts) {
            if (!COORDINATE.matcher(part).matches()) {
                throw SqlState.BAD_OPTION.error("engine '" + engine + "' cannot be read; write " + forms());
            }
        }
        return switch (parts.length) {
            case 1 -> throw withoutVersion(engine);
            case 2 -> find(known(parts[0]), parts[1], jdbcUrl);
            case 3 -> List.of(find(parts[0], parts[1], parts[2]));
            default -> throw SqlState.BAD_OPTION.error("engine '" + engine + "' has too many parts; write " + forms());
        };
    }

    private List<Path> find(KnownEngine engine, String version, String jdbcUrl) throws SQLException {
        List<Path> jars = new ArrayList<>();
        for (String artifact : engine.artifacts(version, jdbcUrl)) {
            jars.add(find(engine.group(), artifact, version));
        }
        return List.copyOf(jars);
    }

    private Path find(String group, String artifact, String version) throws SQLException {
        String file = artifact + "-" + version + ".jar";
        List<Path> places = new ArrayList<>();
        directories.forEach(directory -> places.add(directory.resolve(file)));
        places.add(versions(group, artifact).resolve(version).resolve(file));
        Optional<Path> found = places.stream().filter(Files::isRegularFile).findFirst();
        return found.orElseThrow(() -> SqlState.BAD_OPTION.error("no " + file + ", looked for "
                        + String.join(", ", places.stream().map(Path::toString).toList())
                        + "; put the jar into one of these directories, or run: mvn dependency:get -Dartifact=" + group
                        + ":" + artifact + ":" + version + others(group, artifact)))
                .toAbsolutePath()
                .normalize();
    }

    private Path versions(String group, String artifact) {
        return repository.resolve(group.replace('.', '/')).resolve(artifact);
    }

    /** What other versions are at hand, for messages; empty if none. */
    private String others(String group, String artifact) {
        List<String> found = new ArrayList<>();
        Path folder = versions(group, artifact);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                entries.map(entry -> entry.getFileName().toString())
                        .filter(version ->
                                Files.isRegularFile(folder.resolve(version).resolve(artifact + "-" + version + ".jar")))
                        .sorted()
                        .forEach(found::add);
            } catch (java.io.IOException | java.io.UncheckedIOException e) {
                return ""; // the message is about a missing jar, and is complete without this hint
            }
        }
        return found.isEmpty() ? "" : " (here are: " + String.join(", ", found) + ")";
    }

    private SQLException withoutVersion(String engine) throws SQLException {
        KnownEngine known = known(engine);
        return SqlState.BAD_OPTION.error("engine '" + engine + "' needs a version, such as " + known.example()
                + others(known.group(), known.artifact()));
    }

    private static KnownEngine known(String shortName) throws SQLException {
        Optional<KnownEngine> known = KnownEngine.named(shortName);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> names =
                Stream.of(KnownEngine.values()).map(KnownEngine::shortName).toList();
        String nearest = Nearest.to(shortName, names)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
        throw SqlState.BAD_OPTION.error("engine '" + shortName + "' is not known" + nearest + "; known are "
                + String.join(", ", names) + "; any other is written group:artifact:version, or as the path of a jar");
    }

    private static boolean isPath(String engine) {
        return engine.indexOf('/') >= 0 || engine.indexOf('\\') >= 0 || engine.endsWith(".jar");
    }

    private static Path jarAt(String text) throws SQLException {
        try {
            Path path =
                    text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
            if (Files.isRegularFile(path)) {
                return path.toAbsolutePath().normalize();
            }
            throw SqlState.BAD_OPTION.error("engine '" + text + "' looks like the path of a jar, but there is no file "
                    + path.toAbsolutePath() + "; put the driver's jar there, or write " + forms());
        } catch (InvalidPathException e) {
            throw SqlState.BAD_OPTION.error("engine '" + text + "' is no path; write " + forms(), e);
        }
    }

    private static String forms() {
        return String.join(
                        ", ",
                        Stream.of(KnownEngine.values())
                                .map(KnownEngine::example)
                                .toList())
                + ", group:artifact:version, or the path of a jar";
    }
}
