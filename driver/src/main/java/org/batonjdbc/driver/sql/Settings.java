package org.batonjdbc.driver.sql;

import java.util.Set;

/** Which settings commit the open transaction when they are set; others leave it as it is. */
final class Settings {
    /** H2's only settings that do not commit, of 1.4.200 and 2.x alike; every other one does. */
    private static final Set<String> H2_TRANSACTIONAL = Set.of(
            "CLUSTER",
            "QUERY_TIMEOUT",
            "LOCK_TIMEOUT",
            "TRACE_LEVEL_SYSTEM_OUT",
            "TRACE_LEVEL_FILE",
            "THROTTLE",
            "SCHEMA",
            "SCHEMA_SEARCH_PATH",
            "CATALOG",
            "RETENTION_TIME",
            "LOG");

    private Settings() {}

    static boolean commits(Syntax syntax, String setting) {
        return switch (syntax) {
            case H2, H2_MSSQLSERVER -> !setting.startsWith("@") && !H2_TRANSACTIONAL.contains(setting);
            case DERBY -> setting.equals("ISOLATION");
            case HSQLDB ->
                Set.of("DATABASE", "FILES", "PASSWORD", "INITIAL", "PROPERTY").contains(setting);
            case MARIADB -> setting.equals("PASSWORD");
            case POSTGRESQL -> false;
            case GENERIC -> true;
        };
    }
}
