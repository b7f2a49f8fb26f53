package org.batonjdbc.driver.sql;

import java.util.Set;

/** Which settings commit the open transaction when they are set; others leave it as it is. */
final class Settings {
    /** H2's only settings that do not commit on any release; every other one does, if only on some. */
    private static final Set<String> H2_TRANSACTIONAL = Set.of(
            "CATALOG",
            "CLUSTER",
            "LAZY_QUERY_EXECUTION",
            "LOCK_TIMEOUT",
            "NON_KEYWORDS",
            "OLD_INFORMATION_SCHEMA",
            "QUERY_TIMEOUT",
            "RETENTION_TIME",
            "SCHEMA",
            "SCHEMA_SEARCH_PATH",
            "THROTTLE",
            "TIME",
            "TRACE_LEVEL_FILE",
            "TRACE_LEVEL_SYSTEM_OUT",
            "TRUNCATE_LARGE_LENGTH",
            "VARIABLE_BINARY");

    private Settings() {}

    /**
     * Whether to set it commits.
     *
     * @param setting the first word that names it, in upper case
     * @param next the word behind that
     */
    static boolean commits(Syntax syntax, String setting, String next) {
        return switch (syntax) {
            case H2, H2_MSSQLSERVER -> !setting.startsWith("@") && !H2_TRANSACTIONAL.contains(setting);
            case DERBY -> setting.equals("ISOLATION");
            case HSQLDB ->
                switch (setting) {
                    case "DATABASE" -> !next.equals("UNIQUE") && !next.equals("EVENT");
                    case "FILES" -> !next.equals("WRITE");
                    case "PROPERTY" -> true;
                    default -> false;
                };
            case MARIADB -> setting.equals("PASSWORD");
            case POSTGRESQL -> false;
            case GENERIC -> true;
        };
    }
}
