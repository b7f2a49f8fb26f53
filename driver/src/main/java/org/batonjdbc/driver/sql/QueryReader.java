package org.batonjdbc.driver.sql;

/** Reads queries, WITH lists, and the changes that hide in them. */
final class QueryReader {
    private final Tape tape;
    private final Syntax syntax;
    private final int to;

    QueryReader(Tape tape, Syntax syntax, int to) {
        this.tape = tape;
        this.syntax = syntax;
        this.to = to;
    }

    Draft query(int first) {
        Body body = Body.of(tape, syntax, first, to);
        Draft draft =
                body.mark(new Draft(StatementKind.READ, tape.keyword(first).name(), Verdict.PASS));
        if (body.hidesChange()) {
            return hidden(body);
        }
        if (body.into() >= 0) {
            return selectInto(body, draft);
        }
        if (body.callsUnknown()) {
            draft.verdict = Verdict.OPAQUE;
        }
        return draft;
    }

    private Draft hidden(Body body) {
        int at = body.hiddenChange();
        Draft change = new StatementReader(tape, syntax, at, tape.behindBrackets(at - 1, to) - 1).read();
        // there may be more than one change, so that only triggers can tell what changed
        return body.mark(change).disguise();
    }

    private Draft selectInto(Body body, Draft draft) {
        int name = body.into() + 1;
        if (syntax.has(Trait.SELECT_INTO_CREATES)) {
            boolean temporary = tape.is(name, Keyword.TEMP) || tape.is(name, Keyword.TEMPORARY);
            draft.kind = StatementKind.DDL;
            draft.verb = "SELECT INTO";
            draft.verdict = temporary ? Verdict.PASS : Verdict.DDL;
            draft.temporary = temporary;
            int start = name;
            while (tape.is(start, Keyword.TEMP)
                    || tape.is(start, Keyword.TEMPORARY)
                    || tape.is(start, Keyword.LOCAL)
                    || tape.is(start, Keyword.TABLE)
                    || tape.is(start, "UNLOGGED")) {
                start++;
            }
            return draft.target(name(start));
        }
        if (tape.kind(name) == TokenKind.WORD && tape.text().charAt(tape.start(name)) == '@') {
            draft.kind = StatementKind.SESSION;
            draft.verb = "SELECT INTO";
            return draft.target(name(name));
        }
        if (tape.is(name, Keyword.OUTFILE) || tape.is(name, Keyword.DUMPFILE)) {
            draft.kind = StatementKind.ADMIN;
            draft.verb = "SELECT INTO";
            return draft;
        }
        return Draft.unknown();
    }

    /** WITH name (columns) AS (query), ... and then what it is all for. */
    Draft with(int first) {
        int at = first + 1;
        if (tape.is(at, Keyword.RECURSIVE)) {
            at++;
        }
        Body body = Body.of(tape, syntax, first, to);
        while (tape.isName(at)) {
            at++;
            if (tape.is(at, '(')) {
                at = tape.behindBrackets(at, to);
            }
            if (!tape.is(at, Keyword.AS)) {
                return Draft.unknown();
            }
            at++;
            at += tape.is(at, Keyword.NOT) ? 1 : 0;
            at += tape.is(at, Keyword.MATERIALIZED) ? 1 : 0;
            if (!tape.is(at, '(')) {
                return Draft.unknown();
            }
            at = behindSearch(tape.behindBrackets(at, to));
            if (!tape.is(at, ',')) {
                break;
            }
            at++;
        }
        while (tape.is(at, '(')) {
            at++;
        }
        Keyword verb = tape.keyword(at);
        if (verb == null || at >= to) {
            return Draft.unknown();
        }
        return switch (verb) {
            case SELECT, VALUES, TABLE -> body.hidesChange() ? hidden(body) : query(first);
            case INSERT, UPDATE, DELETE, MERGE, REPLACE -> {
                Draft draft = body.mark(new StatementReader(tape, syntax, at, to).change(at, verb));
                yield body.hidesChange() ? draft.disguise() : draft;
            }
            case CREATE -> new SchemaReader(tape, syntax, at, to).read();
            default -> Draft.unknown();
        };
    }

    /** Behind PostgreSQL's SEARCH ... SET name and CYCLE ... USING name, which hold no parentheses. */
    private int behindSearch(int start) {
        int at = start;
        while (tape.is(at, "SEARCH") || tape.is(at, "CYCLE")) {
            boolean cycle = tape.is(at, "CYCLE");
            while (at < to && !(cycle ? tape.is(at, Keyword.USING) : tape.is(at, Keyword.SET))) {
                at++;
            }
            at += 2;
        }
        return at;
    }

    private String name(int at) {
        int behind = Math.min(tape.behindName(at), to);
        return behind > at ? tape.slice(at, behind - 1) : null;
    }
}
