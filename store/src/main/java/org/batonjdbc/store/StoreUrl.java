package org.batonjdbc.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one store: {@code [engine@]<any JDBC URL>}, where the engine says which driver jar opens it. Immutable. Its text
 * never contains a password, so it may appear in logs, messages and status.
 *
 * @param engine such as {@code h2:2.5.252}, {@code group:artifact:version} or the path of a jar; null for the driver on
 *     the application's own class path
 * @param jdbcUrl the URL for that driver, as the user wrote it
 */
public record StoreUrl(String engine, String jdbcUrl) {
    private static final Pattern ENGINE = Pattern.compile("(?is)^(?!jdbc:)(.+?)@(jdbc:.+)$");
    private static final Pattern SECRET = Pattern.compile("(?i)(;[\\w.]*(?:password|passwd|pwd|secret|crypt_key)=)[^;]*"
            + "|([?&][\\w.]*(?:password|passwd|pwd|secret)=)[^;&]*");
    /** Engines of which it is known that the store's name ends where options begin. */
    private static final Pattern OPTIONS_BEHIND = Pattern.compile("(?i)^jdbc:(?:h2|hsqldb|postgresql):");

    private static final Pattern OPTIONS = Pattern.compile("(?s)[;?].*");
    private static final Pattern IN_HEAP =
            Pattern.compile("(?i)^jdbc:[a-z0-9]+:(?:mem|memory|memFS|memLZF|nioMemFS|nioMemLZF):");

    /** An embedded engine's files; what has a scheme of its own, such as mem: or tcp:, is none. */
    private static final Pattern FILE =
            Pattern.compile("(?is)^(jdbc:(?:h2|hsqldb|derby):)(?:file:|directory:)?((?![a-z]{2,}:|//).+)$");

    private static final Pattern USER_INFO = Pattern.compile("(//[^/@:]*):[^/@]*@");

    /**
     * Reads a store as it stands in a failover URL or in {@code UPGRADE START TO}.
     *
     * @throws SQLException 22023 if it is not a JDBC URL, with or without an engine before it
     */
    public static StoreUrl parse(String text) throws SQLException {
        String trimmed = text.strip();
        if (trimmed.regionMatches(true, 0, "jdbc:baton:", 0, 11)) {
            throw SqlState.BAD_OPTION.error("a store cannot be a jdbc:baton: URL itself; name the engine's own URL");
        }
        if (trimmed.regionMatches(true, 0, "jdbc:", 0, 5) && trimmed.length() > 5) {
            return new StoreUrl(null, trimmed);
        }
        Matcher matcher = ENGINE.matcher(trimmed);
        if (!matcher.matches()) {
            throw SqlState.BAD_OPTION.error("a store is written [engine@]jdbc:..., such as"
                    + " h2:2.5.252@jdbc:h2:mem:orders; found: " + redact(trimmed));
        }
        return new StoreUrl(matcher.group(1).strip(), matcher.group(2));
    }

    /** The engine's coordinates, unless the driver comes from the class path. */
    public Optional<String> engineName() {
        return Optional.ofNullable(engine);
    }

    /**
     * Whether both name the same place, whatever their options; each engine that was loaded has a heap of its own, and a
     * database in it that has no name is another one for each connection.
     */
    public boolean isSameStore(StoreUrl that) {
        String place = place(redact(jdbcUrl));
        return !place.endsWith(":mem:")
                && place.equals(place(redact(that.jdbcUrl)))
                && (!IN_HEAP.matcher(place).find() || Objects.equals(engine, that.engine));
    }

    private static String place(String jdbcUrl) {
        if (!OPTIONS_BEHIND.matcher(jdbcUrl).find()) {
            return jdbcUrl; // what stands behind a semicolon may be the database itself
        }
        String place = OPTIONS.matcher(jdbcUrl).replaceFirst("");
        Matcher file = FILE.matcher(place);
        if (!file.matches()) {
            return place;
        }
        String path = file.group(2).replaceFirst("^~(?=/)", Matcher.quoteReplacement(System.getProperty("user.home")));
        return file.group(1) + Path.of(path).toAbsolutePath().normalize();
    }

    /** The store as the user wrote it, with {@code ***} for each password. */
    @Override
    public String toString() {
        return redact(engine == null ? jdbcUrl : engine + "@" + jdbcUrl);
    }

    private static String redact(String text) {
        return USER_INFO.matcher(SECRET.matcher(text).replaceAll("$1$2***")).replaceAll("$1:***@");
    }
}
