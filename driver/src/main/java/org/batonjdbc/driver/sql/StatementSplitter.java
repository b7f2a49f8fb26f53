package org.batonjdbc.driver.sql;

import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.sql.Split.Ending;
import org.batonjdbc.driver.sql.Split.Piece;

/**
 * Cuts a text into statements at the semicolons that end one: not those in strings, comments, or blocks of routines.
 * Bind {@code rest} of one split and what was read since to go on with a text that comes bit by bit.
 */
public final class StatementSplitter {
    /** A statement of a routine names what it makes within its first words, behind a definer at most. */
    private static final int HEAD = 12;

    private final Tape tape;
    private final Syntax syntax;
    private int blocks;

    private StatementSplitter(Tape tape, Syntax syntax) {
        this.tape = tape;
        this.syntax = syntax;
    }

    /** Cuts a text. */
    public static Split split(String text, Syntax syntax) {
        Tape tape = new Tape(text, syntax);
        List<int[]> ranges = new ArrayList<>();
        StatementSplitter splitter = new StatementSplitter(tape, syntax);
        int from = 0;
        for (int to = splitter.end(from); to < tape.count(); to = splitter.end(from)) {
            ranges.add(new int[] {from, to});
            from = to + 1;
        }
        List<Piece> statements = new ArrayList<>();
        for (int[] range : ranges) {
            int start = tape.start(range[0]);
            int end = range[0] == range[1] ? start : tape.end(range[1] - 1);
            statements.add(new Piece(start, end, tape.end(range[1])));
        }
        return new Split(statements, splitter.rest(from), splitter.ending(from));
    }

    /** The statements on a tape as pairs of its indexes, the second one exclusive; empty ones are left out. */
    static List<int[]> ranges(Tape tape, Syntax syntax) {
        StatementSplitter splitter = new StatementSplitter(tape, syntax);
        List<int[]> ranges = new ArrayList<>(1);
        for (int from = 0; from < tape.count(); ) {
            int to = splitter.end(from);
            if (to > from) {
                ranges.add(new int[] {from, to});
            }
            from = to + 1;
        }
        return ranges;
    }

    private Piece rest(int from) {
        int length = tape.text().length();
        if (from >= tape.count()) {
            return new Piece(length, length, length);
        }
        return new Piece(tape.start(from), tape.end(tape.count() - 1), length);
    }

    private Ending ending(int from) {
        TokenKind open = tape.openEnd();
        if (open != null) {
            return switch (open) {
                case COMMENT -> Ending.COMMENT;
                case QUOTED -> Ending.IDENTIFIER;
                case STRING, WORD, NUMBER, PARAMETER, OPERATOR, SPACE -> Ending.STRING;
            };
        }
        if (from >= tape.count()) {
            return Ending.NOTHING;
        }
        return blocks > 0 ? Ending.BLOCK : Ending.STATEMENT;
    }

    /** The index of the semicolon that ends the statement at {@code from}, or the tape's end. */
    private int end(int from) {
        blocks = 0;
        boolean inRoutine = mayHoldBlocks(from);
        for (int at = from; at < tape.count(); at++) {
            if (inRoutine) {
                blocks = Math.max(0, blocks + step(at));
            }
            if (blocks == 0 && tape.is(at, ';')) {
                return at;
            }
        }
        return tape.count();
    }

    private boolean mayHoldBlocks(int from) {
        if (!syntax.has(Trait.BLOCKS) && !syntax.has(Trait.ATOMIC_BLOCKS)) {
            return false;
        }
        if (tape.is(from, Keyword.BEGIN)) {
            return tape.is(from + 1, Keyword.NOT) && tape.is(from + 2, Keyword.ATOMIC);
        }
        if (!tape.is(from, Keyword.CREATE) && !tape.is(from, Keyword.ALTER)) {
            return false;
        }
        for (int at = from + 1; at < from + HEAD; at++) {
            Keyword keyword = tape.keyword(at);
            if (keyword == Keyword.PROCEDURE
                    || keyword == Keyword.FUNCTION
                    || keyword == Keyword.TRIGGER
                    || keyword == Keyword.EVENT
                    || keyword == Keyword.PACKAGE) {
                return true;
            }
            if (keyword == Keyword.TABLE || tape.is(at, '(') || tape.is(at, ';')) {
                return false;
            }
        }
        return false;
    }

    /** How a token changes the number of open blocks. IF, LOOP and the like are told by their END alone, and not counted. */
    private int step(int at) {
        Keyword keyword = tape.keyword(at);
        if (keyword == Keyword.BEGIN) {
            return syntax.has(Trait.BLOCKS) || tape.is(at + 1, Keyword.ATOMIC) ? 1 : 0;
        }
        if (keyword == Keyword.CASE) {
            return blocks > 0 && !tape.is(at - 1, Keyword.END) ? 1 : 0;
        }
        if (keyword != Keyword.END || blocks == 0) {
            return 0;
        }
        Keyword next = tape.keyword(at + 1);
        boolean ofStatement = next == Keyword.IF
                || next == Keyword.LOOP
                || next == Keyword.WHILE
                || next == Keyword.REPEAT
                || next == Keyword.FOR;
        return ofStatement ? 0 : -1;
    }
}
