package org.batonjdbc.driver.sql;

/**
 * Works out what one statement on a {@link Tape} means, from the words that it begins with. What is about schema objects
 * and settings is read by {@link SchemaReader} and {@link SettingReader}.
 */
final class StatementReader {
    private final Tape tape;
    private final Syntax syntax;
    private final int from;
    private final int to;

    StatementReader(Tape tape, Syntax syntax, int from, int to) {
        this.tape = tape;
        this.syntax = syntax;
        this.from = from;
        this.to = to;
    }

    Draft read() {
        int first = from;
        while (first < to && tape.is(first, '(')) {
            first++;
        }
        if (tape.is(first, '{') || tape.is(first, "?") || tape.kind(first) == TokenKind.PARAMETER) {
            return running().escape(first);
        }
        Keyword keyword = tape.keyword(first);
        if (keyword == null || (first > from && !opensQuery(keyword))) {
            return Draft.unknown();
        }
        return switch (keyword) {
            case SELECT, VALUES, TABLE -> new QueryReader(tape, syntax, to).query(first);
            case WITH -> new QueryReader(tape, syntax, to).with(first);
            case INSERT, UPDATE, DELETE, MERGE, REPLACE -> change(first, keyword);
            case TRUNCATE -> truncate(first);
            case EXPLAIN, DESCRIBE, DESC -> explain(first);
            case ANALYZE, ANALYSE -> analyze(first);
            case CALL -> running().call(first + 1);
            case EXEC, EXECUTE -> running().execute(first);
            case PREPARE -> running().prepare(first);
            case DECLARE -> declare(first);
            case COPY -> copy(first);
            case DO -> running().block(first);
            case LOCK -> lock(first);
            case SET, RESET, USE, DISCARD, LISTEN, UNLISTEN -> new SettingReader(tape, syntax, first, to).read();
            case COMMIT, ROLLBACK, SAVEPOINT, RELEASE, BEGIN, START, END, ABORT, XA ->
                new TransactionReader(tape, syntax, first).read();
            case CREATE, ALTER, DROP, COMMENT, GRANT, REVOKE, RENAME, REASSIGN, SECURITY, REFRESH, INSTALL, UNINSTALL ->
                new SchemaReader(tape, syntax, first, to).read();
            case UPGRADE -> new Draft(StatementKind.UPGRADE, "UPGRADE", Verdict.UPGRADE);
            default -> Openings.of(keyword, syntax);
        };
    }

    private RunningReader running() {
        return new RunningReader(tape, syntax, to);
    }

    private static boolean opensQuery(Keyword keyword) {
        return keyword == Keyword.SELECT
                || keyword == Keyword.VALUES
                || keyword == Keyword.TABLE
                || keyword == Keyword.WITH;
    }

    /** The reader for what this statement runs, from an index on. */
    private Draft inner(int start) {
        return start < to ? new StatementReader(tape, syntax, start, to).read() : Draft.unknown();
    }

    private Body body(int start) {
        return Body.of(tape, syntax, start, to);
    }

    // ---- reads

    private Draft explain(int first) {
        int at = first + 1;
        boolean runs = false;
        if (tape.is(at, '(') && !opensQueryAt(at + 1)) {
            int behind = tape.behindBrackets(at, to);
            for (; at < behind; at++) {
                runs |= isAnalyze(at)
                        && !tape.is(at + 1, "FALSE")
                        && !tape.is(at + 1, "OFF")
                        && !tape.is(at + 1, "0")
                        && !isZero(at + 1);
            }
        }
        for (; at < to && !startsStatement(at); at++) {
            runs |= isAnalyze(at);
        }
        if (!runs || at >= to) {
            return new Draft(StatementKind.READ, tape.keyword(first).name(), Verdict.PASS);
        }
        return ran(at);
    }

    private boolean isZero(int at) {
        return tape.kind(at) == TokenKind.NUMBER && tape.slice(at, at).equals("0");
    }

    private boolean isAnalyze(int at) {
        return tape.is(at, Keyword.ANALYZE) || tape.is(at, Keyword.ANALYSE);
    }

    private boolean opensQueryAt(int at) {
        Keyword keyword = tape.keyword(at);
        return tape.is(at, '(') || (keyword != null && opensQuery(keyword));
    }

    private boolean startsStatement(int at) {
        Keyword keyword = tape.keyword(at);
        if (keyword == null) {
            return tape.is(at, '(');
        }
        return switch (keyword) {
            case SELECT,
                    VALUES,
                    TABLE,
                    WITH,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    REPLACE,
                    CREATE,
                    DECLARE,
                    EXECUTE,
                    CALL,
                    REFRESH,
                    TRUNCATE,
                    DROP,
                    ALTER -> true;
            default -> false;
        };
    }

    /** What a statement means that is run by the words before it. */
    private Draft ran(int at) {
        Draft draft = inner(at);
        return draft.kind == StatementKind.READ ? draft : draft.disguise();
    }

    /** ANALYZE of tables, or MariaDB's ANALYZE of a statement, which runs it. */
    private Draft analyze(int first) {
        int at = first + 1;
        if (tape.is(at, Keyword.FORMAT)) {
            at += 3;
        }
        Keyword next = tape.keyword(at);
        if (next != null && next != Keyword.TABLE && startsStatement(at)) {
            return ran(at);
        }
        return Openings.of(tape.keyword(first), syntax);
    }

    // ---- changes

    Draft change(int first, Keyword verb) {
        int at = first + 1;
        while (isModifier(at)) {
            at++;
        }
        if (tape.is(at, Keyword.TOP)) {
            at = tape.is(at + 1, '(') ? tape.behindBrackets(at + 1, to) : at + 2;
        }
        if (tape.is(at, Keyword.INTO) || tape.is(at, Keyword.FROM)) {
            at++;
        }
        if (tape.is(at, Keyword.ONLY)) {
            at++;
        }
        boolean wrapped = tape.is(at, '(') && tape.isName(at + 1);
        int name = wrapped ? at + 1 : at;
        if (!tape.isName(name)) {
            return Draft.unknown();
        }
        StatementKind kind = switch (verb) {
            case INSERT -> StatementKind.INSERT;
            case UPDATE -> StatementKind.UPDATE;
            case DELETE -> StatementKind.DELETE;
            default -> StatementKind.MERGE;
        };
        // From the name on, for the first word behind it may be the WITH of a query that is nested.
        Body body = body(name);
        Draft draft = body.mark(new Draft(kind, verb.name(), Verdict.CAPTURE));
        draft.target(name(name));
        return body.hidesChange() ? draft.disguise() : draft;
    }

    private boolean isModifier(int at) {
        Keyword keyword = tape.keyword(at);
        return keyword == Keyword.LOW_PRIORITY
                || keyword == Keyword.HIGH_PRIORITY
                || keyword == Keyword.DELAYED
                || (keyword == Keyword.IGNORE && !tape.is(at + 1, Keyword.SET))
                || keyword == Keyword.QUICK
                || (keyword == Keyword.OR && (tape.is(at + 1, Keyword.REPLACE) || tape.is(at + 1, Keyword.IGNORE)))
                || (keyword == Keyword.REPLACE && tape.is(at - 1, Keyword.OR));
    }

    private Draft truncate(int first) {
        int at = first + 1;
        at += tape.is(at, Keyword.TABLE) ? 1 : 0;
        at += tape.is(at, Keyword.ONLY) ? 1 : 0;
        boolean many = tape.is(at, "SCHEMA") && tape.isName(at + 1);
        at += many ? 1 : 0;
        if (!tape.isName(at)) {
            return Draft.unknown();
        }
        boolean commits = syntax.has(Trait.TRUNCATE_COMMITS);
        for (int i = tape.behindName(at); i < to; i++) {
            many |= tape.is(i, ',') || tape.is(i, "CASCADE");
            commits |= tape.is(i, Keyword.COMMIT);
        }
        return new Draft(StatementKind.TRUNCATE, "TRUNCATE", many ? Verdict.REFUSE : Verdict.CAPTURE)
                .target(name(at))
                .commits(commits);
    }

    // ---- cursors, files and locks

    private Draft declare(int first) {
        for (int at = first + 1; at < to; at++) {
            if (tape.is(at, Keyword.TABLE) && at <= first + 3) {
                return new SchemaReader(tape, syntax, first, to).read();
            }
            if (tape.is(at, "CURSOR")) {
                Body body = body(first);
                Draft draft = body.mark(new Draft(StatementKind.READ, "DECLARE", Verdict.PASS))
                        .locking();
                draft.verdict = body.callsUnknown() ? Verdict.OPAQUE : Verdict.PASS;
                return body.hidesChange() ? Draft.unknown() : draft;
            }
        }
        return new Draft(StatementKind.SESSION, "DECLARE", Verdict.PASS).target(name(first + 1));
    }

    private Draft copy(int first) {
        int at = first + 1;
        if (tape.is(at, '(')) {
            return new StatementReader(tape, syntax, at + 1, tape.behindBrackets(at, to) - 1).ran(at + 1);
        }
        Draft draft = new Draft(StatementKind.LOAD, "COPY", Verdict.REFUSE).target(name(at));
        at = tape.behindName(at);
        at = tape.is(at, '(') ? tape.behindBrackets(at, to) : at;
        if (tape.is(at, Keyword.TO)) {
            draft.kind = StatementKind.READ;
            draft.verdict = Verdict.PASS;
        }
        return draft;
    }

    private Draft lock(int first) {
        boolean excludes = syntax.has(Trait.LOCK_TABLES_EXCLUDES);
        int name = first + (tape.is(first + 1, Keyword.TABLE) || tape.is(first + 1, Keyword.TABLES) ? 2 : 1);
        return new Draft(StatementKind.LOCK, "LOCK", excludes ? Verdict.REFUSE : Verdict.PASS)
                .target(name(name))
                .commits(excludes)
                .locking();
    }

    private String name(int at) {
        int behind = Math.min(tape.behindName(at), to);
        return behind > at ? tape.slice(at, behind - 1) : null;
    }
}
