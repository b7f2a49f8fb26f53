package org.batonjdbc.driver.sql;

import java.util.Locale;
import java.util.Set;
import org.batonjdbc.driver.sql.TransactionControl.Verb;

/** Reads SET and its like: what belongs to the session, to one transaction, or to the whole database. */
final class SettingReader {
    /** Settings of H2 and HSQLDB that hold for all sessions of the database, or change a user. */
    private static final Set<String> OF_DATABASE = Set.of(
            "ALLOW_LITERALS",
            "BUILTIN_ALIAS_OVERRIDE",
            "CACHE_SIZE",
            "CLUSTER",
            "COLLATION",
            "BINARY_COLLATION",
            "UUID_COLLATION",
            "COMPRESS_LOB",
            "DATABASE",
            "DATABASE_EVENT_LISTENER",
            "DB_CLOSE_DELAY",
            "DEFAULT_LOCK_TIMEOUT",
            "DEFAULT_NULL_ORDERING",
            "DEFAULT_TABLE_TYPE",
            "FILES",
            "IGNORECASE",
            "IGNORE_CATALOGS",
            "INITIAL",
            "JAVA_OBJECT_SERIALIZER",
            "LOCK_MODE",
            "LOG",
            "LOGSIZE",
            "MAX_LENGTH_INPLACE_LOB",
            "MAX_LOG_SIZE",
            "MAX_MEMORY_ROWS",
            "MAX_MEMORY_UNDO",
            "MAX_OPERATION_MEMORY",
            "MODE",
            "MULTI_THREADED",
            "OPTIMIZE_REUSE_RESULTS",
            "PASSWORD",
            "PROPERTY",
            "QUERY_STATISTICS",
            "QUERY_STATISTICS_MAX_ENTRIES",
            "REDO_LOG_BINARY",
            "REFERENTIAL_INTEGRITY",
            "REFERENTIAL",
            "RETENTION_TIME",
            "SALT",
            "SCRIPTFORMAT",
            "TRACE_LEVEL_FILE",
            "TRACE_LEVEL_SYSTEM_OUT",
            "TRACE_MAX_FILE_SIZE",
            "UNDO_LOG",
            "WRITE_DELAY",
            "GLOBAL",
            "PERSIST",
            "RECOVERY_LOG");

    private final Tape tape;
    private final Syntax syntax;
    private final int first;
    private final int to;

    SettingReader(Tape tape, Syntax syntax, int first, int to) {
        this.tape = tape;
        this.syntax = syntax;
        this.first = first;
        this.to = to;
    }

    Draft read() {
        Draft draft = new Draft(StatementKind.SESSION, word(first), Verdict.PASS);
        if (!tape.is(first, Keyword.SET)) {
            return draft.target(first + 1 < to ? word(first + 1) : null);
        }
        int at = first + 1;
        if (at >= to) {
            return Draft.unknown();
        }
        Body body = Body.of(tape, syntax, at, to);
        if (tape.is(at, "STATEMENT")) {
            return ofStatement(at);
        }
        int autocommit = autocommit(at);
        if (autocommit >= 0) {
            return setAutocommit(autocommit);
        }
        if (isOfTransaction(at)) {
            return TransactionReader.control(Verb.SET_TRANSACTION, null, false).target(word(at));
        }
        if (tape.is(at, Keyword.TABLE)) {
            return new Draft(StatementKind.DDL, "SET TABLE", Verdict.DDL)
                    .target(name(at + 1))
                    .commits(syntax.has(Trait.DDL_COMMITS));
        }
        String setting = setting(at);
        draft.target(setting);
        body.mark(draft);
        if (body.callsUnknown() || body.hidesChange()) {
            draft.verdict = Verdict.OPAQUE;
        }
        if (setting.equals("EXCLUSIVE")) {
            draft.kind = StatementKind.ADMIN;
            draft.verdict = Verdict.REFUSE;
        } else if (OF_DATABASE.contains(setting)) {
            draft.kind = StatementKind.ADMIN;
        }
        return draft.commits(Settings.commits(syntax, setting, at + 1 < to ? word(at + 1) : ""));
    }

    /** MariaDB's SET STATEMENT name = value FOR statement, which runs the statement. */
    private Draft ofStatement(int start) {
        for (int at = start; at < to; at++) {
            if (tape.is(at, Keyword.FOR)) {
                Draft draft = new StatementReader(tape, syntax, at + 1, to).read();
                return draft.control == null ? draft.disguise() : Draft.unknown();
            }
        }
        return Draft.unknown();
    }

    /** Where AUTOCOMMIT is set, among the assignments of one SET; -1 if it is not. */
    private int autocommit(int start) {
        for (int at = start; at < to; at++) {
            if (tape.is(at, Keyword.AUTOCOMMIT)
                    || tape.is(at, "@@AUTOCOMMIT")
                    || (tape.is(at, "AUTOCOMMIT") && tape.is(at - 1, '.'))) {
                return tape.is(at - 1, Keyword.GLOBAL) ? -1 : at;
            }
        }
        return -1;
    }

    private Draft setAutocommit(int at) {
        int value = at + 1;
        while (tape.is(value, '=') || tape.is(value, ":=") || tape.is(value, Keyword.TO)) {
            value++;
        }
        String text = value < to ? word(value) : "";
        Verb verb = switch (text) {
            case "TRUE", "ON", "1", "'ON'" -> Verb.AUTOCOMMIT_ON;
            case "FALSE", "OFF", "0", "'OFF'" -> Verb.AUTOCOMMIT_OFF;
            default -> Verb.AUTOCOMMIT_UNKNOWN;
        };
        boolean alone = value + 1 >= to && at <= first + 3;
        Draft control = TransactionReader.control(alone ? verb : Verb.AUTOCOMMIT_UNKNOWN, null, false);
        return control.target("AUTOCOMMIT").commits(control.control.verb() != Verb.AUTOCOMMIT_OFF);
    }

    private boolean isOfTransaction(int at) {
        return tape.is(at, Keyword.TRANSACTION)
                || (tape.is(at, Keyword.LOCAL) && !tape.is(at + 1, "TEMPORARY"))
                || tape.is(at, "CONSTRAINTS");
    }

    /** The first word that names what is set, with a variable's at signs and a SESSION before it left out. */
    private String setting(int start) {
        int at = start;
        if (tape.is(at, Keyword.SESSION) || tape.is(at, "CURRENT")) {
            at += at + 1 < to && tape.isName(at + 1) ? 1 : 0;
        }
        return word(at);
    }

    private String name(int at) {
        int behind = Math.min(tape.behindName(at), to);
        return behind > at ? tape.slice(at, behind - 1) : null;
    }

    private String word(int at) {
        return tape.slice(at, at).toUpperCase(Locale.ROOT);
    }
}
