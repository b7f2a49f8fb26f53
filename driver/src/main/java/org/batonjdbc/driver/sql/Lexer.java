package org.batonjdbc.driver.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL text into tokens, in the syntax of one engine. It never fails and never stops early: on any text the tokens
 * join to that text again. Where a setting or release of the engine that cannot be seen in the text decides how it is
 * read, {@link #isAmbiguous} tells, and a second lexer can read it the other way. A cursor for one thread.
 */
public final class Lexer {
    private final String text;
    private final int length;
    private final Syntax syntax;
    private final boolean nests;
    private final boolean backslashes;
    private final boolean executables;

    private int start;
    private int end;
    private boolean complete = true;
    private int openExecutables;
    private boolean nestingSeen;
    private boolean backslashSeen;
    private boolean executableSeen;

    public Lexer(String text, Syntax syntax) {
        this(text, syntax, false);
    }

    /** With {@code otherwise}, reads in the other way whatever is ambiguous. */
    Lexer(String text, Syntax syntax, boolean otherwise) {
        this.text = text;
        this.length = text.length();
        this.syntax = syntax;
        this.nests = syntax.has(Trait.NESTED_COMMENTS) && !(otherwise && syntax.has(Trait.NESTING_VARIES));
        this.backslashes = otherwise ? syntax.has(Trait.BACKSLASHES_VARY) : syntax.has(Trait.BACKSLASHES);
        this.executables = syntax.has(Trait.EXECUTABLE_COMMENTS) && !otherwise;
    }

    /** All tokens of a text. */
    public static List<Token> tokens(String text, Syntax syntax) {
        Lexer lexer = new Lexer(text, syntax);
        List<Token> tokens = new ArrayList<>();
        for (TokenKind kind = lexer.next(); kind != null; kind = lexer.next()) {
            tokens.add(new Token(kind, lexer.start, lexer.end, lexer.complete));
        }
        return tokens;
    }

    /** Goes on to the next token and returns its kind, or null at the end of the text. */
    public TokenKind next() {
        start = end;
        complete = true;
        if (start >= length) {
            return null;
        }
        char c = text.charAt(start);
        end = start + 1;
        if (isSpace(c)) {
            return space();
        }
        if (isWordStart(c)) {
            return word(c);
        }
        if (c >= '0' && c <= '9') {
            end = Digits.end(text, start);
            return TokenKind.NUMBER;
        }
        return switch (c) {
            case '\'' -> quoted(TokenKind.STRING, '\'', backslashes);
            case '"' ->
                syntax.has(Trait.DOUBLE_QUOTED_STRINGS)
                        ? quoted(TokenKind.STRING, '"', backslashes)
                        : quoted(TokenKind.QUOTED, '"', false);
            case '`' -> syntax.has(Trait.BACKTICKS) ? quoted(TokenKind.QUOTED, '`', false) : TokenKind.OPERATOR;
            case '[' -> syntax.has(Trait.BRACKETS) ? quoted(TokenKind.QUOTED, ']', false) : TokenKind.OPERATOR;
            case '-' -> dash();
            case '/' -> slash();
            case '#' -> syntax.has(Trait.HASH_COMMENTS) ? lineComment() : TokenKind.OPERATOR;
            case '?' -> questionMark();
            case '$' -> dollar();
            case '.' -> isDigit(end) ? fraction() : TokenKind.OPERATOR;
            case '@' -> at();
            default -> operator(c);
        };
    }

    /** Where the token that {@link #next} went to begins. */
    public int start() {
        return start;
    }

    /** Where that token ends. */
    public int end() {
        return end;
    }

    /** False if the text ended inside that token's quotes or comment. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether what was read so far could be read in another way by another release or under another setting. */
    boolean isAmbiguous() {
        return nestingSeen || backslashSeen || executableSeen;
    }

    /** Whether more than one thing is ambiguous, so that two ways to read the text are not all. */
    boolean isHopeless() {
        return (nestingSeen ? 1 : 0) + (backslashSeen ? 1 : 0) + (executableSeen ? 1 : 0) > 1;
    }

    private TokenKind fraction() {
        end = Digits.end(text, start);
        return TokenKind.NUMBER;
    }

    private TokenKind space() {
        while (end < length && isSpace(text.charAt(end))) {
            end++;
        }
        return TokenKind.SPACE;
    }

    private TokenKind word(char first) {
        while (end < length && isWordPart(text.charAt(end))) {
            end++;
        }
        if (end < length && end - start == 1) {
            char quote = text.charAt(end);
            if (quote == '\'' && "NnXxBb".indexOf(first) >= 0) {
                end++;
                return quoted(TokenKind.STRING, '\'', backslashes);
            }
            if (quote == '\'' && (first == 'E' || first == 'e') && syntax.has(Trait.ESCAPE_STRINGS)) {
                end++;
                return quoted(TokenKind.STRING, '\'', true);
            }
            if (quote == '&' && (first == 'U' || first == 'u') && end + 1 < length) {
                return unicode();
            }
        }
        return TokenKind.WORD;
    }

    /** Behind a U, at an ampersand: the prefix of a string or identifier, or else a word and an operator. */
    private TokenKind unicode() {
        char quote = text.charAt(end + 1);
        if (quote == '\'') {
            end += 2;
            return quoted(TokenKind.STRING, '\'', false);
        }
        if (quote == '"' && !syntax.has(Trait.DOUBLE_QUOTED_STRINGS)) {
            end += 2;
            return quoted(TokenKind.QUOTED, '"', false);
        }
        return TokenKind.WORD;
    }

    /** Behind an opening quote; a doubled closing quote stands for itself. */
    private TokenKind quoted(TokenKind kind, char quote, boolean escapes) {
        boolean varies = kind == TokenKind.STRING
                && (syntax.has(Trait.BACKSLASHES) || (syntax.has(Trait.BACKSLASHES_VARY) && !(escapes ^ backslashes)));
        while (end < length) {
            char c = text.charAt(end++);
            if (c == quote) {
                if (end >= length || text.charAt(end) != quote) {
                    return kind;
                }
                end++;
            } else if (c == '\\') {
                backslashSeen |= varies;
                if (escapes && end < length) {
                    end++;
                }
            }
        }
        complete = false;
        return kind;
    }

    private TokenKind dash() {
        if (end >= length || text.charAt(end) != '-') {
            return operator('-');
        }
        if (syntax.has(Trait.DASHES_NEED_SPACE) && end + 1 < length && text.charAt(end + 1) > ' ') {
            return TokenKind.OPERATOR;
        }
        return lineComment();
    }

    private TokenKind slash() {
        if (end < length && text.charAt(end) == '*') {
            end++;
            return isExecutable() ? executable() : blockComment();
        }
        if (end < length && text.charAt(end) == '/' && syntax.has(Trait.SLASH_COMMENTS)) {
            return lineComment();
        }
        return TokenKind.OPERATOR;
    }

    private TokenKind lineComment() {
        boolean feedOnly = syntax.has(Trait.LINE_FEED_ENDS_COMMENT);
        while (end < length && text.charAt(end) != '\n' && (feedOnly || text.charAt(end) != '\r')) {
            end++;
        }
        return TokenKind.COMMENT;
    }

    private TokenKind blockComment() {
        int depth = 1;
        while (end < length) {
            char c = text.charAt(end++);
            if (c == '*' && end < length && text.charAt(end) == '/') {
                end++;
                if (--depth == 0) {
                    return TokenKind.COMMENT;
                }
            } else if (c == '/' && end < length && text.charAt(end) == '*') {
                nestingSeen |= syntax.has(Trait.NESTING_VARIES);
                if (nests) {
                    end++;
                    depth++;
                }
            }
        }
        complete = false;
        return TokenKind.COMMENT;
    }

    private boolean isExecutable() {
        if (!syntax.has(Trait.EXECUTABLE_COMMENTS)) {
            return false;
        }
        boolean found = text.startsWith("!", end) || text.startsWith("M!", end);
        executableSeen |= found;
        return found && executables;
    }

    /** The opening of an executable comment, with the version for which it is meant. */
    private TokenKind executable() {
        openExecutables++;
        end = text.indexOf('!', end) + 1;
        while (isDigit(end)) {
            end++;
        }
        return TokenKind.COMMENT;
    }

    /**
     * A question mark is a parameter, as the engines' JDBC drivers have it: even in {@code ?|}, for PostgreSQL's driver
     * wants its operators written with two.
     */
    private TokenKind questionMark() {
        if (end < length && text.charAt(end) == '?' && syntax.has(Trait.DOUBLED_QUESTION_MARKS)) {
            end++;
            if (end < length && (text.charAt(end) == '|' || text.charAt(end) == '&')) {
                end++;
            }
            return TokenKind.OPERATOR;
        }
        if (syntax.has(Trait.NUMBERED_PARAMETERS)) {
            while (isDigit(end)) {
                end++;
            }
        }
        return TokenKind.PARAMETER;
    }

    private TokenKind dollar() {
        if (syntax.has(Trait.DOLLAR_PARAMETERS) && isDigit(end)) {
            while (isDigit(end)) {
                end++;
            }
            return TokenKind.PARAMETER;
        }
        if (!syntax.has(Trait.DOLLAR_QUOTES)) {
            return TokenKind.OPERATOR;
        }
        int tag = end;
        if (syntax.has(Trait.DOLLAR_TAGS)) {
            while (tag < length && text.charAt(tag) != '$' && isWordPart(text.charAt(tag))) {
                tag++;
            }
        }
        if (tag >= length || text.charAt(tag) != '$') {
            return TokenKind.OPERATOR;
        }
        String delimiter = text.substring(start, tag + 1);
        int close = text.indexOf(delimiter, tag + 1);
        complete = close >= 0;
        end = complete ? close + delimiter.length() : length;
        return TokenKind.STRING;
    }

    private TokenKind at() {
        if (!syntax.has(Trait.VARIABLES)) {
            return TokenKind.OPERATOR;
        }
        while (end < length && text.charAt(end) == '@') {
            end++;
        }
        if (end >= length || !isWordPart(text.charAt(end))) {
            return TokenKind.OPERATOR;
        }
        while (end < length && isWordPart(text.charAt(end))) {
            end++;
        }
        return TokenKind.WORD;
    }

    private TokenKind operator(char first) {
        if (end >= length) {
            return TokenKind.OPERATOR;
        }
        char second = text.charAt(end);
        if (first == '*' && second == '/' && openExecutables > 0) {
            openExecutables--;
            end++;
            return TokenKind.COMMENT;
        }
        boolean pair = switch (first) {
            case '<' -> second == '=' || second == '>';
            case '>', '!' -> second == '=';
            case '=' -> second == '>';
            case ':' -> second == ':' || second == '=';
            case '|' -> second == '|';
            case '&' -> second == '&';
            case '-' -> second == '>';
            default -> false;
        };
        if (pair) {
            end++;
            if (first == '-' && end < length && text.charAt(end) == '>') {
                end++;
            }
        }
        return TokenKind.OPERATOR;
    }

    private boolean isDigit(int at) {
        return at < length && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || (c >= 0x7f && (c == 0x7f || Character.isWhitespace(c) || Character.isSpaceChar(c)));
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 0x7f;
    }

    private static boolean isWordPart(char c) {
        return (isWordStart(c) && !isSpace(c)) || (c >= '0' && c <= '9') || c == '$';
    }
}
