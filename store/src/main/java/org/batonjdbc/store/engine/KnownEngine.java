package org.batonjdbc.store.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engines that have a short name, and where their jars are in a Maven repository. */
enum KnownEngine {
    H2("com.h2database", "h2", "2.5.252"),
    HSQLDB("org.hsqldb", "hsqldb", "2.7.4"),
    DERBY("org.apache.derby", "derby", "10.14.2.0") {
        @Override
        List<String> artifacts(String version, String jdbcUrl) {
            if (jdbcUrl.startsWith("jdbc:derby://")) {
                return isSplit(version) ? List.of("derbyclient", "derbyshared") : List.of("derbyclient");
            }
            return isSplit(version) ? List.of("derby", "derbyshared", "derbytools") : super.artifacts(version, jdbcUrl);
        }
    },
    POSTGRESQL("org.postgresql", "postgresql", "42.7.8"),
    MARIADB("org.mariadb.jdbc", "mariadb-java-client", "3.5.6");

    private static final Pattern MAJOR_MINOR = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");

    private final String group;
    private final String artifact;
    private final String example;

    KnownEngine(String group, String artifact, String example) {
        this.group = group;
        this.artifact = artifact;
        this.example = example;
    }

    static Optional<KnownEngine> named(String shortName) {
        return List.of(values()).stream()
                .filter(engine -> engine.shortName().equalsIgnoreCase(shortName))
                .findFirst();
    }

    String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the engine is written with a version, for messages. */
    String example() {
        return shortName() + ":" + example;
    }

    String group() {
        return group;
    }

    String artifact() {
        return artifact;
    }

    /** All jars of that version without which that URL's store does not open; the driver's own comes first. */
    List<String> artifacts(String version, String jdbcUrl) {
        return List.of(artifact);
    }

    /** Whether Derby comes in several jars, as it does from 10.15 on. */
    private static boolean isSplit(String version) {
        Matcher matcher = MAJOR_MINOR.matcher(version);
        if (!matcher.matches()) {
            return true;
        }
        int major = Integer.parseInt(matcher.group(1));
        return major > 10 || (major == 10 && Integer.parseInt(matcher.group(2)) >= 15);
    }
}
