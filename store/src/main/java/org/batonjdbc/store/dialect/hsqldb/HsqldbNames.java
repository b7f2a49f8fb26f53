package org.batonjdbc.store.dialect.hsqldb;

import java.util.Set;
import org.batonjdbc.store.catalog.TableName;

/** Names as HSQLDB writes and quotes them, and which of them are users'. */
final class HsqldbNames {
    static final String BATON = "BATON";
    private static final Set<String> NOT_USERS = Set.of("INFORMATION_SCHEMA", "SYSTEM_LOBS", BATON);

    private HsqldbNames() {}

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String quote(TableName name) {
        return quote(name.schema()) + "." + quote(name.name());
    }

    /** Whether a schema holds objects of users, and not of the engine or of Baton. */
    static boolean isUsers(String schema) {
        return !NOT_USERS.contains(schema);
    }
}
