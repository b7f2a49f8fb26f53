package org.batonjdbc.store;

import java.sql.SQLException;
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
    private static final String SECRET_NAME =
            "[\\w.]*(?:password|passwd|pwd|passphrase|secret|crypt_key|encryptionkey|accesskey|token)\\w*=";
    private static final Pattern SECRET = Pattern.compile("(?i)(;" + SECRET_NAME + ")(?:\\{(?:[^}]|}})*}|[^;]*)"
            + "|([?&]" + SECRET_NAME + ")[^&]*"
            + "|([(,]\\s*" + SECRET_NAME + ")[^),]*");
    /** In statements that a URL may carry, such as those of H2's INIT. */
    private static final Pattern SECRET_WORD =
            Pattern.compile("(?i)\\b(password|identified\\s+by|salt|hash)(\\s+)(?:'(?:[^']|'')*'|[^\\s;\\\\]+)");

    /** What stands between a colon and the last at sign, unless it begins like a port. */
    private static final Pattern USER_INFO = Pattern.compile("(//[^/@:?;]*):(?!\\d+/)[^?;]*@");

    private static final Pattern ORACLE = Pattern.compile("(?i)(jdbc:oracle:\\w+:[^/@]*/)(?!/)[^@]*@");

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

    /** The store as the user wrote it, with {@code ***} for each password. */
    @Override
    public String toString() {
        return redact(engine == null ? jdbcUrl : engine + "@" + jdbcUrl);
    }

    private static String redact(String text) {
        String named = SECRET.matcher(text).replaceAll("$1$2$3***");
        String spoken = SECRET_WORD.matcher(named).replaceAll("$1$2***");
        return ORACLE.matcher(USER_INFO.matcher(spoken).replaceAll("$1:***@")).replaceAll("$1***@");
    }
}
