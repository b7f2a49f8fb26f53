package org.batonjdbc.store.dialect.postgresql;

import static org.batonjdbc.store.dialect.postgresql.PostgresNames.isNoExtensions;
import static org.batonjdbc.store.dialect.postgresql.PostgresNames.isUsers;

/**
 * Queries that return the statements which make a store's objects, in the order of a dump. Each row has the schema and name
 * of the table that the object belongs to, or nulls, and the statement; to be run with an empty search path.
 */
final class PostgresObjects {
    private static final String NO_TABLE = "SELECT NULL, NULL, ";
    private static final String OF_CLASS =
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND " + isUsers("n");
    private static final String NO_MEMBER = " AND " + isNoExtensions("pg_class", "c.oid");

    static final String SCHEMAS = NO_TABLE + "format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) FROM pg_namespace n"
            + " WHERE n.nspname <> 'public' AND " + isUsers("n") + " AND " + isNoExtensions("pg_namespace", "n.oid")
            + " ORDER BY n.nspname";

    static final String EXTENSIONS = NO_TABLE + "format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname,"
            + " n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
            + " WHERE e.extname <> 'plpgsql' ORDER BY e.oid";

    private static final String COLLATE = "(SELECT format(' COLLATE %I.%I', ln.nspname, l.collname) FROM pg_collation l"
            + " JOIN pg_namespace ln ON ln.oid = l.collnamespace JOIN pg_type ct ON ct.oid = ";

    static final String TYPES = NO_TABLE + "CASE t.typtype"
            + " WHEN 'e' THEN format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname, (SELECT"
            + " string_agg(quote_literal(v.enumlabel), ', ' ORDER BY v.enumsortorder) FROM pg_enum v"
            + " WHERE v.enumtypid = t.oid))"
            + " WHEN 'd' THEN format('CREATE DOMAIN %I.%I AS %s%s%s%s%s', n.nspname, t.typname,"
            + " format_type(t.typbasetype, t.typtypmod), " + COLLATE + "t.typbasetype"
            + " WHERE l.oid = t.typcollation AND l.oid <> ct.typcollation), ' DEFAULT ' || t.typdefault,"
            + " CASE WHEN t.typnotnull THEN ' NOT NULL' END, (SELECT string_agg(format(' CONSTRAINT %I %s', k.conname,"
            + " pg_get_constraintdef(k.oid)), '' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid"
            + " AND k.contype = 'c'))"
            + " WHEN 'c' THEN format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname, (SELECT string_agg("
            + "format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)"
            + " FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))"
            + " ELSE (SELECT format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s)', n.nspname, t.typname,"
            + " format_type(r.rngsubtype, NULL)) FROM pg_range r WHERE r.rngtypid = t.oid) END"
            + " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
            + " LEFT JOIN pg_class c ON c.oid = t.typrelid"
            + " WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c') AND " + isUsers("n")
            + " AND "
            + isNoExtensions("pg_type", "t.oid") + " ORDER BY t.typtype <> 'e', t.oid";

    private static final String SEQUENCE_OPTIONS =
            "format('INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s"
                    + "%s', s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)";

    /** But for those of identity columns, which their columns make. */
    static final String SEQUENCES = NO_TABLE + "format('CREATE SEQUENCE %I.%I AS %s %s', n.nspname, c.relname,"
            + " format_type(s.seqtypid, NULL), " + SEQUENCE_OPTIONS + ")" + OF_CLASS
            + " JOIN pg_sequence s ON s.seqrelid = c.oid WHERE c.relpersistence <> 't' AND NOT EXISTS (SELECT FROM"
            + " pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')" + NO_MEMBER
            + " ORDER BY n.nspname, c.relname";

    static final String OWNED_SEQUENCES =
            "SELECT tn.nspname, t.relname, format('ALTER SEQUENCE %I.%I OWNED BY %I.%I.%I',"
                    + " n.nspname, c.relname, tn.nspname, t.relname, a.attname)" + OF_CLASS
                    + " JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'"
                    + " AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0"
                    + " JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace"
                    + " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
                    + " WHERE c.relkind = 'S'" + NO_MEMBER + " ORDER BY 1, 2, 3";

    private static final String COLUMN_DEFINITIONS = "(SELECT string_agg(format('%I %s%s%s%s', a.attname,"
            + " format_type(a.atttypid, a.atttypmod), " + COLLATE + "a.atttypid"
            + " WHERE l.oid = a.attcollation AND l.oid <> ct.typcollation),"
            + " CASE WHEN a.attidentity <> '' THEN (SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I %s)',"
            + " CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, sn.nspname, sc.relname, "
            + SEQUENCE_OPTIONS + ") FROM pg_depend d JOIN pg_sequence s ON s.seqrelid = d.objid"
            + " JOIN pg_class sc ON sc.oid = d.objid JOIN pg_namespace sn ON sn.oid = sc.relnamespace"
            + " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid"
            + " AND d.refobjsubid = a.attnum AND d.deptype = 'i')"
            + " WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) %s', pg_get_expr(x.adbin, x.adrelid),"
            + " CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END)"
            + " ELSE ' DEFAULT ' || pg_get_expr(x.adbin, x.adrelid) END,"
            + " CASE WHEN a.attnotnull THEN ' NOT NULL' END), ', ' ORDER BY a.attnum) FROM pg_attribute a"
            + " LEFT JOIN pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum"
            + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)";

    static final String TABLES =
            "SELECT n.nspname, c.relname, format('CREATE %sTABLE %I.%I (%s)%s', CASE c.relpersistence"
                    + " WHEN 'u' THEN 'UNLOGGED ' END, n.nspname, c.relname, " + COLUMN_DEFINITIONS
                    + ", ' WITH (' || array_to_string(c.reloptions, ', ') || ')')" + OF_CLASS
                    + " WHERE c.relkind = 'r' AND c.relpersistence <> 't'" + NO_MEMBER
                    + " ORDER BY n.nspname, c.relname";

    /** Fourth, the index by its OID: the one that is a table's key is made with the table. */
    static final String INDEXES =
            "SELECT n.nspname, c.relname, CASE WHEN k.oid IS NULL THEN pg_get_indexdef(i.indexrelid)"
                    + " ELSE format('ALTER TABLE ONLY %I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, k.conname,"
                    + " pg_get_constraintdef(k.oid)) END,"
                    + " i.indexrelid" + OF_CLASS + " JOIN pg_index i ON i.indrelid = c.oid"
                    + " LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')"
                    + " WHERE c.relkind = 'r' AND i.indisvalid AND c.relpersistence <> 't'" + NO_MEMBER
                    + " ORDER BY n.nspname, c.relname, i.indexrelid";

    /** Checks first; a foreign key needs the unique constraints of other tables. Fourth and fifth, what it refers to. */
    static final String CONSTRAINTS =
            "SELECT n.nspname, c.relname, format('ALTER TABLE ONLY %I.%I ADD CONSTRAINT %I %s',"
                    + " n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)), fn.nspname, f.relname" + OF_CLASS
                    + " JOIN pg_constraint k ON k.conrelid = c.oid LEFT JOIN pg_class f ON f.oid = k.confrelid"
                    + " LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace WHERE k.contype IN ('c', 'f') AND c.relkind = 'r'"
                    + NO_MEMBER + " ORDER BY k.contype, n.nspname, c.relname, k.conname";

    static final String STATISTICS = "SELECT n.nspname, c.relname, pg_get_statisticsobjdef(s.oid)" + OF_CLASS
            + " JOIN pg_statistic_ext s ON s.stxrelid = c.oid WHERE c.relkind = 'r' ORDER BY s.oid";

    private static final String ROUTINE = NO_TABLE + "pg_get_functiondef(p.oid) FROM pg_proc p"
            + " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind <> 'a' AND " + isUsers("n") + " AND "
            + isNoExtensions("pg_proc", "p.oid") + " AND ";
    private static final String NEEDS_VIEWS =
            "EXISTS (SELECT FROM pg_depend d LEFT JOIN pg_type t ON t.oid = d.refobjid"
                    + " AND d.refclassid = 'pg_type'::regclass JOIN pg_class v ON v.relkind IN ('v', 'm') AND (v.oid = t.typrelid"
                    + " OR v.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass)"
                    + " WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid)";

    /** Defaults, checks and computed columns call them, so they come before the tables, but for those that need views. */
    static final String ROUTINES = ROUTINE + "NOT " + NEEDS_VIEWS + " ORDER BY p.oid";

    static final String LATE_ROUTINES = ROUTINE + NEEDS_VIEWS + " ORDER BY p.oid";

    static final String VIEWS = NO_TABLE + "format('CREATE %sVIEW %I.%I%s AS %s%s', CASE c.relkind WHEN 'm' THEN"
            + " 'MATERIALIZED ' END, n.nspname, c.relname, ' WITH (' || array_to_string(c.reloptions, ', ') || ')',"
            + " rtrim(pg_get_viewdef(c.oid), ';'), CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN"
            + " ' WITH NO DATA' END)" + OF_CLASS + " WHERE c.relkind IN ('v', 'm')" + NO_MEMBER + " ORDER BY c.oid";

    static final String VIEW_INDEXES = NO_TABLE + "pg_get_indexdef(i.indexrelid)" + OF_CLASS
            + " JOIN pg_index i ON i.indrelid = c.oid WHERE c.relkind = 'm'" + NO_MEMBER + " ORDER BY i.indexrelid";

    static final String COMMENTS = "SELECT CASE WHEN c.relkind = 'r' THEN n.nspname END, CASE WHEN c.relkind = 'r' THEN"
            + " c.relname END, format('COMMENT ON %s %I.%I%s IS %L', CASE WHEN d.objsubid > 0 THEN 'COLUMN' WHEN c.relkind"
            + " = 'r' THEN 'TABLE' WHEN c.relkind = 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, n.nspname, c.relname,"
            + " '.' || quote_ident(a.attname), d.description)" + OF_CLASS
            + " JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid"
            + " LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0"
            + " WHERE c.relkind IN ('r', 'v', 'm')" + NO_MEMBER + " ORDER BY 1, 2, 3";

    private static final String IF_THERE =
            "format('DO $baton$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = %L)"
                    + " THEN %s; END IF; END $baton$', ";

    /** Owners and grants, as far as their roles are there; preflight tells which must be. */
    static final String OWNERS = "SELECT CASE WHEN c.relkind = 'r' THEN n.nspname END, CASE WHEN c.relkind = 'r' THEN"
            + " c.relname END, " + IF_THERE + "o.rolname, format('ALTER %s %I.%I OWNER TO %I', CASE c.relkind WHEN 'r'"
            + " THEN 'TABLE' WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, n.nspname, c.relname, o.rolname))"
            + OF_CLASS + " JOIN pg_roles o ON o.oid = c.relowner WHERE c.relkind IN ('r', 'v', 'm')"
            + " AND c.relpersistence <> 't'" + NO_MEMBER + " ORDER BY 1, 2, 3";

    static final String GRANTS = "SELECT CASE WHEN c.relkind = 'r' THEN n.nspname END, CASE WHEN c.relkind = 'r' THEN"
            + " c.relname END, CASE WHEN g.grantee = 0 THEN format('GRANT %s ON %s %I.%I TO PUBLIC', g.privilege_type, k.word,"
            + " n.nspname, c.relname) ELSE " + IF_THERE + "o.rolname, format('GRANT %s ON %s %I.%I TO %I%s',"
            + " g.privilege_type, k.word, n.nspname, c.relname, o.rolname, CASE WHEN g.is_grantable THEN"
            + " ' WITH GRANT OPTION' END)) END" + OF_CLASS
            + " CROSS JOIN LATERAL aclexplode(c.relacl) g LEFT JOIN pg_roles o ON o.oid = g.grantee"
            + " CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END) k(word)"
            + " WHERE c.relkind IN ('r', 'v', 'm', 'S') AND c.relpersistence <> 't' AND g.grantee <> c.relowner"
            + NO_MEMBER + " ORDER BY 1, 2, 3";

    private static final String ROUTINES_OF =
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND " + isUsers("n");
    private static final String NO_MEMBER_ROUTINE = " AND " + isNoExtensions("pg_proc", "p.oid");

    /** One that acts with the rights of its owner must have that owner, whatever it takes. */
    static final String ROUTINE_OWNERS = NO_TABLE + "CASE WHEN p.prosecdef THEN format('ALTER ROUTINE %s OWNER TO %I',"
            + " p.oid::regprocedure, o.rolname) ELSE " + IF_THERE + "o.rolname, format('ALTER ROUTINE %s OWNER TO %I',"
            + " p.oid::regprocedure, o.rolname)) END" + ROUTINES_OF + " JOIN pg_roles o ON o.oid = p.proowner"
            + " WHERE p.prokind <> 'a'" + NO_MEMBER_ROUTINE + " ORDER BY p.oid";

    /** Everybody may run a routine unless somebody has said who may. */
    static final String ROUTINE_REVOKES =
            NO_TABLE + "format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', p.oid::regprocedure)" + ROUTINES_OF
                    + " WHERE p.prokind <> 'a' AND p.proacl IS NOT NULL" + NO_MEMBER_ROUTINE + " ORDER BY p.oid";

    static final String ROUTINE_GRANTS = NO_TABLE
            + "CASE WHEN g.grantee = 0 THEN format('GRANT EXECUTE ON ROUTINE %s TO"
            + " PUBLIC', p.oid::regprocedure) ELSE " + IF_THERE
            + "o.rolname, format('GRANT EXECUTE ON ROUTINE %s TO %I',"
            + " p.oid::regprocedure, o.rolname)) END" + ROUTINES_OF + " CROSS JOIN LATERAL aclexplode(p.proacl) g"
            + " LEFT JOIN pg_roles o ON o.oid = g.grantee WHERE p.prokind <> 'a' AND g.grantee <> p.proowner"
            + NO_MEMBER_ROUTINE + " ORDER BY p.oid";

    static final String SCHEMA_GRANTS = NO_TABLE
            + "CASE WHEN g.grantee = 0 THEN format('GRANT %s ON SCHEMA %I TO PUBLIC',"
            + " g.privilege_type, n.nspname) ELSE " + IF_THERE + "o.rolname, format('GRANT %s ON SCHEMA %I TO %I',"
            + " g.privilege_type, n.nspname, o.rolname)) END FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) g"
            + " LEFT JOIN pg_roles o ON o.oid = g.grantee WHERE g.grantee <> n.nspowner AND " + isUsers("n") + " AND "
            + isNoExtensions("pg_namespace", "n.oid") + " ORDER BY 3";

    /** Made only where it is not there yet: after a switchover and back it is. */
    static final String TRIGGERS = "SELECT n.nspname, c.relname, format('DO $baton$ BEGIN IF NOT EXISTS (SELECT FROM"
            + " pg_trigger WHERE tgname = %L AND tgrelid = %L::regclass) THEN EXECUTE %L;%s END IF; END $baton$', t.tgname,"
            + " format('%I.%I', n.nspname, c.relname), pg_get_triggerdef(t.oid), CASE WHEN t.tgenabled = 'D' THEN"
            + " format(' ALTER TABLE %I.%I DISABLE TRIGGER %I;', n.nspname, c.relname, t.tgname) END)" + OF_CLASS
            + " JOIN pg_trigger t ON t.tgrelid = c.oid JOIN pg_proc p ON p.oid = t.tgfoid"
            + " JOIN pg_namespace f ON f.oid = p.pronamespace WHERE NOT t.tgisinternal AND c.relkind = 'r'"
            + " AND f.nspname <> '" + PostgresNames.BATON + "'" + NO_MEMBER + " ORDER BY 1, 2, t.tgname";

    private PostgresObjects() {}
}
