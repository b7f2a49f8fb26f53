package org.batonjdbc.store.dialect.postgresql;

import org.batonjdbc.store.catalog.TableName;

/** Names as PostgreSQL quotes them, and which of them are users'. */
final class PostgresNames {
    static final String BATON = "BATON";

    private PostgresNames() {}

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String quote(TableName name) {
        return quote(name.schema()) + "." + quote(name.name());
    }

    /** A text in quotes, whatever the session takes a backslash for. */
    static String literal(String text) {
        return (text.indexOf('\\') < 0 ? "'" : " E'")
                + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** A condition on the alias of a {@code pg_namespace}: it holds objects of users, and not of the engine or of Baton. */
    static String isUsers(String namespace) {
        return namespace + ".nspname <> 'information_schema' AND " + namespace + ".nspname <> '" + BATON + "' AND "
                + namespace + ".nspname !~ '^pg_'";
    }

    /** A condition: the object belongs to no extension, which would bring it along. */
    static String isNoExtensions(String catalog, String oid) {
        return "NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog." + catalog
                + "'::pg_catalog.regclass AND e.objid = " + oid + " AND e.deptype = 'e')";
    }
}
