package org.batonjdbc.driver.sql;

/**
 * Looks through all of a statement behind its first words, at any depth, for what it does besides: locks, draws from a
 * sequence, calls functions, and changes hidden in it.
 */
final class Body {
    private final Tape tape;
    private final Syntax syntax;
    private boolean locks;
    private boolean drawsSequence;
    private boolean callsUnknown;
    private boolean nestsWith;
    /** Where a change begins that is hidden in parentheses, FINAL TABLE (...) or WITH x AS (...); -1 if there is none. */
    private int hiddenChange = -1;
    /** Where the INTO of a SELECT ... INTO stands; -1 if there is none. */
    private int into = -1;

    private Body(Tape tape, Syntax syntax) {
        this.tape = tape;
        this.syntax = syntax;
    }

    /** Looks at the tape from one index to another, the second exclusive. */
    static Body of(Tape tape, Syntax syntax, int from, int to) {
        Body body = new Body(tape, syntax);
        for (int at = from; at < to; at++) {
            body.look(at);
            body.nestsWith |= at > from && tape.is(at, Keyword.WITH) && body.beginsQuery(at);
        }
        return body;
    }

    boolean locks() {
        return locks;
    }

    boolean callsUnknown() {
        return callsUnknown;
    }

    boolean drawsSequence() {
        return drawsSequence;
    }

    boolean hidesChange() {
        return hiddenChange >= 0;
    }

    int hiddenChange() {
        return hiddenChange;
    }

    int into() {
        return into;
    }

    /** Adds what was found to a draft. */
    Draft mark(Draft draft) {
        draft.locks |= locks;
        draft.drawsSequence |= drawsSequence;
        draft.callsUnknown |= callsUnknown;
        draft.nestsWith |= nestsWith;
        return draft;
    }

    private void look(int at) {
        TokenKind kind = tape.kind(at);
        if (kind == TokenKind.OPERATOR) {
            if (tape.is(at, '(')) {
                lookInto(at);
            }
            locks |= tape.is(at, ":="); // a variable that stays behind when the session moves
            return;
        }
        if (kind != TokenKind.WORD) {
            return;
        }
        Keyword keyword = tape.keyword(at);
        if (keyword != null) {
            lookAt(at, keyword);
        } else if (tape.is(at - 1, '.') && tape.is(at, "NEXTVAL")) {
            drawsSequence = true;
        }
    }

    private void lookAt(int at, Keyword keyword) {
        switch (keyword) {
            case FOR -> locks |= locksBehindFor(at + 1);
            case LOCK -> locks |= tape.is(at + 1, Keyword.IN) && tape.is(at + 2, Keyword.SHARE);
            case NEXT -> drawsSequence |= tape.is(at + 1, Keyword.VALUE) && tape.is(at + 2, Keyword.FOR);
            case NEXTVAL -> drawsSequence = true;
            case INTO -> {
                if (into < 0 && !isOfChange(at - 1)) {
                    into = at;
                }
            }
            default -> {
                // no other word matters where it stands in the middle
            }
        }
    }

    private boolean locksBehindFor(int at) {
        return tape.is(at, Keyword.UPDATE)
                || tape.is(at, Keyword.SHARE)
                || (tape.is(at, Keyword.KEY) && tape.is(at + 1, Keyword.SHARE))
                || (tape.is(at, Keyword.NO) && tape.is(at + 1, Keyword.KEY));
    }

    /** Whether the INTO behind this word is that of INSERT INTO, MERGE INTO or REPLACE INTO. */
    private boolean isOfChange(int at) {
        Keyword keyword = tape.keyword(at);
        return keyword == Keyword.INSERT
                || keyword == Keyword.MERGE
                || keyword == Keyword.REPLACE
                || keyword == Keyword.IGNORE
                || keyword == Keyword.LOW_PRIORITY
                || keyword == Keyword.HIGH_PRIORITY
                || keyword == Keyword.DELAYED;
    }

    /** At an opening parenthesis: a call stands before it, or a change within. */
    private void lookInto(int at) {
        Keyword first = tape.keyword(at + 1);
        if (hiddenChange < 0 && (isDeltaTable(at) || (first != null && isChange(first, at + 1)))) {
            hiddenChange = at + 1;
        }
        int name = at - 1;
        // H2's function; the variable stays behind when the session moves
        locks |= tape.is(name, Keyword.SET) && tape.kind(at + 1) == TokenKind.WORD && isVariable(at + 1);
        if (!tape.isName(name) || tape.is(name, "NEXTVAL")) {
            return;
        }
        boolean qualified = tape.is(name - 1, '.');
        if (qualified || tape.kind(name) == TokenKind.QUOTED) {
            callsUnknown |= !isNaming(tape.keyword(startOfName(name) - 1));
            return;
        }
        callsUnknown |= !Functions.leaveRowsAlone(syntax, tape.text(), tape.start(name), tape.end(name))
                && !isNaming(tape.keyword(name - 1))
                && !tape.is(name - 1, "TABLESAMPLE")
                && !isOfWith(at);
    }

    /** Whether this WITH is followed by a named query: {@code name (columns) AS (}. */
    private boolean beginsQuery(int with) {
        int at = with + (tape.is(with + 1, Keyword.RECURSIVE) ? 2 : 1);
        if (!tape.isName(at)) {
            return false;
        }
        at++;
        at = tape.is(at, '(') ? tape.behindBrackets(at, tape.count()) : at;
        return tape.is(at, Keyword.AS) && tape.is(at + 1, '(');
    }

    private boolean isVariable(int at) {
        return tape.text().charAt(tape.start(at)) == '@';
    }

    /** Whether this parenthesis holds the columns of a query in a WITH list: {@code name (columns) AS (SELECT ...)}. */
    private boolean isOfWith(int at) {
        int as = tape.behindBrackets(at, tape.count());
        int open = as + (tape.is(as + 1, Keyword.NOT) ? 2 : 1);
        open += tape.is(open, Keyword.MATERIALIZED) ? 1 : 0;
        if (!tape.is(as, Keyword.AS) || !tape.is(open, '(')) {
            return false;
        }
        Keyword first = tape.keyword(open + 1);
        return tape.is(open + 1, '(')
                || first == Keyword.SELECT
                || first == Keyword.VALUES
                || first == Keyword.TABLE
                || first == Keyword.WITH
                || (first != null && isChange(first, open + 1));
    }

    /** FINAL TABLE (...), and the rows before or after a change. */
    private boolean isDeltaTable(int at) {
        Keyword rows = tape.keyword(at - 2);
        return tape.is(at - 1, Keyword.TABLE) && (rows == Keyword.FINAL || rows == Keyword.NEW || rows == Keyword.OLD);
    }

    private int startOfName(int last) {
        int at = last;
        while (tape.is(at - 1, '.') && tape.isName(at - 2)) {
            at -= 2;
        }
        return at;
    }

    /** Whether what follows this word is the name of a table, type or alias, and its parenthesis a list of columns. */
    private static boolean isNaming(Keyword before) {
        return before == Keyword.AS
                || before == Keyword.INTO
                || before == Keyword.TABLE
                || before == Keyword.RECURSIVE
                || before == Keyword.UPDATE;
    }

    private boolean isChange(Keyword keyword, int at) {
        if (tape.is(at + 1, '(')) {
            return false; // a function: INSERT('abc', 1, 2, 'x'), REPLACE(...)
        }
        return switch (keyword) {
            case INSERT, MERGE, DELETE, UPDATE, REPLACE -> true;
            default -> false;
        };
    }
}
