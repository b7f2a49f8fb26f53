package org.batonjdbc.driver.sql;

/** Reads statements that run something else: a routine, a prepared statement, a text, or a block of code. */
final class RunningReader {
    private final Tape tape;
    private final Syntax syntax;
    private final int to;

    RunningReader(Tape tape, Syntax syntax, int to) {
        this.tape = tape;
        this.syntax = syntax;
        this.to = to;
    }

    /** DO with a block of code, or with an expression where the engine has that. */
    Draft block(int first) {
        return syntax.has(Trait.DO_READS) ? call(first + 1) : opaque("DO");
    }

    /** {@code {call ...}}, {@code {? = call ...}}, and H2's {@code ? = CALL ...}. */
    Draft escape(int first) {
        int at = tape.is(first, '{') ? first + 1 : first;
        if (tape.kind(at) == TokenKind.PARAMETER) {
            at += tape.is(at + 1, '=') ? 2 : 0;
        }
        return tape.is(at, Keyword.CALL) ? call(at + 1) : Draft.unknown();
    }

    Draft call(int start) {
        Body body = Body.of(tape, syntax, start, to);
        boolean read = syntax.has(tape.is(start - 1, Keyword.DO) ? Trait.DO_READS : Trait.CALL_READS);
        if (read && !body.callsUnknown() && !body.hidesChange()) {
            return body.mark(new Draft(StatementKind.READ, "CALL", Verdict.PASS));
        }
        int end = tape.behindName(start);
        Draft draft = body.mark(opaque("CALL"));
        draft.callsUnknown = true;
        return end > start ? draft.target(tape.slice(start, end - 1)) : draft;
    }

    Draft execute(int first) {
        if (tape.is(first + 1, Keyword.IMMEDIATE) && tape.kind(first + 2) == TokenKind.STRING && first + 3 == to) {
            return immediate(tape.slice(first + 2, first + 2));
        }
        Draft draft = new Draft(StatementKind.CALL, tape.keyword(first).name(), Verdict.REFUSE);
        draft.callsUnknown = true;
        draft.commitsByItself = syntax.has(Trait.DDL_COMMITS);
        return draft.disguise();
    }

    private Draft immediate(String literal) {
        boolean plain = literal.startsWith("'") && literal.indexOf('\\') < 0;
        String sql = plain ? literal.substring(1, literal.length() - 1).replace("''", "'") : literal;
        Meaning meaning = plain ? Meaning.of(sql, syntax) : Draft.unknown().done();
        Draft draft = new Draft(meaning.kind(), meaning.verb(), meaning.verdict()).target(meaning.target());
        draft.absorb(meaning);
        boolean known = meaning.control() == null && meaning.verdict() != Verdict.UPGRADE;
        return known && meaning.parts().isEmpty() ? draft.disguise() : Draft.unknown();
    }

    Draft prepare(int first) {
        if (tape.is(first + 1, Keyword.TRANSACTION) || tape.is(first + 1, Keyword.COMMIT)) {
            return TransactionReader.twoPhase();
        }
        return new Draft(StatementKind.SESSION, "PREPARE", Verdict.PASS)
                .target(name(first + 1))
                .commits(syntax.has(Trait.PREPARE_COMMITS));
    }

    private static Draft opaque(String verb) {
        return new Draft(StatementKind.CALL, verb, Verdict.OPAQUE);
    }

    private String name(int at) {
        int behind = Math.min(tape.behindName(at), to);
        return behind > at ? tape.slice(at, behind - 1) : null;
    }
}
