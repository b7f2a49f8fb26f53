package org.batonjdbc.driver.sql;

/**
 * Tells where the clauses of a change begin. A word that may be a name begins one only where an operand has ended before
 * it, so that columns called limit or returning stay columns.
 */
final class Clauses {
    private final Tape tape;
    private final Syntax syntax;

    Clauses(Tape tape, Syntax syntax) {
        this.tape = tape;
        this.syntax = syntax;
    }

    /** Whether a name without AS before it stands here, which no clause begins with. */
    boolean isAlias(int at) {
        if (!tape.isName(at)) {
            return false;
        }
        Keyword keyword = tape.keyword(at);
        if (keyword == null) {
            return !tape.is(at, "PARTITION") && !tape.is(at, "DIRECT") && !tape.is(at, "SORTED");
        }
        return switch (keyword) {
            case SET,
                    WHERE,
                    USING,
                    VALUES,
                    VALUE,
                    SELECT,
                    WITH,
                    TABLE,
                    DEFAULT,
                    OVERRIDING,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    RETURNING,
                    KEY,
                    ON,
                    FROM,
                    FOR,
                    JOIN,
                    LEFT,
                    RIGHT,
                    INNER,
                    CROSS,
                    NATURAL,
                    FULL,
                    USE,
                    IGNORE -> false;
            default -> true;
        };
    }

    /** Whether a query begins here, without parentheses. */
    boolean isQuery(int index) {
        Keyword keyword = tape.keyword(index);
        return keyword == Keyword.SELECT
                || keyword == Keyword.WITH
                || keyword == Keyword.TABLE
                || keyword == Keyword.VALUES
                || tape.is(index, "FROM");
    }

    /** Whether the next clause of an UPDATE or DELETE begins here. */
    boolean isClause(int at) {
        return (tape.is(at, Keyword.FROM) && !tape.is(at - 1, Keyword.DISTINCT) && endsOperand(at - 1))
                || (tape.is(at, Keyword.WHERE) && endsOperand(at - 1))
                || (tape.is(at, Keyword.ORDER) && tape.is(at + 1, Keyword.BY) && endsOperand(at - 1))
                || isLimit(at)
                || isReturning(at);
    }

    boolean isLimit(int at) {
        return (tape.is(at, Keyword.LIMIT) || tape.is(at, Keyword.OFFSET) || tape.is(at, Keyword.FETCH))
                && endsOperand(at - 1);
    }

    boolean isReturning(int at) {
        return tape.is(at, Keyword.RETURNING) && syntax.has(Trait.RETURNING_CLAUSE) && endsOperand(at - 1);
    }

    boolean isConflict(int at) {
        return tape.is(at, Keyword.ON) && (tape.is(at + 1, "CONFLICT") || tape.is(at + 1, "DUPLICATE"));
    }

    boolean isBranch(int at) {
        return tape.is(at, Keyword.WHEN)
                && (tape.is(at + 1, "MATCHED") || (tape.is(at + 1, Keyword.NOT) && tape.is(at + 2, "MATCHED")));
    }

    /** Whether an expression can have ended with this token, so that the next one is no operand. */
    private boolean endsOperand(int index) {
        TokenKind kind = tape.kind(index);
        if (kind == TokenKind.OPERATOR) {
            return tape.isClosing(index);
        }
        Keyword keyword = tape.keyword(index);
        if (keyword == null) {
            return !tape.is(index, "BETWEEN") && !tape.is(index, "ESCAPE");
        }
        return switch (keyword) {
            case AND, OR, NOT, IN, IS, LIKE, SET, WHERE, BY, FROM, USING, ON, WHEN, THEN, ELSE, DISTINCT, SELECT, AS ->
                false;
            default -> true;
        };
    }
}
