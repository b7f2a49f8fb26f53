package org.batonjdbc.driver.sql;

import java.util.Arrays;

/**
 * A text's words, names, literals and punctuation without what is blank between them, to be looked at to and fro. An
 * index beyond either end is no token and matches nothing. Immutable once made.
 */
final class Tape {
    private final String text;
    private final boolean complete;
    private final boolean ambiguous;
    private final boolean hopeless;
    private int count;
    private TokenKind[] kinds = new TokenKind[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private Keyword[] keywords = new Keyword[32];
    private TokenKind openEnd;

    Tape(String text, Syntax syntax) {
        this(text, syntax, false);
    }

    Tape(String text, Syntax syntax, boolean otherwise) {
        this.text = text;
        Lexer lexer = new Lexer(text, syntax, otherwise);
        for (TokenKind kind = lexer.next(); kind != null; kind = lexer.next()) {
            openEnd = lexer.isComplete() ? null : kind;
            if (kind != TokenKind.SPACE && kind != TokenKind.COMMENT) {
                add(kind, lexer.start(), lexer.end());
            }
        }
        complete = openEnd == null;
        ambiguous = lexer.isAmbiguous();
        hopeless = lexer.isHopeless();
    }

    private void add(TokenKind kind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            keywords = Arrays.copyOf(keywords, count * 2);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        keywords[count] = kind == TokenKind.WORD && !is(count - 1, '.') ? Keyword.at(text, start, end) : null;
        count++;
    }

    String text() {
        return text;
    }

    int count() {
        return count;
    }

    /** False if the text ends inside a string, a quoted identifier or a comment. */
    boolean isComplete() {
        return complete;
    }

    /** The kind of the token that the text broke off in; null if it is complete. */
    TokenKind openEnd() {
        return openEnd;
    }

    /** Whether the text could be read in one other way. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** Whether the text could be read in more than two ways. */
    boolean isHopeless() {
        return hopeless;
    }

    TokenKind kind(int i) {
        return i >= 0 && i < count ? kinds[i] : null;
    }

    /** The keyword at an index; null for names and everything else, also for a keyword behind a dot. */
    Keyword keyword(int i) {
        return i >= 0 && i < count ? keywords[i] : null;
    }

    int start(int i) {
        return i < count ? starts[i] : text.length();
    }

    int end(int i) {
        return i < count ? ends[i] : text.length();
    }

    /** The text from one token's begin to another's end. */
    String slice(int first, int last) {
        return text.substring(starts[first], ends[last]);
    }

    boolean is(int i, Keyword keyword) {
        return keyword(i) == keyword;
    }

    /** Whether a token is that single character of punctuation. */
    boolean is(int i, char punctuation) {
        return kind(i) == TokenKind.OPERATOR && ends[i] - starts[i] == 1 && text.charAt(starts[i]) == punctuation;
    }

    /** Whether a token is this word or operator, in letters of either case. */
    boolean is(int i, String word) {
        TokenKind kind = kind(i);
        return (kind == TokenKind.WORD || kind == TokenKind.OPERATOR)
                && ends[i] - starts[i] == word.length()
                && text.regionMatches(true, starts[i], word, 0, word.length());
    }

    /** Whether a token may be a name: any word, an identifier in quotes, or what is one if a setting says so. */
    boolean isName(int i) {
        TokenKind kind = kind(i);
        return kind == TokenKind.WORD
                || kind == TokenKind.QUOTED
                || (kind == TokenKind.STRING && text.charAt(starts[i]) == '"');
    }

    boolean isOpening(int i) {
        return is(i, '(') || is(i, '{') || is(i, '[');
    }

    boolean isClosing(int i) {
        return is(i, ')') || is(i, '}') || is(i, ']');
    }

    /** Behind the bracket that closes the one at {@code i}, or {@code limit} if none does. */
    int behindBrackets(int i, int limit) {
        int depth = 0;
        for (int at = i; at < limit; at++) {
            if (isOpening(at)) {
                depth++;
            } else if (isClosing(at) && --depth == 0) {
                return at + 1;
            }
        }
        return limit;
    }

    /** Behind the qualified name that begins at {@code i}, or {@code i} if none does. */
    int behindName(int i) {
        if (!isName(i)) {
            return i;
        }
        int at = i + 1;
        while (is(at, '.') && isName(at + 1)) {
            at += 2;
        }
        return at;
    }
}
