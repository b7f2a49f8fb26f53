package org.batonjdbc.driver.sql;

import java.util.Locale;
import java.util.Set;

/** Reads the heads of statements about schema objects and the rights to them. */
final class SchemaReader {
    /** Words between the verb and the kind of object that are not part of either. */
    private static final Set<String> NOISE = Set.of(
            "OR",
            "REPLACE",
            "GLOBAL",
            "LOCAL",
            "TEMPORARY",
            "TEMP",
            "UNLOGGED",
            "CACHED",
            "MEMORY",
            "TEXT",
            "LINKED",
            "UNIQUE",
            "SPATIAL",
            "FULLTEXT",
            "HASH",
            "FORCE",
            "RECURSIVE",
            "NOT",
            "PERSISTENT",
            "ONLINE",
            "OFFLINE",
            "IGNORE",
            "CLUSTERED",
            "NONCLUSTERED",
            "BITMAP",
            "TRUSTED",
            "PROCEDURAL",
            "DEFAULT",
            "AGGREGATE");

    private static final Set<String> OBJECTS = Set.of(
            "TABLE",
            "INDEX",
            "VIEW",
            "SEQUENCE",
            "SCHEMA",
            "DATABASE",
            "USER",
            "ROLE",
            "DOMAIN",
            "TYPE",
            "FUNCTION",
            "PROCEDURE",
            "TRIGGER",
            "ALIAS",
            "CONSTANT",
            "AGGREGATE",
            "CAST",
            "COLLATION",
            "CONVERSION",
            "EXTENSION",
            "EVENT",
            "SERVER",
            "TABLESPACE",
            "LANGUAGE",
            "OPERATOR",
            "POLICY",
            "PUBLICATION",
            "SUBSCRIPTION",
            "RULE",
            "STATISTICS",
            "SYNONYM",
            "GROUP",
            "PACKAGE",
            "ROUTINE",
            "COLUMN",
            "CONSTRAINT",
            "ASSERTION",
            "TRANSLATION",
            "CHARACTER",
            "MATERIALIZED",
            "FOREIGN",
            "TEXT",
            "ACCESS",
            "ALL",
            "OWNED",
            "LARGE",
            "MODULE",
            "SESSION",
            "SYSTEM",
            "DERBY");

    /** The kind of object stands within so many words, a view's or routine's definer among them. */
    private static final int HEAD = 14;

    private final Tape tape;
    private final Syntax syntax;
    private final int first;
    private final int to;

    SchemaReader(Tape tape, Syntax syntax, int first, int to) {
        this.tape = tape;
        this.syntax = syntax;
        this.first = first;
        this.to = to;
    }

    Draft read() {
        boolean ofRights = tape.is(first, Keyword.GRANT) || tape.is(first, Keyword.REVOKE);
        boolean temporary = false;
        int at = first + 1;
        while (at < to && !tape.is(at, '(') && !isObject(at) && at < first + HEAD) {
            temporary |= isTemporary(at) && !ofRights;
            at++;
        }
        boolean found = at < to && isObject(at) && !ofRights;
        String object = found ? word(at) : "";
        if (object.equals("SESSION") && tape.is(first, Keyword.ALTER)) {
            return new Draft(StatementKind.SESSION, "ALTER SESSION", Verdict.PASS);
        }
        Draft draft = new Draft(StatementKind.DDL, word(first), temporary ? Verdict.PASS : Verdict.DDL);
        if (found) {
            draft.verb = draft.verb + " " + object;
            draft.target(object.equals("ALL") ? null : objectName(at + 1));
            draft.on = object.equals("INDEX") ? tableOfIndex(at + 1) : null;
        }
        draft.temporary = temporary;
        return draft.commits(commits(draft));
    }

    private boolean commits(Draft draft) {
        if (!syntax.has(Trait.DDL_COMMITS)) {
            return false;
        }
        if (draft.temporary) {
            boolean declared = tape.is(first, Keyword.DECLARE);
            return syntax.has(Trait.TEMPORARY_DDL_COMMITS) && !declared && !isTransactional();
        }
        boolean leavesOpen = draft.verb.equals("ALTER SEQUENCE")
                || (draft.verb.equals("ALTER TABLE") && mentions("REFERENTIAL_INTEGRITY"));
        return !leavesOpen || !syntax.has(Trait.SOME_DDL_LEAVES_OPEN);
    }

    private boolean isTransactional() {
        for (int at = first; at < to; at++) {
            if (tape.is(at, Keyword.TRANSACTIONAL) && !tape.is(at - 1, Keyword.NOT)) {
                return true;
            }
        }
        return false;
    }

    private boolean mentions(String word) {
        for (int at = first; at < to; at++) {
            if (tape.is(at, word)) {
                return true;
            }
        }
        return false;
    }

    private boolean isTemporary(int at) {
        return tape.is(at, Keyword.TEMPORARY) || tape.is(at, Keyword.TEMP);
    }

    private boolean isObject(int at) {
        String word = word(at);
        boolean noise = NOISE.contains(word) && tape.kind(at + 1) == TokenKind.WORD && isNoiseOrObject(at + 1);
        return OBJECTS.contains(word) && !noise;
    }

    private boolean isNoiseOrObject(int at) {
        return NOISE.contains(word(at)) || OBJECTS.contains(word(at));
    }

    private String objectName(int start) {
        int at = start;
        while (at < to && (tape.is(at, "VIEW") || tape.is(at, "TABLE") || tape.is(at, "CONCURRENTLY"))) {
            at++;
        }
        if (tape.is(at, Keyword.IF)) {
            at += tape.is(at + 1, Keyword.NOT) ? 3 : 2;
        }
        if (tape.is(at, Keyword.ONLY)) {
            at++;
        }
        int behind = tape.is(at, Keyword.ON) ? at : Math.min(tape.behindName(at), to);
        return behind > at ? tape.slice(at, behind - 1) : null;
    }

    private String tableOfIndex(int start) {
        for (int at = start; at < to && !tape.is(at, '('); at++) {
            if (tape.is(at, Keyword.ON)) {
                return objectName(at + 1);
            }
        }
        return null;
    }

    private String word(int at) {
        return tape.slice(at, at).toUpperCase(Locale.ROOT);
    }
}
