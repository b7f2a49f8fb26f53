package org.batonjdbc.store.dialect.derby;

import java.util.Set;
import org.batonjdbc.store.catalog.TableName;

/** Names as Derby writes and quotes them, and which of them are users'. */
final class DerbyNames {
    static final String BATON = "BATON";
    private static final Set<String> NOT_USERS = Set.of(
            "SYS",
            "SYSIBM",
            "SYSCAT",
            "SYSFUN",
            "SYSPROC",
            "SYSSTAT",
            "SYSCS_DIAG",
            "SYSCS_UTIL",
            "NULLID",
            "SQLJ",
            BATON);

    private DerbyNames() {}

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String quote(TableName name) {
        return quote(name.schema()) + "." + quote(name.name());
    }

    /** A string literal. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Whether a schema holds objects of users, and not of the engine or of Baton. */
    static boolean isUsers(String schema) {
        return !NOT_USERS.contains(schema);
    }
}
