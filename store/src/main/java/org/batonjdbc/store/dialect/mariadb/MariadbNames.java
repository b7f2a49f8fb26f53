package org.batonjdbc.store.dialect.mariadb;

import org.batonjdbc.store.catalog.TableName;

/** Names as MariaDB quotes them. */
final class MariadbNames {
    static final String BATON = "BATON";
    /** How the names of Baton's triggers begin, which are in the same schema as their tables. */
    static final String TRIGGER = "BATON_CAPTURE_";

    /** A condition: a trigger is a user's. */
    static final String USERS_TRIGGER = "TRIGGER_NAME NOT LIKE 'BATON\\_CAPTURE\\_%'";

    private MariadbNames() {}

    static String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    static String quote(TableName name) {
        return quote(name.schema()) + "." + quote(name.name());
    }

    static String baton(String name) {
        return quote(BATON) + "." + quote(name);
    }

    /** A text in quotes that means the same whatever a session takes a backslash for. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
