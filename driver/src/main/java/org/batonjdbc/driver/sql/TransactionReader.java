package org.batonjdbc.driver.sql;

import org.batonjdbc.driver.sql.TransactionControl.Verb;

/** Reads statements that begin, end or mark transactions. */
final class TransactionReader {
    private final Tape tape;
    private final Syntax syntax;
    private final int first;

    TransactionReader(Tape tape, Syntax syntax, int first) {
        this.tape = tape;
        this.syntax = syntax;
        this.first = first;
    }

    Draft read() {
        Keyword opening = tape.keyword(first);
        int at = first + 1;
        if (tape.is(at, Keyword.WORK) || tape.is(at, Keyword.TRANSACTION)) {
            at++;
        }
        return switch (opening) {
            case COMMIT, END -> end(Verb.COMMIT, at);
            case ABORT -> end(Verb.ROLLBACK, at);
            case ROLLBACK -> tape.is(at, Keyword.TO) ? savepoint(Verb.ROLLBACK_TO, at + 1) : end(Verb.ROLLBACK, at);
            case SAVEPOINT -> savepoint(Verb.SAVEPOINT, first + 1);
            case RELEASE -> savepoint(Verb.RELEASE, first + 1);
            case BEGIN ->
                tape.is(at, Keyword.NOT) && tape.is(at + 1, Keyword.ATOMIC)
                        ? new Draft(StatementKind.CALL, "BEGIN", Verdict.OPAQUE)
                        : begin(at);
            case START -> tape.is(at - 1, Keyword.TRANSACTION) ? begin(at) : Draft.unknown();
            default -> twoPhase();
        };
    }

    /** Alone or with a mode; anything else makes it a block of code. */
    private Draft begin(int at) {
        boolean mode = isEnd(at)
                || tape.is(at, Keyword.ISOLATION)
                || tape.is(at, "READ")
                || tape.is(at, Keyword.WITH)
                || tape.is(at, Keyword.NOT)
                || tape.is(at, "DEFERRABLE");
        return mode ? control(Verb.BEGIN, null, false).commits(syntax.has(Trait.BEGIN_COMMITS)) : Draft.unknown();
    }

    private boolean isEnd(int at) {
        return tape.kind(at) == null || tape.is(at, ';');
    }

    /** COMMIT and ROLLBACK, of this transaction or of a prepared one. */
    private Draft end(Verb verb, int at) {
        boolean none = tape.is(at + 1, Keyword.NO);
        if (tape.is(at, Keyword.AND)) {
            return control(verb, null, !none && tape.is(at + 1, Keyword.CHAIN));
        }
        boolean whole = isEnd(at) || tape.is(at, Keyword.NO) || tape.is(at, Keyword.RELEASE);
        return whole ? control(verb, null, false) : twoPhase();
    }

    private Draft savepoint(Verb verb, int start) {
        int at = tape.is(start, Keyword.SAVEPOINT) && tape.isName(start + 1) ? start + 1 : start;
        return tape.isName(at) ? control(verb, tape.slice(at, at), false) : Draft.unknown();
    }

    static Draft twoPhase() {
        Draft draft = control(Verb.TWO_PHASE, null, false);
        draft.verdict = Verdict.REFUSE;
        return draft;
    }

    static Draft control(Verb verb, String savepoint, boolean chain) {
        Draft draft = new Draft(StatementKind.TRANSACTION, verb.name().replace('_', ' '), Verdict.CONTROL);
        draft.target(savepoint);
        draft.control = new TransactionControl(verb, savepoint, chain);
        return draft;
    }
}
