package org.batonjdbc.driver.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A cursor over one statement that cuts it at the words that begin {@link Clauses}, outside of brackets and of
 * CASE ... END.
 */
final class Slicer {
    private final Tape tape;
    private final Syntax syntax;
    private final Clauses clauses;
    private final int to;
    private final int[] parametersBefore;
    private int at;

    /** Something stands where it is not expected; carries nothing, for the caller only gives up. */
    static final class Unsliceable extends Exception {
        private static final long serialVersionUID = 1;

        Unsliceable() {
            super(null, null, false, false);
        }
    }

    Slicer(Tape tape, Syntax syntax, int from, int to) {
        this.tape = tape;
        this.syntax = syntax;
        this.clauses = new Clauses(tape, syntax);
        this.to = to;
        this.at = from;
        this.parametersBefore = new int[tape.count() + 1];
        for (int i = 0; i < tape.count(); i++) {
            parametersBefore[i + 1] = parametersBefore[i] + (tape.kind(i) == TokenKind.PARAMETER ? 1 : 0);
        }
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= to;
    }

    void backTo(int index) {
        at = index;
    }

    // ---- single tokens

    boolean is(Keyword keyword) {
        return at < to && tape.is(at, keyword);
    }

    boolean is(char punctuation) {
        return at < to && tape.is(at, punctuation);
    }

    /** Whether these words follow the token here. */
    boolean isAhead(String first, String second) {
        return tape.is(at + 1, first) && tape.is(at + 2, second);
    }

    Keyword keyword() throws Unsliceable {
        Keyword keyword = at < to ? tape.keyword(at) : null;
        if (keyword == null) {
            throw new Unsliceable();
        }
        return keyword;
    }

    boolean accept(Keyword keyword) {
        boolean found = is(keyword);
        at += found ? 1 : 0;
        return found;
    }

    boolean accept(char punctuation) {
        boolean found = is(punctuation);
        at += found ? 1 : 0;
        return found;
    }

    void expect(Keyword keyword) throws Unsliceable {
        if (!accept(keyword)) {
            throw new Unsliceable();
        }
    }

    void expect(char punctuation) throws Unsliceable {
        if (!accept(punctuation)) {
            throw new Unsliceable();
        }
    }

    void skip(int tokens) {
        at += tokens;
    }

    void acceptModifiers() {
        while (is(Keyword.LOW_PRIORITY)
                || is(Keyword.HIGH_PRIORITY)
                || is(Keyword.DELAYED)
                || is(Keyword.QUICK)
                || (is(Keyword.IGNORE) && tape.isName(at + 1) && !tape.is(at + 1, Keyword.SET))) {
            at++;
        }
    }

    // ---- names

    Name name() throws Unsliceable {
        int behind = Math.min(tape.behindName(at), to);
        if (behind == at) {
            throw new Unsliceable();
        }
        Name name = Name.of(tape, at, behind);
        at = behind;
        return name;
    }

    /** Whether a name without AS before it stands here, which no clause begins with. */
    boolean isAlias() {
        return at < to && clauses.isAlias(at);
    }

    /** Whether a list of columns stands here, and not a query in parentheses. */
    boolean isColumns() {
        return is('(') && !tape.is(at + 1, '(') && !clauses.isQuery(at + 1);
    }

    List<Name.Part> columns() throws Unsliceable {
        expect('(');
        List<Name.Part> columns = new ArrayList<>();
        if (!is(')')) {
            do {
                columns.add(name().last());
            } while (accept(','));
        }
        expect(')');
        return columns;
    }

    // ---- slices

    /** The tokens from one index to another, the second exclusive. */
    Slice slice(int first, int behind) throws Unsliceable {
        if (behind <= first) {
            throw new Unsliceable();
        }
        List<Integer> parameters = new ArrayList<>();
        for (int i = first; i < behind; i++) {
            if (tape.kind(i) == TokenKind.PARAMETER) {
                parameters.add(parameter(i));
            }
        }
        return new Slice(tape.start(first), tape.end(behind - 1), parameters);
    }

    /** The number in {@code ?2}; for a plain question mark how many stand before it in all of the text, and one. */
    private int parameter(int index) throws Unsliceable {
        if (tape.end(index) - tape.start(index) == 1) {
            return parametersBefore[index] + 1;
        }
        try {
            return Integer.parseInt(tape.text(), tape.start(index) + 1, tape.end(index), 10);
        } catch (NumberFormatException e) {
            throw new Unsliceable();
        }
    }

    /** Everything from here to where the condition holds outside of brackets, or to the end; never nothing. */
    Slice clause(BooleanSupplier end) throws Unsliceable {
        int start = at;
        skipTo(end);
        return slice(start, at);
    }

    private void skipTo(BooleanSupplier end) throws Unsliceable {
        int start = at;
        while (at < to && (at == start || !end.getAsBoolean())) {
            if (tape.isOpening(at)) {
                at = tape.behindBrackets(at, to);
            } else if (tape.isClosing(at)) {
                throw new Unsliceable();
            } else if (tape.is(at, Keyword.CASE)) {
                at = behindCase();
            } else {
                at++;
            }
        }
    }

    private int behindCase() throws Unsliceable {
        int depth = 0;
        for (int i = at; i < to; i++) {
            if (tape.is(i, Keyword.CASE)) {
                depth++;
            } else if (tape.is(i, Keyword.END) && --depth == 0) {
                return i + 1;
            }
        }
        throw new Unsliceable();
    }

    /** What follows a word up to the next clause, if that word stands here. */
    Optional<Slice> clauseOf(Keyword word) throws Unsliceable {
        return accept(word) ? Optional.of(clause(this::isClause)) : Optional.empty();
    }

    Optional<Slice> orderBy() throws Unsliceable {
        if (!accept(Keyword.ORDER)) {
            return Optional.empty();
        }
        expect(Keyword.BY);
        return Optional.of(clause(this::isClause));
    }

    /** From LIMIT, OFFSET or FETCH to the end or to RETURNING. */
    Optional<Slice> limit() {
        try {
            return at < to && clauses.isLimit(at) ? Optional.of(clause(this::isReturning)) : Optional.empty();
        } catch (Unsliceable e) {
            return Optional.empty(); // and what is left over makes the whole statement unsliceable
        }
    }

    /** TOP with its number. */
    Optional<Slice> top() throws Unsliceable {
        if (!is(Keyword.TOP)) {
            return Optional.empty();
        }
        int start = at++;
        at = is('(') ? tape.behindBrackets(at, to) : at + 1;
        return Optional.of(slice(start, at));
    }

    /** The expressions of one row in parentheses; none for an empty row. */
    List<Slice> row() throws Unsliceable {
        List<Slice> row = new ArrayList<>();
        if (!is('(')) { // H2 takes a single value without parentheses
            row.add(clause(() -> is(',') || isConflict() || isReturning()));
            return row;
        }
        expect('(');
        if (accept(')')) {
            return row;
        }
        do {
            row.add(clause(() -> is(',') || is(')')));
        } while (accept(','));
        expect(')');
        return row;
    }

    /** From WITH to before the statement proper. */
    Slice with() throws Unsliceable {
        int start = at++;
        skipTo(() -> tape.isClosing(at - 1) && isVerb());
        return slice(start, at);
    }

    /** What follows USING in a DELETE; where it names the target once more, that is a join of several targets. */
    Optional<Slice> using() throws Unsliceable {
        if (is(Keyword.USING) && syntax.has(Trait.USING_NAMES_TARGET)) {
            throw new Unsliceable();
        }
        return clauseOf(Keyword.USING);
    }

    private boolean isVerb() {
        return is(Keyword.INSERT)
                || is(Keyword.UPDATE)
                || is(Keyword.DELETE)
                || is(Keyword.MERGE)
                || is(Keyword.REPLACE);
    }

    // ---- where clauses begin

    boolean isQuery() {
        return at < to && (clauses.isQuery(at) || is('(') || tape.is(at, "DIRECT") || tape.is(at, "SORTED"));
    }

    /** Whether the next clause of an UPDATE or DELETE begins here. */
    boolean isClause() {
        return at < to && clauses.isClause(at);
    }

    boolean isReturning() {
        return at < to && clauses.isReturning(at);
    }

    boolean isConflict() {
        return at < to && clauses.isConflict(at);
    }

    boolean isBranch() {
        return at < to && clauses.isBranch(at);
    }
}
